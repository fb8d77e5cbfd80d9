"""Trustees of a secret meeting: their board, and the acts they sign."""

from typing import Annotated

from pydantic import Field, StringConstraints

from wanjia.web.schemas.common import (
    Address,
    Answer,
    Body,
    CallData,
    Hash,
    Id,
    MeetingPath,
    Signature,
    Token,
)
from wanjia.web.schemas.courses import STATEMENT, Salt
from wanjia.web.schemas.staff import ActBody


class TrusteeSetAnswer(Answer):
    """Who the trustees are, in their order, and how many of them open a sum."""

    accounts: list[str]
    threshold: int
    trustee_set_hash: str


class TrusteeAnswer(Answer):
    """What one trustee said in a run; points are 64 bytes, null what was not said yet."""

    trustee: int
    account: str
    commitment: str | None
    encryption_key: str | None
    coefficients: list[str] | None
    shares: str | None
    approved: bool


class TwoKeysAnswer(Answer):
    """The keys a run made."""

    in_favour: str
    against: str


class TranscriptEntryAnswer(Answer):
    """What stands in the transcript: 1 a commitment, 2 a reveal, 3 a dealing, and whose."""

    step: int
    trustee: int


class KeyRunAnswer(TrusteeSetAnswer):
    """The latest run; ``step`` is commit, reveal, deal, approve or complete, ``entries`` in the order they came."""

    run: int
    step: str
    transcript: str
    entries: list[TranscriptEntryAnswer]
    trustees: list[TrusteeAnswer]
    keys: TwoKeysAnswer | None


class RestartAnswer(Answer):
    """Why the run before ``run`` was given up: ``against`` which trustee, 0 nobody; ``reason`` null if unknown here."""

    run: int
    by: str
    against: int
    reason_hash: str
    reason: str | None


class AggregateAnswer(Answer):
    """A sealed sum: ``a`` and the ``b`` of its side, and the value once it is opened."""

    motion: int
    level: int
    side: int
    a: str
    b: str
    value: int | None


class PostedAnswer(Answer):
    """How many shares of the stage a trustee has posted."""

    trustee: int
    shares: int


class StageAnswer(Answer):
    """The sums to decrypt now: 0 heads and rounded areas, 1 exact areas of undecided motions."""

    stage: int
    aggregates: list[AggregateAnswer]
    posted: list[PostedAnswer]


class BoardSeatAnswer(Answer):
    """A seat: the office, and the account that took it."""

    seat: int
    label: str
    account: str | None


class BoardAnswer(Answer):
    """A meeting's board: seats and their threshold as the committee set them (null before), ceremony, decryption."""

    chain_id: int
    board: str
    meeting: int
    threshold: int | None
    seats: list[BoardSeatAnswer]
    proposal: TrusteeSetAnswer | None
    run: KeyRunAnswer | None
    restarts: list[RestartAnswer]
    context: str | None
    seal_hash: str | None
    stage: StageAnswer | None


class TrusteePrepareBody(Body):
    """A call to the board that a trustee wants to make."""

    account: Address
    data: CallData


class ComplaintBody(Body):
    """Why a trustee complains, published with the act that carries its hash; see ``ObjectionBody`` for the salt."""

    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=STATEMENT)
    ]
    salt: Salt


class TrusteeActBody(ActBody):
    """A request that a trustee signed, and with a complaint its reason."""

    reason: ComplaintBody | None = None


class TrusteeActPath(MeetingPath):
    """Path of a trustee's act."""

    act: Id


class ProposeBody(Body):
    """Accounts of the trustees in their order, and how many of them open a sum."""

    accounts: Annotated[list[Address], Field(min_length=1, max_length=32)]
    threshold: Annotated[int, Field(ge=0, le=255)]


class RestartBody(Body):
    """Hash of the published reason."""

    hash: Hash


Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class SeatsBody(Body):
    """The offices that hold a meeting's key, in their order, and how many of them open a sum."""

    threshold: Annotated[int, Field(ge=2, le=15)]
    labels: Annotated[list[Label], Field(min_length=3, max_length=15)]


class StaffSeatAnswer(Answer):
    """A seat at the desk; ``token`` makes its invitation, null once it is taken."""

    seat: int
    label: str
    token: str | None
    account: str | None


class StaffSeatsAnswer(Answer):
    """A meeting's seats; ``threshold`` null while none are set."""

    threshold: int | None
    seats: list[StaffSeatAnswer]


class SeatPath(MeetingPath):
    """Path of a seat."""

    seat: Annotated[int, Field(ge=1, le=15)]


class InvitationPath(MeetingPath):
    """Path of an invitation."""

    token: Token


class InvitationAnswer(Answer):
    """The seat an invitation is for."""

    seat: int
    label: str
    taken: bool


class TakeSeatBody(Body):
    """An invitation, a fresh account, and its EIP-712 signature over ``TrusteeSeat``."""

    token: Token
    account: Address
    signature: Signature


class SeatAnswer(Answer):
    """The seat that was taken."""

    seat: int
    label: str
