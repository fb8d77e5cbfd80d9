"""Deciding a secret motion by rounded areas where they settle it (docs/secret-ballots.md, "Interval")."""

from dataclasses import dataclass
from typing import Final

from wanjia.domain.counting import Weight
from wanjia.domain.decision import Majority, reaches

UNIT: Final = 1_000
"""What a rounded area counts in: 10 m², in 0.01 m²."""


def rounded(area: int) -> int:
    """Round an area (0.01 m²) to units of 10 m², half a unit upwards."""
    return (area + UNIT // 2) // UNIT


@dataclass(frozen=True, slots=True)
class Rounding:
    """Of all who took part: by how much areas lie above their rounded areas, and below, in 0.01 m²."""

    above: int = 0
    below: int = 0

    def take(self, area: int) -> "Rounding":
        """Count one more owner who took part."""
        error = area - UNIT * rounded(area)
        return Rounding(self.above + max(error, 0), self.below + max(-error, 0))


@dataclass(frozen=True, slots=True)
class Interval:
    """An area in 0.01 m² known by its bounds, both included."""

    lower: int
    upper: int


def interval(units: int, rounding: Rounding, area_part: int) -> Interval:
    """Where the true area of some of those who took part lies, whose rounded areas add up to ``units``."""
    lower = max(UNIT * units - rounding.below, 0)
    upper = UNIT * units + rounding.above
    return Interval(min(lower, area_part), min(upper, area_part))


def verdict(majority: Majority, part: Weight, area: Interval, heads: int) -> bool | None:
    """Tell whether a motion has its majority; ``None`` when the bounds of its area do not agree."""
    low, high = (reaches(majority, part, Weight(end, heads)) for end in (area.lower, area.upper))
    return low if low == high else None
