"""Meetings in preparation: what a committee writes, and what is still wrong with it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from wanjia.web.schemas.common import Answer, AnyText, Body, Hash, Id, Slug, Time, WeightAnswer
from wanjia.web.schemas.staff import CallAnswer, DocumentBody, RulesBody

MaybeLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]


class PlanMotion(Body):
    """One motion as far as it is written; matter 0 while none is chosen."""

    matter: Annotated[int, Field(ge=0, le=255)]
    group: Annotated[int, Field(ge=0, le=255)] = 0
    cap: Annotated[int, Field(ge=0, le=255)] = 0
    title: MaybeLine
    text: AnyText


class PlanContent(Body):
    """A meeting as far as the committee wrote it; ``step`` is where they left off."""

    title: MaybeLine = ""
    notice: AnyText = ""
    scope: Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00-\x1f\x7f]*$")] = "*"
    motions: Annotated[list[PlanMotion], Field(max_length=64, default_factory=list)]
    opens_at: Time | None = None
    closes_at: Time | None = None
    rules: RulesBody = RulesBody()
    ballots: Literal["open", "secret"] = "open"
    step: Annotated[str, StringConstraints(pattern=r"^[a-z]{0,16}$")] = ""


class NewPlanBody(Body):
    """Begin a meeting."""

    community: Slug
    content: PlanContent


class SavePlanBody(Body):
    """Replace what is written; ``revision`` is the one it was read with."""

    revision: Revision
    content: PlanContent


class DraftPlanBody(Body):
    """Make the call that convenes what stands written."""

    revision: Revision
    privacy: Hash | None = None
    """Of a secret meeting: hash of the privacy check that was shown."""


class PlanDocumentBody(DocumentBody):
    """A document to publish with the meeting."""


class PlansQuery(BaseModel):
    """Whose plans."""

    community: Slug


class PlanPath(BaseModel):
    """Path of a plan."""

    plan: Id


class PlanDocumentPath(PlanPath):
    """Path of a plan's document."""

    document: Id


class PlanLine(Answer):
    """One line of the list; ``meeting`` once it was convened."""

    plan: int
    title: str
    step: str
    motions: int
    opens_at: int | None
    changed_at: int
    meeting: int | None


class PlanDocumentLine(Answer):
    """A document of a plan; ``hash`` is keccak256 of its bytes, what will be frozen."""

    id: int
    name: str
    media_type: str
    size: int
    hash: str


class FindingAnswer(Answer):
    """Something convening would refuse: the field, the code, and the text in the reader's language."""

    field: str
    code: str
    text: str
    values: dict[str, Any]


class ScheduleAnswer(Answer):
    """Dates the rules make, UTC seconds; null where they hang on a time not chosen."""

    now: int
    earliest_opening: int
    consent_by: int | None
    roll_by: int | None
    opens_at: int | None
    earliest_close: int | None
    latest_close: int | None
    closes_at: int | None
    result_at: int | None
    final_at: int | None


class PlanAnswer(Answer):
    """A plan, its findings, its dates, who is asked, and what will be frozen when nothing is amiss.

    ``signed``: its call to convene is on its way; nothing changes until it arrives or is refused.
    """

    plan: int
    revision: int
    changed_at: int
    meeting: int | None
    signed: bool
    content: PlanContent
    documents: list[PlanDocumentLine]
    findings: list[FindingAnswer]
    dates: ScheduleAnswer
    scope: WeightAnswer
    convening: dict[str, Any] | None
    privacy: str | None
    """Of a secret meeting: hash of the privacy check that is frozen with it, after the notice."""


class DraftedAnswer(Answer):
    """What will be frozen and the call that convenes it."""

    draft: int
    convening: dict[str, Any]
    act: CallAnswer


class EntranceAnswer(Answer):
    """An entrance with its owners and area."""

    name: str
    weight: WeightAnswer


class PlaceAnswer(EntranceAnswer):
    """A building with its entrances."""

    entrances: list[EntranceAnswer]


class PlacesAnswer(Answer):
    """What a scope is chosen from."""

    buildings: list[PlaceAnswer]
