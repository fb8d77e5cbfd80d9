"""A ballot's choices, two bits a motion, and the 77-byte record that carries it (docs/protocol.md)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

MAX_MOTIONS = 32
MAX_SECRET_MOTIONS = 20
"""The first ballot of a secret meeting writes every sum anew, and has to fit a transaction."""
RECORD_BYTES = 77


class Choice(IntEnum):
    """One motion's choice: 弃权, 同意, 反对."""

    ABSTAIN = 0
    FOR = 1
    AGAINST = 2


@dataclass(frozen=True, slots=True)
class GroupRule:
    """Motions (by position) that share a cap on how many of them an owner may be for."""

    motions: tuple[int, ...]
    cap: int


@dataclass(frozen=True, slots=True)
class Record:
    """One ballot of a batch: voter index, packed choices, 65-byte signature (r, s, v)."""

    voter: int
    choices: int
    signature: bytes

    def pack(self) -> bytes:
        """Give the 77 bytes the contract reads."""
        if len(self.signature) != 65:  # noqa: PLR2004  r, s, v
            raise ValueError("a signature has 65 bytes")
        return self.voter.to_bytes(4, "big") + self.choices.to_bytes(8, "big") + self.signature


def pack_choices(choices: Sequence[Choice]) -> int:
    """Pack one choice a motion, motion 0 in the lowest two bits. Raises ``ValueError`` beyond 32 motions."""
    if not 1 <= len(choices) <= MAX_MOTIONS:
        raise ValueError(f"a ballot has 1 to {MAX_MOTIONS} motions, not {len(choices)}")
    return sum(int(Choice(choice)) << (2 * motion) for motion, choice in enumerate(choices))


def unpack_choices(packed: int, motions: int) -> list[Choice]:
    """Unpack ``motions`` choices. Raises ``ValueError`` for a 3 or for bits above the last motion."""
    if packed < 0 or packed >> (2 * motions):
        raise ValueError("choices beyond the last motion")
    return [Choice(packed >> (2 * motion) & 3) for motion in range(motions)]


def over_cap(choices: Sequence[Choice], groups: Iterable[GroupRule]) -> bool:
    """Tell whether more motions of some group are supported than its cap allows."""
    return any(sum(choices[m] is Choice.FOR for m in group.motions) > group.cap for group in groups)


def split_records(records: bytes) -> Iterator[Record]:
    """Read the records of a batch. Raises ``ValueError`` when the length is no multiple of 77."""
    if not records or len(records) % RECORD_BYTES:
        raise ValueError(f"a batch is made of {RECORD_BYTES}-byte records")
    for at in range(0, len(records), RECORD_BYTES):
        one = records[at : at + RECORD_BYTES]
        yield Record(int.from_bytes(one[:4], "big"), int.from_bytes(one[4:12], "big"), one[12:])
