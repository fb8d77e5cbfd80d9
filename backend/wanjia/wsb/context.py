"""What every proof of a secret meeting is bound to: the two keys and the context."""

from collections.abc import Sequence
from dataclasses import dataclass

from wanjia.wsb.group import Point
from wanjia.wsb.hashing import digest


@dataclass(frozen=True, slots=True)
class Keys:
    """The meeting's two public keys: what encrypts support and what encrypts opposition."""

    in_favour: Point
    against: Point


@dataclass(frozen=True, slots=True)
class TrusteeSet:
    """The trustees of one meeting, in their order, and how many of them can open a sum."""

    chain_id: int
    board: str
    meeting: int
    threshold: int
    accounts: tuple[str, ...]

    @property
    def hash(self) -> bytes:
        """What the supervisor confirms."""
        return digest(
            "trustees", self.chain_id, self.board, self.meeting, self.threshold, *_array(self.accounts)
        )


def _array(accounts: Sequence[str]) -> list[int | str]:
    """A dynamic array as ``abi.encode`` writes it behind six words: offset, length, items."""
    return [6 * 32, len(accounts), *accounts]


@dataclass(frozen=True, slots=True)
class Context:
    """What ``adoptKeys`` fixes: meeting, frozen content, roll, trustees and keys."""

    chain_id: int
    secret_meeting: str
    meeting: int
    convene_hash: bytes
    roll_digest: bytes
    trustee_set_hash: bytes
    threshold: int
    trustees: int
    keys: Keys

    @property
    def hash(self) -> bytes:
        """The context every ballot, share and seal is bound to."""
        return digest(
            "context",
            self.chain_id,
            self.secret_meeting,
            self.meeting,
            self.convene_hash,
            self.roll_digest,
            self.trustee_set_hash,
            self.threshold,
            self.trustees,
            self.keys.in_favour,
            self.keys.against,
        )
