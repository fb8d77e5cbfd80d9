"""The group of WSB-1: BN254 G1, its points, scalars and their 32-byte words (docs/secret-ballots.md).

A point is its two coordinates, the point at infinity is ``(0, 0)``. Formulas: Jacobian coordinates for
``y² = x³ + 3`` (Explicit-Formulas Database, ``a = 0``: dbl-2009-l, add-2007-bl, madd-2007-bl).
"""

from collections.abc import Iterable, Sequence

from gmpy2 import invert, mpz

P = 21888242871839275222246405745257275088696311157297823662689037894645226208583
"""The field's prime: coordinates are below it."""
Q = 21888242871839275222246405745257275088548364400416034343698204186575808495617
"""The group's order: scalars are below it."""

Point = tuple[int, int]
Jacobian = tuple[int, int, int]

G: Point = (1, 2)
INFINITY: Point = (0, 0)

WORD = 32
_FIELD: int = mpz(P)  # an mpz multiplies four times as fast and behaves as an int
_ONE: int = mpz(1)
_NOTHING: Jacobian = (mpz(1), mpz(1), mpz(0))


class Unreadable(ValueError):
    """A coordinate, point or scalar that the protocol does not read."""


def on_curve(point: Point) -> bool:
    """Tell whether ``point`` satisfies the curve's equation (the point at infinity does not)."""
    x, y = mpz(point[0]), point[1]
    return bool((y * y - x * x * x - 3) % _FIELD == 0)


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
    x, y = read_words(data)
    return check_point((x, y))


def double(point: Jacobian) -> Jacobian:
    """Twice a point."""
    x, y, z = point
    a = x * x % _FIELD
    b = y * y % _FIELD
    c = b * b
    d = 2 * ((x + b) * (x + b) - a - c)
    e = 3 * a
    x3 = (e * e - 2 * d) % _FIELD
    return x3, (e * (d - x3) - 8 * c) % _FIELD, 2 * y * z % _FIELD


def join(left: Jacobian, right: Jacobian) -> Jacobian:
    """The sum of two points."""
    x1, y1, z1 = left
    x2, y2, z2 = right
    if not z1:
        return right
    if not z2:
        return left
    zz1 = z1 * z1 % _FIELD
    zz2 = z2 * z2 % _FIELD
    u1 = x1 * zz2 % _FIELD
    s1 = y1 * z2 % _FIELD * zz2 % _FIELD
    h = (x2 * zz1 - u1) % _FIELD
    r = (y2 * z1 % _FIELD * zz1 - s1) % _FIELD
    if not h:
        return _NOTHING if r else double(left)
    hh = h * h % _FIELD
    hhh = h * hh % _FIELD
    v = u1 * hh % _FIELD
    x3 = (r * r - hhh - 2 * v) % _FIELD
    return x3, (r * (v - x3) - s1 * hhh) % _FIELD, z1 * z2 * h % _FIELD


def jacobian(point: Point) -> Jacobian:
    """A point as the formulas take it."""
    if point == INFINITY:
        return _NOTHING
    return mpz(point[0]), mpz(point[1]), mpz(1)


def affine(point: Jacobian) -> Point:
    """A point as it is written."""
    x, y, z = point
    if not z:
        return INFINITY
    inverse = invert(z, _FIELD)
    square = inverse * inverse % _FIELD
    return int(x * square % _FIELD), int(y * square % _FIELD * inverse % _FIELD)


def normalise(points: Sequence[Jacobian]) -> list[Point]:
    """Many points as they are written, with a single inversion (Montgomery 1987)."""
    products, product = [], _ONE
    for _, _, z in points:
        products.append(product)
        if z:
            product = product * z % _FIELD
    inverse = invert(product, _FIELD)
    result: list[Point] = []
    for (x, y, z), before in zip(reversed(points), reversed(products), strict=True):
        if not z:
            result.append(INFINITY)
            continue
        own = inverse * before % _FIELD
        inverse = inverse * z % _FIELD
        square = own * own % _FIELD
        result.append((int(x * square % _FIELD), int(y * square % _FIELD * own % _FIELD)))
    return result[::-1]


def negate(point: Point) -> Point:
    """The point that adds up to infinity with ``point``."""
    x, y = point
    return x, (P - y) % P


def add(left: Point, right: Point) -> Point:
    """The sum of two points, which may be equal, opposite or infinity."""
    return affine(join(jacobian(left), jacobian(right)))


def total(points: Iterable[Point]) -> Point:
    """The sum of any number of points; of none, infinity."""
    result = _NOTHING
    for point in points:
        result = join(result, jacobian(point))
    return affine(result)


def multiply(scalar: int, point: Point) -> Point:
    """``scalar`` times ``point``; the scalar is taken modulo ``Q``."""
    return affine(times(scalar, jacobian(point)))


def times(scalar: int, point: Jacobian) -> Jacobian:
    """``scalar`` times a point, by windows of four bits."""
    multiples = [_NOTHING, point]
    for _ in range(14):
        multiples.append(join(multiples[-1], point))
    result = _NOTHING
    for digit in f"{scalar % Q:x}":
        result = double(double(double(double(result))))
        result = join(result, multiples[int(digit, 16)])
    return result


def combine(*terms: tuple[int, Point]) -> Point:
    """``Σ scalar·point``."""
    result = _NOTHING
    for scalar, point in terms:
        result = join(result, times(scalar, jacobian(point)))
    return affine(result)
