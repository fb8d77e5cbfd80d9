"""A plain recount of simulated ballots: what was chosen, summed up with nothing but the roll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wanjia.domain.ballots import Choice, unpack_choices
from wanjia.domain.counting import NOTHING, Weight
from wanjia.domain.decision import Decision, decide
from wanjia.domain.matters import Matter


@dataclass(frozen=True, slots=True)
class Recount:
    """Totals of a meeting and, per motion, those for, those against and the decision."""

    total: Weight
    part: Weight
    in_favour: tuple[Weight, ...]
    against: tuple[Weight, ...]
    decisions: tuple[Decision, ...]


def recount(roll: Mapping[int, int], choices: Mapping[int, int], matters: Sequence[int]) -> Recount:
    """Add up packed ``choices`` (voter -> choices) over ``roll`` (voter -> area in 0.01 m²)."""
    total = _sum(roll, roll)
    part = _sum(roll, choices)
    unpacked = {voter: unpack_choices(packed, len(matters)) for voter, packed in choices.items()}
    in_favour, against = (
        tuple(
            _sum(roll, [v for v, chosen in unpacked.items() if chosen[motion] is choice])
            for motion in range(len(matters))
        )
        for choice in (Choice.FOR, Choice.AGAINST)
    )
    decisions = tuple(
        decide(Matter(matter).majority, total, part, weight)
        for matter, weight in zip(matters, in_favour, strict=True)
    )
    return Recount(total, part, in_favour, against, decisions)


def _sum(roll: Mapping[int, int], voters: Mapping[int, int] | Sequence[int]) -> Weight:
    return sum((Weight(roll[voter], 1) for voter in voters), NOTHING)
