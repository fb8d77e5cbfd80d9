"""Staff: log-in, drafts of meetings, acts, reviews, the log."""

from typing import Annotated, Any, Literal

from eth_utils import to_checksum_address
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from wanjia.relay.requests import ForwardRequest
from wanjia.web.schemas.common import (
    Address,
    Answer,
    AnyText,
    Body,
    CallData,
    Hash,
    Id,
    Line,
    MeetingPath,
    Note,
    Number,
    Signature,
    Slug,
    Time,
    to_bytes,
    to_hex,
)

_BASE64_OF_8_MB = 11_200_000
_PERIOD = Field(ge=0, lt=2**32)


class LoginBody(Body):
    """User name, password and the six digits of the authenticator."""

    username: Line
    password: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    totp: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class StaffAnswer(Answer):
    """The logged-in member of staff; the operator has no community."""

    username: str
    role: str
    community: str | None
    address: str | None


class MotionBody(Body):
    """One motion: matter 1-9, group (0 none) and the group's cap."""

    matter: Annotated[int, Field(ge=0, le=255)]
    group: Annotated[int, Field(ge=0, le=255)] = 0
    cap: Annotated[int, Field(ge=0, le=255)] = 0
    title: Line
    text: AnyText


class DocumentBody(Body):
    """A document to publish with the meeting."""

    name: Line
    media_type: Line
    content_base64: Annotated[
        str, StringConstraints(max_length=_BASE64_OF_8_MB, pattern=r"^[A-Za-z0-9+/]*={0,2}$")
    ]


class RulesBody(Body):
    """Rules of procedure; periods in seconds."""

    notice_period: Annotated[int, _PERIOD] = 15 * 86_400
    roll_period: Annotated[int, _PERIOD] = 7 * 86_400
    paper_period: Annotated[int, _PERIOD] = 0
    objection_period: Annotated[int, _PERIOD] = 7 * 86_400


class DraftBody(Body):
    """A meeting as the committee writes it.

    ``scope``: ``*``, or buildings and building/entrance with commas.
    """

    community: Slug
    title: Line
    notice: AnyText
    scope: Annotated[
        str, StringConstraints(min_length=1, max_length=4_000, pattern=r"^[^\x00-\x1f\x7f]+$")
    ] = "*"
    motions: Annotated[list[MotionBody], Field(min_length=1, max_length=64)]
    documents: Annotated[list[DocumentBody], Field(max_length=20, default_factory=list)]
    opens_at: Time
    closes_at: Time
    rules: RulesBody = RulesBody()
    ballots: Literal["open", "secret"] = "open"


class CallAnswer(Answer):
    """A contract call to sign."""

    to: str
    data: str


class DraftAnswer(Answer):
    """The stored draft, what will be frozen, and the call that convenes the meeting."""

    draft: int
    convening: dict[str, Any]
    act: CallAnswer


class StepPath(MeetingPath):
    """Path of a meeting's next step."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,32}$")]


class StepQuery(BaseModel):
    """What some steps need: a new close and hash (extend), number and hash (answer-objection), hash (void)."""

    closes_at: Time | None = None
    objection: Number | None = None
    hash: Hash | None = None


class StepAnswer(Answer):
    """The calls of a step in order; ``to`` and ``data`` repeat the first."""

    to: str
    data: str
    calls: list[CallAnswer]


class PrepareBody(Body):
    """The call to prepare."""

    to: Address
    data: CallData


class RequestShape(Body):
    """A request as ``ERC2771Forwarder`` takes it."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True)

    from_: Annotated[Address, Field(alias="from")]
    to: Address
    value: Annotated[int, Field(ge=0, le=2**53)]
    gas: Annotated[int, Field(ge=0, le=2**53)]
    nonce: Annotated[int, Field(ge=0, le=2**53)]
    deadline: Annotated[int, Field(ge=0, lt=2**48)]
    data: CallData

    def read(self) -> ForwardRequest:
        """Give the request as the relay takes it."""
        return ForwardRequest(
            sender=to_checksum_address(self.from_),
            to=to_checksum_address(self.to),
            value=self.value,
            gas=self.gas,
            nonce=self.nonce,
            deadline=self.deadline,
            data=to_bytes(self.data),
        )


class PreparedAnswer(Answer):
    """The request and the digest the official's key signs."""

    request: RequestShape
    digest: str

    @classmethod
    def of(cls, request: ForwardRequest, digest: bytes) -> "PreparedAnswer":
        """Show a request that was made."""
        shape = RequestShape(
            from_=request.sender,
            to=request.to,
            value=request.value,
            gas=request.gas,
            nonce=request.nonce,
            deadline=request.deadline,
            data=to_hex(request.data),
        )
        return cls(request=shape, digest=to_hex(digest))


class ActBody(Body):
    """A signed request."""

    request: RequestShape
    signature: Signature


class ActAnswer(Answer):
    """The act's id."""

    act: int


class ActPath(BaseModel):
    """Path of an act."""

    act: Id


class ActStateAnswer(Answer):
    """What became of an act: "queued", "submitted", "done" or "refused" with a code."""

    state: str
    transaction: str | None
    code: str | None
    reason: str | None


class ReviewLineAnswer(Answer):
    """One line of the queue of reviews."""

    id: int
    state: str
    created_at: int
    decided_at: int | None


class ReviewFileLine(Answer):
    """A file of a review."""

    number: int
    media_type: str
    size: int


class ReviewAnswer(ReviewLineAnswer):
    """One review: what was claimed, and which of it agrees with the roll."""

    claim: dict[str, str]
    agrees: dict[str, bool]
    note: str
    answer: str
    files: list[ReviewFileLine]


class ReviewPath(BaseModel):
    """Path of a review."""

    review: Id


class ReviewFilePath(ReviewPath):
    """Path of a review's file, counted from 1."""

    file: Number


class DecisionBody(Body):
    """The supervisor's words; the claimant reads them."""

    note: Note = ""
