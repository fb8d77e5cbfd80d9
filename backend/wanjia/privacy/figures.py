"""The privacy check of one roll: integers only, none of which says anything of a single owner.

Chances are in thousandths rounded up, numbers of owners or pairs who are alike rounded down: never too hopeful.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from wanjia.domain.coarse import rounded
from wanjia.privacy.crowds import Crowds
from wanjia.privacy.pairs import pairs_of

_LARGE = 2**63
CROWD_SIZES = ((1, 1), (2, 4), (5, 9), (10, 19), (20, _LARGE))
"""Bounds, both included, by which owners are counted in ``Figures.crowds``."""


@dataclass(frozen=True, slots=True)
class Lone:
    """One owner who differs from all others: how easily the published sums name them."""

    named: int
    """Certainly, in thousandths."""
    guessed: int
    """By the best guess, in thousandths."""
    alike: int
    """How many owners it could be."""


@dataclass(frozen=True, slots=True)
class Two:
    """Two owners who differ: how easily the sum of their rounded areas names them."""

    both_named: int
    one_named: int
    alike: int
    """How many pairs it could be."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Owners, area in 0.01 m², what is unique among them, and what a lone or a second dissenter would show."""

    owners: int
    area: int
    largest: int
    """The largest owner's part of the area in percent, rounded up."""
    unique_exact: int
    """Owners whose area to 0.01 m² is nobody else's."""
    unique_rounded: int
    """Owners whose area rounded to 10 m² is nobody else's."""
    quorum: int
    """Two thirds of the owners, rounded up."""
    rounded_all: Lone
    rounded_quorum: Lone
    exact_all: Lone
    exact_quorum: Lone
    two: Two
    crowds: tuple[int, ...]
    """Owners by how many stand in the same 10 m²: 1, 2 to 4, 5 to 9, 10 to 19, more."""


def figures_of(areas: Collection[int]) -> Figures:
    """Check the areas of a roll's owners, one each, in 0.01 m². Raises ``ValueError`` for no owner at all."""
    units = [rounded(area) for area in areas]
    coarse, exact = Crowds.of(units), Crowds.of(areas)
    heads, total = len(areas), sum(areas)
    part = -(-2 * heads // 3)
    return Figures(
        owners=heads,
        area=total,
        largest=-(-100 * max(areas) // total),
        unique_exact=exact.alone,
        unique_rounded=coarse.alone,
        quorum=part,
        rounded_all=_lone(coarse, heads),
        rounded_quorum=_lone(coarse, part),
        exact_all=_lone(exact, heads),
        exact_quorum=_lone(exact, part),
        two=_two(units),
        crowds=tuple(coarse.within(*bounds) for bounds in CROWD_SIZES),
    )


def _lone(crowds: Crowds, part: int) -> Lone:
    return Lone(_up(crowds.named(part)), _up(crowds.guessed(part)), int(crowds.alike(part)))


def _two(units: Collection[int]) -> Two:
    if len(units) == 1:
        return Two(both_named=1000, one_named=1000, alike=1)
    found = pairs_of(units)
    return Two(_up(found.both_named), _up(found.one_named), int(found.alike))


def _up(chance: Fraction) -> int:
    return -(-1000 * chance.numerator // chance.denominator)
