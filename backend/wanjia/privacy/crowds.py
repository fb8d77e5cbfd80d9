"""Owners who cannot be told apart by what is published of them, and how one of them stands out.

All chances are exact: each owner is as likely as any other to be the one who differs, and a turnout is any set of
that many owners, all equally likely.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb


@dataclass(frozen=True, slots=True)
class Crowds:
    """How many crowds there are of each size; a crowd is all owners of whom the same is published."""

    sizes: tuple[tuple[int, int], ...]
    """(size, how many crowds of that size), the smallest first."""

    @classmethod
    def of(cls, published: Iterable[int]) -> "Crowds":
        """Sort owners into crowds, given what is published of each. Raises ``ValueError`` for no owner at all."""
        sizes = Counter(Counter(published).values())
        if not sizes:
            raise ValueError("a roll without owners has nothing to hide")
        return cls(tuple(sorted(sizes.items())))

    @property
    def owners(self) -> int:
        """Owners in all."""
        return sum(size * times for size, times in self.sizes)

    @property
    def alone(self) -> int:
        """Owners of whom nobody else has the same published."""
        return self.within(1, 1)

    def within(self, smallest: int, largest: int) -> int:
        """Owners in crowds of a size from ``smallest`` to ``largest``, both included."""
        return sum(size * times for size, times in self.sizes if smallest <= size <= largest)

    def named(self, part: int) -> Fraction:
        """Chance that of ``part`` owners who took part the one who differs is alone in the crowd, and so named."""
        total = self.owners
        ways = sum(size * times * comb(total - size, part - 1) for size, times in self.sizes)
        return Fraction(ways, total * comb(total - 1, part - 1))

    def guessed(self, part: int) -> Fraction:
        """Chance that who guesses anybody of the right crowd is right.

        A crowd of which some took part is guessed rightly for one of them, whatever its size: so this is the crowds
        that can be expected among those who took part, over their number.
        """
        total = self.owners
        everybody = comb(total, part)
        met = sum(times * (everybody - comb(total - size, part)) for size, times in self.sizes)
        return Fraction(met, everybody * part)

    def alike(self, part: int) -> Fraction:
        """Owners who could be the one who differs, that one included: the size to be expected."""
        total = self.owners
        others = sum(size * (size - 1) * times for size, times in self.sizes)
        return 1 + Fraction(others * (part - 1), max(total * (total - 1), 1))
