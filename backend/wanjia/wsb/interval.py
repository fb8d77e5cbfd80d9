"""Deciding by coarse areas: the interval the true area lies in, and what it settles."""

from dataclasses import dataclass
from enum import StrEnum

from wanjia.domain.counting import Weight
from wanjia.domain.decision import Majority, reaches
from wanjia.wsb.tally import COARSE_UNIT, Rounding


class Verdict(StrEnum):
    """What is known of a motion of a meeting whose quorum is met."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    """The interval straddles the threshold: the exact area has to be opened."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends between which an area lies, in 0.01 m²; equal once it is known exactly."""

    lower: int
    upper: int


def interval_of(coarse_sum: int, rounding: Rounding, area_part: int) -> Interval:
    """Where the true area of those in favour (or against) lies, given its sum in units of 10 m²."""
    middle = COARSE_UNIT * coarse_sum
    lower = min(max(middle - rounding.below, 0), area_part)
    return Interval(lower, min(middle + rounding.above, area_part))


def verdict_of(majority: Majority, part: Weight, heads: int, area: Interval) -> Verdict:
    """What heads in favour and the interval of their area settle.

    The quorum is the caller's to check: without it nothing is decrypted and the motion has failed.
    """
    if not reaches(majority, part, Weight(area.upper, heads)):
        return Verdict.FAILED
    if reaches(majority, part, Weight(area.lower, heads)):
        return Verdict.PASSED
    return Verdict.UNDECIDED
