"""The group's arithmetic: against its laws, and against the precompiles of an EVM."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrevm import EVM

from wanjia.wsb.group import (
    INFINITY,
    G,
    P,
    Point,
    Q,
    Unreadable,
    add,
    check_point,
    check_scalar,
    combine,
    encode,
    multiply,
    negate,
    on_curve,
    read_point,
    read_words,
    total,
)
from wanjia.wsb.multiplication import BETA, LAMBDA, FixedBase, digits, split
from wanjia.wsb.sums import weighted

SOMEBODY = "0x" + "11" * 20
SCALARS = st.one_of(st.integers(0, Q - 1), st.sampled_from([0, 1, 2, 15, 16, 255, 256, Q - 1, Q - 2, LAMBDA]))


class Precompiles:
    """The two precompiles every implementation rests on."""

    def __init__(self) -> None:
        self.evm = EVM()
        self.evm.set_balance(SOMEBODY, 10**18)

    def __call__(self, which: int, data: bytes) -> Point:
        """Ask precompile 6 (addition) or 7 (multiplication)."""
        x, y = read_words(bytes(self.evm.message_call(SOMEBODY, f"0x{which:040x}", calldata=data)))
        return x, y


@pytest.fixture(scope="module")
def precompiles() -> Precompiles:
    """An EVM."""
    return Precompiles()


@settings(max_examples=40, deadline=None)
@given(first=SCALARS, second=SCALARS)
def test_multiples_and_sums_are_the_precompiles(precompiles: Precompiles, first: int, second: int) -> None:
    """Products by table, products by windows and sums are those of the EVM."""
    left, right = multiply(first, G), multiply(second, multiply(5, G))
    assert left == precompiles(7, encode(G) + first.to_bytes(32, "big"))
    assert right == precompiles(7, encode(multiply(5, G)) + second.to_bytes(32, "big"))
    assert add(left, right) == precompiles(6, encode(left, right))


def test_edges_of_the_sum() -> None:
    """Equal points double, opposite ones vanish, infinity changes nothing."""
    point = multiply(77, G)
    assert add(point, point) == multiply(154, G)
    assert add(point, negate(point)) == INFINITY
    assert add(point, INFINITY) == add(INFINITY, point) == point
    assert add(INFINITY, INFINITY) == negate(INFINITY) == total([]) == INFINITY
    assert multiply(0, point) == multiply(Q, point) == multiply(5, INFINITY) == INFINITY
    assert multiply(Q - 1, point) == negate(point)
    assert combine() == combine((3, INFINITY)) == combine((4, point), (-4, point)) == INFINITY


@settings(max_examples=20, deadline=None)
@given(terms=st.lists(st.tuples(SCALARS, st.integers(0, 9)), max_size=4))
def test_combinations_are_sums_of_products(terms: list[tuple[int, int]]) -> None:
    """One chain of doublings for several products gives what they give one by one."""
    points = [(k, multiply(at, G)) for k, at in terms]
    assert combine(*points) == total(multiply(k, point) for k, point in points)
    assert combine(*points) == multiply(sum(k * at for k, at in terms), G)


@given(scalar=SCALARS)
def test_halves_of_a_scalar_make_it_again(scalar: int) -> None:
    """Both halves have at most 128 bits and add up to the scalar by the endomorphism."""
    first, second = split(scalar)
    assert (first + second * LAMBDA - scalar) % Q == 0
    assert max(abs(first), abs(second)) < 2**128
    for half in (first, second):
        assert sum(digit << position for position, digit in digits(half)) == half
        assert all(digit % 2 == 1 and abs(digit) < 16 for _, digit in digits(half))


def test_the_endomorphism_is_multiplication_by_lambda() -> None:
    """``(βx, y)`` is ``λ`` times the point."""
    x, y = multiply(3, G)
    assert multiply(LAMBDA, (x, y)) == (x * BETA % P, y)


def test_a_table_starts_from_any_point() -> None:
    """A table adds its multiple to the point it is given, be it the opposite."""
    table = FixedBase(multiply(9, G))
    start = multiply(2, G)
    assert table.times(0, (*start, 1))[:2] == start
    assert not table.times(Q - 1, (*multiply(9, G), 1))[2]


@settings(max_examples=15, deadline=None)
@given(weights=st.lists(st.integers(0, 2**32 - 1), max_size=12))
def test_weighted_sums(weights: list[int]) -> None:
    """Buckets give the sum of the products."""
    points = [multiply(at + 1, G) for at in range(len(weights))]
    assert weighted(weights, points) == combine(*zip(weights, points, strict=True))


@pytest.mark.parametrize(
    "point",
    [INFINITY, (1, 3), (1 + P, 2), (1, 2 + P), (P, 2), (1, P - 3), (-1, 2), (2**256 - 1, 2**256 - 1)],
)
def test_points_that_may_not_be_read(point: Point) -> None:
    """Infinity, points off the curve and coordinates from ``P`` on are unreadable."""
    with pytest.raises(Unreadable):
        check_point(point)


def test_words_and_scalars_are_read_strictly() -> None:
    """A scalar is below ``Q``, a point has 64 bytes; what was written is read again."""
    point = multiply(31, G)
    assert read_point(encode(point)) == point
    assert on_curve(point)
    assert check_scalar(Q - 1) == Q - 1
    for refused in (Q, -1, 2**256 - 1):
        with pytest.raises(Unreadable):
            check_scalar(refused)
    for data in (encode(point)[:-1], encode(point, point), b"", bytes(64)):
        with pytest.raises(Unreadable):
            read_point(data)
