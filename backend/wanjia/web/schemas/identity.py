"""Claims, codes, reviews and owners."""

from typing import Annotated

from flask import request
from flask_openapi3 import FileStorage
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)

from wanjia.web.schemas.common import (
    Address,
    Answer,
    Body,
    Hash,
    Line,
    MaybeShortLine,
    Note,
    Number,
    ShortLine,
    Signature,
    Slug,
    Time,
    Token,
)


class ConsentAnswer(Answer):
    """The text to agree to, in the request's language, and its version."""

    version: str
    text: str


class ClaimBody(Body):
    """Who somebody is and which unit is theirs; ``consent`` is the version of the text they agreed to.

    ``entrance`` is empty where a building has none.
    """

    community: Slug
    building: ShortLine
    entrance: MaybeShortLine
    number: ShortLine
    name: Line
    id_number: ShortLine
    phone: ShortLine
    consent: ShortLine | None = None


class ClaimAnswer(Answer):
    """The claim's token: whoever holds it may enter the code."""

    claim: str


class ClaimPath(BaseModel):
    """Path of a claim."""

    claim: Token


class ClaimStateAnswer(Answer):
    """Where a claim's review stands ("none", "pending", "approved", "refused") and the supervisor's words."""

    review: str
    answer: str


class CodeBody(Body):
    """The six digits of the message."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


_NOTE = TypeAdapter(Note)


def _as_sent(_parsed: object) -> str:
    """Take the note as it was typed: the form reader would make a number of one that is all digits."""
    return _NOTE.validate_python(request.form.get("note", ""))


class ReviewForm(BaseModel):
    """What goes to the supervisor: a note and 1 to 5 files (JPEG, PNG, WebP, PDF; 8 MB each)."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    note: Annotated[str, PlainValidator(_as_sent), WithJsonSchema({"type": "string", "maxLength": 2000})] = ""
    files: list[FileStorage] = Field(min_length=1, max_length=5)


class ReviewStateAnswer(Answer):
    """Where the review stands."""

    review: str


class OwnerUnit(Answer):
    """A unit of the owner."""

    building: str
    entrance: str
    number: str
    use: str
    area: int
    counted: bool


class KeyChangeAnswer(Answer):
    """A change of key: "submitted", "requested", "approved", "done", "vetoed", "cancelled" or "refused".

    ``key`` is the new one; ``effective_at`` is 0 before the supervisor's approval.
    """

    state: str
    key: str
    requested_at: int
    effective_at: int


class RunningKeyChangeAnswer(Answer):
    """A voter's key and the change of it that waits on the chain, if one does."""

    key: str | None
    change: KeyChangeAnswer | None


class OwnerAnswer(Answer):
    """The logged-in owner. ``evidence`` is what the voting key signs together with the voter index."""

    voter: int
    kind: str
    name_masked: str
    role: str
    units: list[OwnerUnit]
    area: int
    heads: int
    key: str | None
    key_state: str
    key_change: KeyChangeAnswer | None
    evidence: str
    community: str


class KeyBody(Body):
    """A voting key's address and its ``Possession`` signature."""

    key: Address
    evidence: Hash | None = None
    signature: Signature


class KeyStateAnswer(Answer):
    """Where the key stands: "submitted" or "registered"."""

    key_state: str


class VetoPath(BaseModel):
    """Path of a change of key."""

    slug: Slug
    voter: Number


class VetoBody(Body):
    """The old key's ``KeyChangeVeto`` signature; ``effective_at`` 0 before the approval."""

    new_key: Address
    effective_at: Time
    signature: Signature
