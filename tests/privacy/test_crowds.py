"""Chances against a count of every case there is: who differs, and who takes part."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.privacy.crowds import Crowds
from wanjia.privacy.pairs import pairs_of

ROLLS = st.lists(st.integers(0, 4), min_size=1, max_size=7)


@given(roll=ROLLS, data=st.data())
def test_chances_are_those_of_counting_every_case(roll: list[int], data: st.DataObject) -> None:
    """Every turnout of a size, every one of it as the one who differs: named, guessed, how many alike."""
    part = data.draw(st.integers(1, len(roll)))
    sizes = [
        sum(roll[other] == roll[one] for other in present)
        for present in combinations(range(len(roll)), part)
        for one in present
    ]
    crowds = Crowds.of(roll)
    assert Fraction(sizes.count(1), len(sizes)) == crowds.named(part)
    assert sum(Fraction(1, size) for size in sizes) / len(sizes) == crowds.guessed(part)
    assert Fraction(sum(sizes), len(sizes)) == crowds.alike(part)


@given(roll=st.lists(st.integers(0, 6), min_size=2, max_size=9))
def test_pairs_are_those_of_counting_every_two(roll: list[int]) -> None:
    """All pairs with the sum that is published: how many, whether it is the only one, whether all share somebody."""
    fitting: dict[int, list[set[int]]] = {}
    for pair in combinations(range(len(roll)), 2):
        fitting.setdefault(sum(roll[one] for one in pair), []).append(set(pair))
    cases = [pairs for pairs in fitting.values() for _ in pairs]
    found = pairs_of(roll)
    assert Fraction(sum(map(len, cases)), len(cases)) == found.alike
    assert Fraction(sum(len(pairs) == 1 for pairs in cases), len(cases)) == found.both_named
    assert Fraction(sum(bool(set.intersection(*pairs)) for pairs in cases), len(cases)) == found.one_named


@given(roll=ROLLS)
def test_fewer_who_take_part_hide_less(roll: list[int]) -> None:
    """The chances grow, and the crowds shrink, as the turnout falls."""
    crowds = Crowds.of(roll)
    for part in range(2, len(roll) + 1):
        assert crowds.named(part) <= crowds.named(part - 1)
        assert crowds.guessed(part) <= crowds.guessed(part - 1)
        assert crowds.alike(part) >= crowds.alike(part - 1)


@given(roll=ROLLS)
def test_owners_are_counted_once(roll: list[int]) -> None:
    """All owners, and those whose figure is nobody else's."""
    crowds, seen = Crowds.of(roll), Counter(roll)
    assert crowds.owners == crowds.within(1, len(roll)) == len(roll)
    assert crowds.alone == sum(seen[one] == 1 for one in roll)


def test_nobody_hides_among_nobody() -> None:
    """A roll without owners has no chances, a roll of one no pairs."""
    with pytest.raises(ValueError, match="without owners"):
        Crowds.of([])
    with pytest.raises(ValueError, match="two owners"):
        pairs_of([5])
