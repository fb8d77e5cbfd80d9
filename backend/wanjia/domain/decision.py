"""The decision rule of owners' meetings, alone and pure (Civil Code 278; 以上 includes the number, 1259)."""

from dataclasses import dataclass
from enum import Enum

from wanjia.domain.counting import Weight


class Majority(Enum):
    """The majority a matter needs, of those who took part."""

    ORDINARY = "ordinary"
    """More than half of heads and of area (过半数): exactly half fails."""
    SPECIAL = "special"
    """Three quarters or more of heads and of area (四分之三以上)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a count decides. ``passed`` is true only with ``quorum``."""

    quorum: bool
    passed: bool


def quorum(total: Weight, participating: Weight) -> bool:
    """Tell whether two thirds or more of heads and of area took part."""
    return 3 * participating.area >= 2 * total.area and 3 * participating.heads >= 2 * total.heads


def reaches(majority: Majority, participating: Weight, approving: Weight) -> bool:
    """Tell whether those in favour are the majority of those who took part, in heads and in area."""
    if majority is Majority.ORDINARY:
        return 2 * approving.area > participating.area and 2 * approving.heads > participating.heads
    return 4 * approving.area >= 3 * participating.area and 4 * approving.heads >= 3 * participating.heads


def decide(majority: Majority, total: Weight, participating: Weight, approving: Weight) -> Decision:
    """Decide one motion.

    ``total`` is the roll, ``participating`` those who voted (abstentions included), ``approving`` those for.
    Raises ``ValueError`` for a zero total and for counts that cannot be: more approving than participating or
    more participating than on the roll, in area or in heads.
    """
    if not isinstance(majority, Majority):
        raise ValueError(f"majority must be a Majority, not {majority!r}")  # noqa: TRY004  one error type for bad input
    if total.area == 0 or total.heads == 0:
        raise ValueError("the roll's total is zero: there is nobody to decide")
    if not participating.within(total):
        raise ValueError("more took part than are on the roll")
    if not approving.within(participating):
        raise ValueError("more are in favour than took part")
    reached = quorum(total, participating)
    return Decision(quorum=reached, passed=reached and reaches(majority, participating, approving))
