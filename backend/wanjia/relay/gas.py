"""Gas of batches by formula: asking the node for each batch would cost more than the batch.

The figures are upper bounds taken from the contracts' storage layout at the `paris` prices (EIP-2929, EIP-2028,
EIP-3529) and checked against measured batches by the tests.
"""

from wanjia.domain.ballots import MAX_MOTIONS, RECORD_BYTES
from wanjia.domain.rollwords import AREAS_A_WORD
from wanjia.wsb.form import HEAD_BYTES, MOTION_BYTES

TRANSACTION_LIMIT = 14_000_000
"""Most gas one of our transactions may ask for: under half a block of 30 million."""

_CALL = 21_000 + 90_000
"""The transaction, the clone, the meeting's record, the sums' bookkeeping."""
_SUM_WORD = 25_000
"""A first write to the sums of two motions."""
_RECORD = 16 * RECORD_BYTES + 8 * RECORD_BYTES + 2_100 + 3_000 + 3_000
"""A record's calldata, its share of the event, its key, its recovery, its arithmetic."""
_NEW_ROLL_WORD = 2_100
_NEW_CAST_WORD = 22_100
_VOTERS_A_CAST_WORD = 256
RECORD_FLOOR = 100_000
"""What must be left before each record, or the contract reverts the batch (`OpenMeeting.RECORD_GAS_FLOOR`)."""

_SECRET_RECORD, _SECRET_MOTION, _SECRET_BRANCH = 50_000, 172_000, 31_000
"""What a secret record takes at most, calldata and event with it: signature, key and new words; a motion; a branch of a group."""
_SECRET_FLOOR = 100_000
"""By how much more must be left before the last record (`SecretCasting`) than it takes; for each motion `_SECRET_SPARE`."""
_SECRET_SPARE = 30_000
_SECRET_SUMS, _SECRET_SUMS_AGAIN = 405_000, 97_000
"""Writes to a motion's eighteen words of sums by a meeting's first batch, and by later ones."""
_BRANCH_BYTES = 64

_REGISTRATION = 50_000
_FILLER = 21_000


class CastGas:
    """Adds up a batch of ballots, one record after the other."""

    def __init__(self, attempts: int = 0) -> None:
        self._fixed = _CALL + RECORD_FLOOR + _SUM_WORD * (MAX_MOTIONS // 2)
        self._records = 0
        self._roll_words: set[int] = set()
        self._cast_words: set[int] = set()
        self._attempts = attempts

    def add(self, voter: int) -> None:
        """Take one more voter's record in."""
        self._records += 1
        self._roll_words.add(voter // AREAS_A_WORD)
        self._cast_words.add(voter // _VOTERS_A_CAST_WORD)

    @property
    def total(self) -> int:
        """Gas limit of the batch so far; more with each attempt that failed before."""
        needed = (
            self._fixed
            + _RECORD * self._records
            + _NEW_ROLL_WORD * len(self._roll_words)
            + _NEW_CAST_WORD * len(self._cast_words)
            # memory grows with the square of its size: records are copied once for the event
            + (RECORD_BYTES * self._records // 32) ** 2 // 512 * 2
        )
        return needed + needed * self._attempts // 4


class SecretCastGas:
    """Adds up a batch of secret ballots of one length; ``first`` while no ballot of the meeting is known to be counted."""

    def __init__(self, size: int, attempts: int = 0, *, first: bool = True) -> None:
        motions, rest = divmod(size - HEAD_BYTES, MOTION_BYTES)
        sums = _SECRET_SUMS if first else _SECRET_SUMS_AGAIN
        self._fixed = _CALL + _SECRET_FLOOR + (_SECRET_SPARE + sums) * motions
        self._record = _SECRET_RECORD + _SECRET_MOTION * motions + _SECRET_BRANCH * (rest // _BRANCH_BYTES)
        self._records = 0
        self._attempts = attempts

    def add(self, _voter: int) -> None:
        """Take one more record in."""
        self._records += 1

    @property
    def total(self) -> int:
        """Gas limit of the batch so far; more with each attempt that failed before."""
        needed = self._fixed + self._record * self._records
        return needed + needed * self._attempts // 4


def cast_gas(size: int, attempts: int, *, first: bool) -> "CastGas | SecretCastGas":
    """Begin a batch of records of ``size`` bytes; ``first`` while no ballot of the meeting is known to be counted."""
    return CastGas(attempts) if size == RECORD_BYTES else SecretCastGas(size, attempts, first=first)


def register_gas(registrations: int) -> int:
    """Gas limit of a batch of registrations."""
    return 21_000 + 40_000 + _REGISTRATION * registrations


def filler_gas() -> int:
    """Gas of an empty transfer."""
    return _FILLER
