"""Concerns at the desk: lists, steps, moderation, the grid."""

from typing import Annotated, Literal

from flask_openapi3 import FileStorage
from pydantic import BaseModel, ConfigDict, Field

from wanjia.domain.concerns import ConcernKind
from wanjia.web.schemas.common import Answer, Body, Id, Line, Number
from wanjia.web.schemas.concerns import ConcernAnswer, EntryPart, FormWords, Level, Page, Part, Words


class StaffConcernsQuery(BaseModel):
    """What to list: ``mine`` is what the reader has to settle, ``appealed`` what waits for the supervisor."""

    state: Literal["open", "answered", "ended"] | None = None
    level: Level | None = None
    building: Part | None = None
    kind: ConcernKind | None = None
    overdue: bool = False
    mine: bool = False
    appealed: bool = False
    page: Page = 1


class StaffConcernPath(BaseModel):
    """Path of a concern of one's own community."""

    number: Number


class StaffEntryPath(StaffConcernPath):
    """Path of an entry: its id, or ``raised`` for the concern's own words."""

    entry: EntryPart


class StaffPhotoPath(StaffConcernPath):
    """Path of a photograph."""

    entry: Id
    photo: Number


class AnswerForm(BaseModel):
    """An answer: words, and up to 5 photographs (JPEG, PNG, WebP; 8 MB each)."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    text: FormWords
    photos: list[FileStorage] = Field(default=[], max_length=5)


class DecideBody(Body):
    """Whether hidden words are shown again, and why."""

    show: bool
    reason: Words


class StaffConcernAnswer(ConcernAnswer):
    """One concern whole; ``appeals`` are the hidden entries that wait for the supervisor."""

    appeals: list[int]


class PostPath(BaseModel):
    """A building, or ``common`` for common areas of the whole community."""

    building: Annotated[Part, Field(min_length=1)]


class PostBody(Body):
    """User name of the grid worker; empty for nobody."""

    username: Line | None


class PostAnswer(Answer):
    """A building (empty: common areas) and its worker."""

    building: str
    username: str | None


class GridAnswer(Answer):
    """Every place with its worker, and the workers one can choose from."""

    posts: list[PostAnswer]
    workers: list[str]


class DigestAnswer(Answer):
    """What waits: new ones, due within a day, overdue, urgent, appeals."""

    new: int
    due: int
    overdue: int
    urgent: int
    appeals: int
