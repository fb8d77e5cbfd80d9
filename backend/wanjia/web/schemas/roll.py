"""The roll at the desk, a meeting's published roll, objections to it. Areas in 0.01 m², times in UTC seconds."""

from typing import Annotated, Literal

from flask_openapi3 import FileStorage
from pydantic import BaseModel, ConfigDict, StringConstraints

from wanjia.web.schemas.common import Answer, Body, CommunityPath, Id, MeetingPath, WeightAnswer

_PART = r"^[^\x00-\x1f\x7f]*$"

AddressPart = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=_PART)]
NeededPart = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=_PART)
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")
]


class TemplatePath(BaseModel):
    """Path of a template."""

    form: Literal["csv", "xlsx"]


class UploadForm(BaseModel):
    """A roll file (CSV or XLSX, 16 MB at most) and what counts besides flats, shops and offices."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: FileStorage
    parking: bool = False
    storerooms: bool = False


class UploadPath(CommunityPath):
    """Path of an upload."""

    upload: Id


class ConfirmBody(Body):
    """The digest that the check showed: what is imported is what was checked."""

    digest: Annotated[str, StringConstraints(pattern=r"^0x[0-9a-f]{64}$")]


class RollFinding(Answer):
    """One finding: row of the file from 1 (0: the whole file), the column's header, what to do."""

    row: int
    column: str
    code: str
    severity: str
    text: str


class RollSums(Answer):
    """Units, those that count, and their weight; ``excluded`` is the area that does not count."""

    units: int
    counted: int
    heads: int
    area: int
    excluded: int


class NamedSums(RollSums):
    """Sums of a building."""

    name: str


class RollTotals(Answer):
    """What a file adds up to; an owner with units in two buildings is a head in both."""

    whole: RollSums
    owners: int
    buildings: list[NamedSums]


class ChangedLine(Answer):
    """A line that changes: "new", "gone", "owner", "area" or "use"."""

    building: str
    entrance: str
    number: str
    changes: list[str]
    area_before: int | None
    area: int | None


class ChangeCounts(Answer):
    """Lines that change, by what of them."""

    new: int
    gone: int
    owner: int
    area: int
    use: int


class RollChanges(Answer):
    """What the file would change in the roll in force; ``lines`` are the first of ``changed``."""

    counts: ChangeCounts
    owners_new: int
    owners_gone: int
    people: int
    counting: int
    nothing: bool
    changed: int
    lines: list[ChangedLine]


class UploadRefusal(Answer):
    """Why nothing came of a file."""

    code: str
    text: str


class UploadAnswer(Answer):
    """A file's way: "checking", "checked", "importing", "imported" or "refused", ``since`` when."""

    upload: int
    state: str
    digest: str
    size: int
    parking: bool
    storerooms: bool
    since: int
    errors: int
    warnings: int
    findings: list[RollFinding]
    totals: RollTotals | None
    changes: RollChanges | None
    refusal: UploadRefusal | None


class PlaceSumsAnswer(Answer):
    """A building or one of its entrances."""

    name: str
    units: int
    counted: int
    area: int
    heads: int
    entrances: list["PlaceSumsAnswer"]


class OwnersAnswer(Answer):
    """How many owners of which kind; ``several`` have more than one unit, ``uncounted`` none that counts."""

    total: int
    person: int
    joint: int
    company: int
    developer: int
    several: int
    uncounted: int


class OverviewAnswer(Answer):
    """The roll in force."""

    imported_at: int | None
    parking: bool
    storerooms: bool
    whole: PlaceSumsAnswer
    excluded_area: int
    owners: OwnersAnswer
    buildings: list[PlaceSumsAnswer]


class UnitsBody(Body):
    """Which units to look up; what is left empty fits anything."""

    building: AddressPart = ""
    entrance: AddressPart = ""
    number: AddressPart = ""


class UnitAnswer(Answer):
    """A unit with its owner, names masked."""

    building: str
    entrance: str
    number: str
    use: str
    area: int
    area_source: str
    sale_state: str
    counted: bool
    kind: str
    holders: list[str]
    acting: str
    acting_role: str
    reachable: bool
    others: list[str]


class UnitsAnswer(Answer):
    """How many units fit, and the first of them."""

    found: int
    units: list[UnitAnswer]


class PublicationAnswer(Answer):
    """What publishing puts on the chain, and what is there."""

    words: int
    calls: int
    weight: WeightAnswer
    digest: str
    differing: int
    on_chain: WeightAnswer
    chain_digest: str | None
    published_at: int | None
    earliest_seal: int | None
    sealed_at: int | None
    chain_time: int


class PublicLineAnswer(Answer):
    """A line of the published roll."""

    building: str
    entrance: str
    number: str
    area: int


class PublicRollAnswer(Answer):
    """A meeting's published roll; ``agrees``: the roll in force still is the one on the chain."""

    state: str
    scope: str
    parking: bool
    storerooms: bool
    published_at: int | None
    objections_until: int | None
    sealed_at: int | None
    on_chain: WeightAnswer
    agrees: bool
    lines: list[PublicLineAnswer]


class RollObjectionBody(Body):
    """A line of the roll, listed or missing, and what is wrong with it."""

    building: NeededPart
    entrance: AddressPart = ""
    number: NeededPart
    text: Words


class RollObjectionAnswer(Answer):
    """An objection; ``outcome`` is "accepted" or "refused" once it is answered."""

    id: int
    building: str
    entrance: str
    number: str
    listed: bool
    text: str
    created_at: int
    outcome: str | None
    answer: str | None
    answered_at: int | None


class RollObjectionsAnswer(Answer):
    """Objections, the latest first."""

    objections: list[RollObjectionAnswer]


class RollObjectionPath(MeetingPath):
    """Path of an objection to a roll."""

    objection: Id


class RollAnswerBody(Body):
    """The committee's answer; the owner reads it."""

    outcome: Literal["accepted", "refused"]
    text: Words
