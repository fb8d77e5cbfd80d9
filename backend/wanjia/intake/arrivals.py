"""A ballot on its way into the database, and what its receipt will say."""

import threading
from dataclasses import dataclass, field

from wanjia.domain.errors import Refusal

Meeting = tuple[int, int]
"""Community id and meeting number."""


def _locked() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(slots=True)
class Arrival:
    """A ballot whose form and signature were checked; ``signer`` must turn out to be the voter's key."""

    meeting: Meeting
    contract: str
    voter: int
    signer: bytes
    ballot_hash: bytes
    record: bytes
    received_at: int
    refuse_new: Refusal | None = None
    """Why a ballot not received before is refused (the meeting is not open); a repeated one gets its receipt."""
    points: tuple[bytes, ...] = ()
    """Of a secret ballot: the ``A`` of each motion, none of which any other ballot of the meeting may hold."""
    done: bool = False
    woken: threading.Lock = field(default_factory=_locked)
    """A locked lock, released when the answer is ready, or when it is this arrival's turn to write."""
    refusal: Refusal | None = None
    kept: "Kept | None" = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the receipt says of a stored ballot."""

    sequence: int
    received_at: int
    repeated: bool
