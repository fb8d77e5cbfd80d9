"""Whatever the sum and the weights: shared to the fen, and nobody more than a fen from the exact share."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.domain.allocation import allocate

WEIGHTS = st.lists(st.integers(0, 10**7), min_size=1, max_size=60).filter(any)


@given(st.integers(-(10**14), 10**14), WEIGHTS)
def test_shares_add_up_and_are_near(total: int, weights: list[int]) -> None:
    """The sum is kept; each share is less than one fen from its exact value; who has no weight gets nothing."""
    shares = allocate(total, weights)
    assert total == sum(shares)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1
        assert weight or not share


@given(st.integers(0, 10**9), WEIGHTS)
def test_a_larger_weight_never_gets_less(total: int, weights: list[int]) -> None:
    """Equal areas differ by a fen at most, the earlier one first; a larger one gets at least as much."""
    shares = allocate(total, weights)
    for at, weight in enumerate(weights):
        for other in range(at + 1, len(weights)):
            if weight >= weights[other]:
                assert shares[at] >= shares[other]


def test_ties_go_to_the_earlier_unit() -> None:
    """Two fen left among three equal units."""
    assert [34, 33, 33] == allocate(100, [5, 5, 5])
    assert [-34, -33, -33] == allocate(-100, [5, 5, 5])


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 3]])
def test_weights_that_share_nothing_are_refused(weights: list[int]) -> None:
    """None above zero, or a negative one."""
    with pytest.raises(ValueError, match="weights"):
        allocate(1, weights)
