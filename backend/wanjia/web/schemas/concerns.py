"""Concerns: what is raised, how it is listed and shown, what residents do with it."""

from typing import Annotated, Any, Literal

from flask import request
from flask_openapi3 import FileStorage
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)

from wanjia.domain.concerns import ConcernKind
from wanjia.web.schemas.common import Answer, Body, CommunityPath, Id, Number

_PAGES = 10_000
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$"),
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")
]
MaybeWords = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000, pattern=r"^[^\x00]*$")]
Part = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
Place = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")
]
Request = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Level = Annotated[int, Field(ge=0, le=3)]


def sent(field: str, shape: Any, schema: dict[str, Any]) -> Any:
    """Take a form's field as it was typed: the form reader would make a number of a text that is all digits."""
    adapter: TypeAdapter[Any] = TypeAdapter(shape)

    def read(_parsed: object) -> Any:
        return adapter.validate_python(request.form.get(field, ""))

    return Annotated[shape, PlainValidator(read), WithJsonSchema(schema)]


def _text(field: str, shape: Any, longest: int) -> Any:
    return sent(field, shape, {"type": "string", "maxLength": longest})


def _yes_or_no(parsed: object) -> object:
    return {"true": True, "false": False}.get(parsed, parsed) if isinstance(parsed, str) else parsed


YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]


EntryPart = Annotated[str, StringConstraints(pattern=r"^(raised|[1-9][0-9]{0,15})$")]
Page = Annotated[int, Field(ge=1, le=_PAGES)]
FormWords = _text("text", Words, 2_000)
"""Words of a form's field ``text``."""


class RaiseForm(BaseModel):
    """A new concern: kind, words, place, and up to 5 photographs (JPEG, PNG, WebP; 8 MB each).

    ``request`` is made by the phone and names this concern: the same again raises none.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    request: _text("request", Request, 64)  # type: ignore[valid-type]
    kind: ConcernKind
    title: _text("title", Title, 60)  # type: ignore[valid-type]
    text: _text("text", MaybeWords, 2_000) = ""  # type: ignore[valid-type]
    building: _text("building", Part, 40) = ""  # type: ignore[valid-type]
    entrance: _text("entrance", Part, 40) = ""  # type: ignore[valid-type]
    place: _text("place", Place, 64) = ""  # type: ignore[valid-type]
    public: YesOrNo
    urgent: YesOrNo = False
    photos: list[FileStorage] = Field(default=[], max_length=5)


class ConcernsQuery(BaseModel):
    """What to list."""

    state: Literal["open", "answered", "ended", "mine", "followed"] | None = None
    kind: ConcernKind | None = None
    building: Part | None = None
    sort: Literal["new", "supported"] = "new"
    page: Page = 1


class SimilarBody(Body):
    """What was typed so far."""

    text: Words


class ConcernPath(CommunityPath):
    """Path of a concern."""

    number: Number


class EntryPath(ConcernPath):
    """Path of an entry: its id, or ``raised`` for the concern's own words."""

    entry: EntryPart


class PhotoPath(ConcernPath):
    """Path of a photograph, numbered from 1 within its entry."""

    entry: Id
    photo: Number


class WordsBody(Body):
    """Words of a comment, a talk or an appeal."""

    text: Words


class ReasonBody(Body):
    """Why."""

    reason: Words


class WithdrawBody(Body):
    """Why it is taken back; may be empty."""

    reason: MaybeWords = ""


class RateBody(Body):
    """Whether the answer settles it; if not, why not."""

    settled: bool
    reason: MaybeWords = ""


class SeenBody(Body):
    """The last entry that was read."""

    entry: Id


class ConcernLine(Answer):
    """One concern in a list; ``title`` and ``text`` (its beginning) are empty where hidden or destroyed."""

    number: int
    kind: str
    title: str | None
    text: str | None
    hidden: bool
    building: str
    entrance: str
    place: str
    public: bool
    urgent: bool
    state: str
    level: int
    due_at: int | None
    overdue: bool
    by: str
    mine: bool
    supports: int
    supported: bool
    following: bool
    comments: int
    unread: int
    created_at: int
    first_answer_at: int | None
    ended_at: int | None


class ConcernsAnswer(Answer):
    """A page of 20 concerns."""

    concerns: list[ConcernLine]
    total: int
    page: int


class SimilarLine(ConcernLine):
    """A concern like the words given: how much (0 to 1), and the beginning of its answer."""

    score: float
    answer: str | None


class SimilarAnswer(Answer):
    """Up to five, the most alike first."""

    similar: list[SimilarLine]


class PhotoAnswer(Answer):
    """A photograph of an entry."""

    number: int
    media_type: str
    size: int


class ConcernEntryAnswer(Answer):
    """One thing that happened: ``by`` is a kind of resident (with building), a staff role, or "rule"."""

    id: int
    at: int
    kind: str
    by: str
    building: str
    mine: bool
    level: int
    text: str | None
    hidden: bool
    reason: str | None
    about: int | None
    photos: list[PhotoAnswer]


class BuildingSupportAnswer(Answer):
    """Supporters of a building."""

    building: str
    supports: int


class ConcernAnswer(ConcernLine):
    """One concern whole. ``can`` names what the reader may do now."""

    reason: str | None
    entries: list[ConcernEntryAnswer]
    buildings: list[BuildingSupportAnswer]
    can: list[str]


class EntryProofAnswer(Answer):
    """What anyone needs to check an entry: ``leaf = keccak256(keccak256(salt || record))`` under the day's root.

    ``anchored`` says whether the root was seen in the notary at ``notary``.
    """

    record: str
    salt: str
    leaf: str
    proof: list[str]
    root: str
    day: str
    notary: str
    anchored: bool


class ProofPath(ConcernPath):
    """Path of an entry."""

    entry: Id
