"""The form of a meeting's ballots: how many motions, which groups, and so how long a body is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wanjia.wsb.context import Keys
from wanjia.wsb.group import WORD

SIDES = 2
CHOICES = 3
MOTION_BYTES = 12 * WORD
"""Three points, three challenges, three responses."""
HEAD_BYTES = 69
"""Voter and signature before the body of a record."""


@dataclass(frozen=True, slots=True)
class Group:
    """Motions (by position) that share a cap on how many of them an owner may be for."""

    number: int
    cap: int
    motions: tuple[int, ...]

    @property
    def most(self) -> int:
        """The largest count the proof has a branch for: the cap, or all motions where those are fewer."""
        return min(self.cap, len(self.motions))

    @property
    def bytes(self) -> int:
        """Length of the group's proof in a body."""
        return 2 * (self.most + 1) * WORD


def groups_of(motions: Iterable[tuple[int, int]]) -> tuple[Group, ...]:
    """The groups of motions given as ``(group, cap)`` in their order; group 0 is none."""
    members: dict[int, list[int]] = {}
    caps: dict[int, int] = {}
    for position, (number, cap) in enumerate(motions):
        if number:
            members.setdefault(number, []).append(position)
            if caps.setdefault(number, cap) != cap or cap < 1:
                raise ValueError(f"group {number} has no cap of its own")
    return tuple(Group(number, caps[number], tuple(members[number])) for number in sorted(members))


@dataclass(frozen=True)
class Form:
    """Everything a ballot is made and checked with, but the voter."""

    context: bytes
    keys: Keys
    motions: tuple[tuple[int, int], ...]
    """``(group, cap)`` of each motion."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups in ascending number."""
        return groups_of(self.motions)

    @cached_property
    def body_bytes(self) -> int:
        """Length of a ballot's body."""
        return MOTION_BYTES * len(self.motions) + sum(group.bytes for group in self.groups)

    @property
    def record_bytes(self) -> int:
        """Length of a record of ``cast``."""
        return HEAD_BYTES + self.body_bytes
