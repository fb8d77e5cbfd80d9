"""Two owners who differ, of whom only the sum is published, and which pairs it could be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb


@dataclass(frozen=True, slots=True)
class Pairs:
    """Over every two owners, all equally likely, if everybody takes part."""

    alike: Fraction
    """Pairs that fit the published sum, the true one included: the number to be expected."""
    both_named: Fraction
    """Chance that no other pair fits."""
    one_named: Fraction
    """Chance that one owner or both belong to every pair that fits."""


def pairs_of(published: Iterable[int]) -> Pairs:
    """Look at every two owners. Raises ``ValueError`` for fewer than two."""
    crowds = sorted(Counter(published).items())
    total = comb(sum(size for _, size in crowds), 2)
    if total == 0:
        raise ValueError("a pair needs two owners")
    fitting: Counter[int] = Counter()
    ways: Counter[int] = Counter()
    certain: dict[int, bool] = {}
    for value, size in crowds:
        if size > 1:
            fitting[2 * value] += comb(size, 2)
            ways[2 * value] += 1
            certain[2 * value] = size == 2  # noqa: PLR2004  both are in the one pair there is
    for (low, few), (high, many) in combinations(crowds, 2):
        fitting[low + high] += few * many
        ways[low + high] += 1
        certain[low + high] = 1 in {few, many}
    one = sum(pairs for value, pairs in fitting.items() if ways[value] == 1 and certain[value])
    return Pairs(
        alike=Fraction(sum(pairs * pairs for pairs in fitting.values()), total),
        both_named=Fraction(sum(pairs == 1 for pairs in fitting.values()), total),
        one_named=Fraction(one, total),
    )
