"""The decision rule at its exact thresholds (MF 278) and against impossible counts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.domain.counting import Weight
from wanjia.domain.decision import Decision, Majority, decide

ORDINARY, SPECIAL = Majority.ORDINARY, Majority.SPECIAL


@pytest.mark.parametrize(
    ("majority", "total", "part", "approving", "expected"),
    [
        # two thirds of both take part: the number itself is enough
        (ORDINARY, (300, 3), (200, 2), (101, 2), Decision(quorum=True, passed=True)),
        (ORDINARY, (300, 3), (199, 2), (199, 2), Decision(quorum=False, passed=False)),
        (ORDINARY, (300, 6), (200, 3), (200, 3), Decision(quorum=False, passed=False)),
        # ordinary: exactly half fails, in area or in heads
        (ORDINARY, (300, 6), (200, 4), (100, 3), Decision(quorum=True, passed=False)),
        (ORDINARY, (300, 6), (200, 4), (101, 2), Decision(quorum=True, passed=False)),
        (ORDINARY, (300, 6), (200, 4), (101, 3), Decision(quorum=True, passed=True)),
        # special: exactly three quarters passes
        (SPECIAL, (400, 4), (400, 4), (300, 3), Decision(quorum=True, passed=True)),
        (SPECIAL, (400, 4), (400, 4), (299, 3), Decision(quorum=True, passed=False)),
        (SPECIAL, (400, 4), (400, 4), (300, 2), Decision(quorum=True, passed=False)),
        # nobody took part
        (ORDINARY, (300, 3), (0, 0), (0, 0), Decision(quorum=False, passed=False)),
        (SPECIAL, (300, 3), (0, 0), (0, 0), Decision(quorum=False, passed=False)),
    ],
)
def test_thresholds(
    majority: Majority,
    total: tuple[int, int],
    part: tuple[int, int],
    approving: tuple[int, int],
    expected: Decision,
) -> None:
    """Each threshold decides exactly at its number."""
    assert expected == decide(majority, Weight(*total), Weight(*part), Weight(*approving))


@pytest.mark.parametrize(
    ("total", "part", "approving"),
    [
        ((0, 3), (0, 2), (0, 1)),
        ((300, 0), (200, 0), (100, 0)),
        ((300, 3), (301, 3), (0, 0)),
        ((300, 3), (300, 4), (0, 0)),
        ((300, 3), (200, 2), (201, 2)),
        ((300, 3), (200, 2), (200, 3)),
    ],
)
def test_impossible_counts_are_refused(
    total: tuple[int, int], part: tuple[int, int], approving: tuple[int, int]
) -> None:
    """A zero total or a part larger than its whole is an error, not a verdict."""
    with pytest.raises(ValueError, match=r"zero|more"):
        decide(ORDINARY, Weight(*total), Weight(*part), Weight(*approving))


@pytest.mark.parametrize("bad", [-1, 1.0, "1", None, True])
def test_weights_are_whole_numbers(bad: object) -> None:
    """Areas and heads are non-negative integers and nothing else."""
    with pytest.raises(ValueError, match="non-negative integer"):
        Weight(bad, 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="non-negative integer"):
        Weight(1, bad)  # type: ignore[arg-type]


def test_a_majority_is_a_majority() -> None:
    """A word in place of a Majority is refused."""
    with pytest.raises(ValueError, match="Majority"):
        decide("ordinary", Weight(1, 1), Weight(1, 1), Weight(1, 1))  # type: ignore[arg-type]


@st.composite
def counts(draw: st.DrawFn) -> tuple[Weight, Weight, Weight]:
    """Draw a roll, those who took part and those in favour, each within the one before."""
    area, heads = draw(st.integers(1, 2**40)), draw(st.integers(1, 10**6))
    part = Weight(draw(st.integers(0, area)), draw(st.integers(0, heads)))
    return (
        Weight(area, heads),
        part,
        Weight(draw(st.integers(0, part.area)), draw(st.integers(0, part.heads))),
    )


@given(counts(), st.sampled_from(Majority))
def test_equals_the_law_in_fractions(case: tuple[Weight, Weight, Weight], majority: Majority) -> None:
    """The integer comparisons say what the statute says in exact fractions."""
    total, part, approving = case
    reached = min(Fraction(part.area, total.area), Fraction(part.heads, total.heads)) >= Fraction(2, 3)
    if majority is ORDINARY:
        enough = approving.area * 2 > part.area and approving.heads * 2 > part.heads
    else:
        enough = approving.area * 4 >= part.area * 3 and approving.heads * 4 >= part.heads * 3
    assert Decision(quorum=reached, passed=reached and enough) == decide(majority, total, part, approving)
