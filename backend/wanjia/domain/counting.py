"""Heads and areas: the two weights every count carries (MF 278)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weight:
    """Floor area in 0.01 m² and heads (owners, one each).

    Raises ``ValueError`` for anything but non-negative integers.
    """

    area: int
    heads: int

    def __post_init__(self) -> None:
        for name in ("area", "heads"):
            value = getattr(self, name)
            if type(value) is not int or value < 0:
                raise ValueError(f"{name} must be a non-negative integer, not {value!r}")

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.area + other.area, self.heads + other.heads)

    def within(self, other: "Weight") -> bool:
        """Tell whether this weight can be a part of ``other``."""
        return self.area <= other.area and self.heads <= other.heads


NOTHING = Weight(0, 0)
