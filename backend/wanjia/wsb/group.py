"""The group of WSB-1: BN254 G1, its points, scalars and their 32-byte words (docs/secret-ballots.md).

A point is its two coordinates, the point at infinity is ``(0, 0)``.
"""

from collections.abc import Iterable

from gmpy2 import mpz

from wanjia.wsb.jacobian import FIELD, INFINITY, NOTHING, P, Point, affine, jacobian, join
from wanjia.wsb.multiplication import Q, fixed_base, interleave, odd_multiples

__all__ = [
    "INFINITY",
    "WORD",
    "G",
    "P",
    "Point",
    "Q",
    "Unreadable",
    "add",
    "check_point",
    "check_scalar",
    "combine",
    "encode",
    "multiply",
    "negate",
    "on_curve",
    "read_point",
    "read_words",
    "total",
]

G: Point = (1, 2)
WORD = 32


class Unreadable(ValueError):
    """A coordinate, point or scalar that the protocol does not read."""


def on_curve(point: Point) -> bool:
    """Tell whether ``point`` satisfies the curve's equation (the point at infinity does not)."""
    x, y = mpz(point[0]), point[1]
    return bool((y * y - x * x * x - 3) % FIELD == 0)


def check_point(point: Point) -> Point:
    """Give ``point`` back if it may be read: coordinates below ``P``, on the curve, not infinity."""
    x, y = point
    if not (0 <= x < P and 0 <= y < P) or not on_curve(point):
        raise Unreadable("not a point of the group")
    return point


def check_scalar(value: int) -> int:
    """Give ``value`` back if it may be read: below ``Q``."""
    if not 0 <= value < Q:
        raise Unreadable("not a scalar of the group")
    return value


def encode(*points: Point) -> bytes:
    """Write points as words, two each."""
    return b"".join(int(c).to_bytes(WORD, "big") for point in points for c in point)


def read_words(data: bytes) -> list[int]:
    """Read 32-byte words. Raises ``Unreadable`` when something is left over."""
    if len(data) % WORD:
        raise Unreadable("not made of 32-byte words")
    return [int.from_bytes(data[at : at + WORD], "big") for at in range(0, len(data), WORD)]


def read_point(data: bytes) -> Point:
    """Read one point of 64 bytes by the rules of the page."""
    words = read_words(data)
    if len(words) != 2:  # noqa: PLR2004  x and y
        raise Unreadable("a point has 64 bytes")
    return check_point((words[0], words[1]))


def negate(point: Point) -> Point:
    """The point that adds up to infinity with ``point``."""
    x, y = point
    return x, (P - y) % P


def add(left: Point, right: Point) -> Point:
    """The sum of two points, which may be equal, opposite or infinity."""
    return total((left, right))


def total(points: Iterable[Point]) -> Point:
    """The sum of any number of points; of none, infinity."""
    result = NOTHING
    for point in points:
        result = join(result, jacobian(point))
    return affine(result)[0]


def multiply(scalar: int, point: Point) -> Point:
    """``scalar`` times ``point``; the scalar is taken modulo ``Q``."""
    if point == G:
        return affine(fixed_base(G).times(scalar))[0]
    return combine((scalar, point))


def combine(*terms: tuple[int, Point]) -> Point:
    """``Σ scalar·point``, the scalars taken modulo ``Q``."""
    there = [(scalar, point) for scalar, point in terms if point != INFINITY]
    odds = odd_multiples([point for _, point in there])
    result = interleave((scalar, table) for (scalar, _), table in zip(there, odds, strict=True))
    return affine(result)[0]
