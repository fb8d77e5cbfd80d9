"""States of a meeting, as the contract numbers them, and of a ballot, as its voter sees it."""

from enum import IntEnum, StrEnum


class MeetingState(IntEnum):
    """State of a meeting, decided by chain time and the contract."""

    NONE = 0
    CONVENED = 1
    NOTICE = 2
    OPEN = 3
    CLOSED = 4
    DECLARED = 5
    FINAL = 6
    LAPSED = 7
    VOID = 8


class BallotState(StrEnum):
    """State of a ballot after it left the phone."""

    RECEIVED = "received"
    """Intake committed it and signed a receipt."""
    SUBMITTED = "submitted"
    """Relay stored a transaction that carries it."""
    RECORDED = "recorded"
    """Index saw it counted in a block."""
    FINAL = "final"
    """That block lies at finality depth."""
    REFUSED = "refused"
    """The contract refused it for a reason it gave."""


class SkipReason(IntEnum):
    """Why the contract skipped a record, in the order of its checks."""

    NOT_ON_ROLL = 1
    ALREADY_CAST = 2
    INVALID_CHOICE = 3
    OVER_GROUP_CAP = 4
    NOT_REGISTERED = 5
    BAD_SIGNATURE = 6
    MALFORMED = 7
    """Of a secret ballot: a coordinate, point or scalar that may not be read."""


SKIP_CODES = {
    SkipReason.NOT_ON_ROLL: "BALLOT_NOT_ON_ROLL",
    SkipReason.ALREADY_CAST: "BALLOT_ALREADY_CAST",
    SkipReason.INVALID_CHOICE: "BALLOT_CHOICE_INVALID",
    SkipReason.OVER_GROUP_CAP: "BALLOT_OVER_CAP",
    SkipReason.NOT_REGISTERED: "BALLOT_NOT_REGISTERED",
    SkipReason.BAD_SIGNATURE: "BALLOT_SIGNATURE_INVALID",
    SkipReason.MALFORMED: "BALLOT_MALFORMED",
}
