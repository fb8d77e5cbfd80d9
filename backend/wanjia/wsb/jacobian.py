"""Curve arithmetic of BN254 G1, ``y² = x³ + 3`` over the integers modulo ``P``.

Jacobian coordinates, so that only ``affine`` and ``normalise`` divide. Formulas: Explicit-Formulas Database,
``a = 0``: dbl-2009-l, add-1998-cmo-2, madd-2004-hmv. Numbers are gmpy2's, which multiply four times as fast as
Python's own and otherwise behave the same; what leaves this package's arithmetic is plain ``int`` again.
"""

from collections.abc import Sequence

from gmpy2 import invert, mpz

P = 21888242871839275222246405745257275088696311157297823662689037894645226208583
"""The field's prime: coordinates are below it."""

Point = tuple[int, int]
Jacobian = tuple[int, int, int]

INFINITY: Point = (0, 0)
FIELD: int = mpz(P)
ONE: int = mpz(1)
NOTHING: Jacobian = (ONE, ONE, mpz(0))
"""The point at infinity."""


def double(point: Jacobian) -> Jacobian:
    """Twice a point."""
    x, y, z = point
    a = x * x
    b = y * y % FIELD
    d = 4 * x * b
    e = 3 * a
    x3 = (e * e - 2 * d) % FIELD
    return x3, (e * (d - x3) - 8 * b * b) % FIELD, 2 * y * z % FIELD


def join(left: Jacobian, right: Jacobian) -> Jacobian:
    """The sum of two points."""
    x1, y1, z1 = left
    x2, y2, z2 = right
    if not z1:
        return right
    if not z2:
        return left
    zz1 = z1 * z1 % FIELD
    zz2 = z2 * z2 % FIELD
    u1 = x1 * zz2 % FIELD
    s1 = y1 * z2 % FIELD * zz2 % FIELD
    h = (x2 * zz1 - u1) % FIELD
    r = (y2 * z1 % FIELD * zz1 - s1) % FIELD
    if not h:
        return NOTHING if r else double(left)
    hh = h * h % FIELD
    hhh = h * hh % FIELD
    v = u1 * hh % FIELD
    x3 = (r * r - hhh - 2 * v) % FIELD
    return x3, (r * (v - x3) - s1 * hhh) % FIELD, z1 * z2 * h % FIELD


def mix(left: Jacobian, right: Point) -> Jacobian:
    """The sum of a point and one in affine coordinates that is not infinity."""
    x1, y1, z1 = left
    x2, y2 = right
    if not z1:
        return x2, y2, ONE
    zz1 = z1 * z1 % FIELD
    h = (x2 * zz1 - x1) % FIELD
    r = (y2 * zz1 % FIELD * z1 - y1) % FIELD
    if not h:
        return NOTHING if r else double(left)
    hh = h * h % FIELD
    hhh = h * hh % FIELD
    v = x1 * hh % FIELD
    x3 = (r * r - hhh - 2 * v) % FIELD
    return x3, (r * (v - x3) - y1 * hhh) % FIELD, z1 * h % FIELD


def jacobian(point: Point) -> Jacobian:
    """A point as the formulas take it."""
    if point == INFINITY:
        return NOTHING
    return mpz(point[0]), mpz(point[1]), ONE


def normalise(points: Sequence[Jacobian]) -> list[Point]:
    """Many points in affine coordinates, still gmpy2's, with a single inversion (Montgomery 1987)."""
    products, product = [], ONE
    for _, _, z in points:
        products.append(product)
        if z:
            product = product * z % FIELD
    inverse = invert(product, FIELD)
    result: list[Point] = []
    for (x, y, z), before in zip(reversed(points), reversed(products), strict=True):
        if not z:
            result.append(INFINITY)
            continue
        own = inverse * before % FIELD
        inverse = inverse * z % FIELD
        square = own * own % FIELD
        result.append((x * square % FIELD, y * square % FIELD * own % FIELD))
    return result[::-1]


def affine(*points: Jacobian) -> list[Point]:
    """Points as they are written."""
    return [(int(x), int(y)) for x, y in normalise(points)]
