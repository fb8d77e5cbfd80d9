"""Scalar multiplication: the curve's endomorphism halves scalars, signed windows thin them, bases get tables.

``(x, y) -> (βx, y)`` is multiplication by ``λ`` (Gallant, Lambert, Vanstone 2001), so a scalar of 254 bits becomes
two of 128 that share their doublings. Nothing here runs in constant time: verifying has no secrets, and who
makes ballots or shares with it (simulation, a trustee's own machine) is not timed by others.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from gmpy2 import mpz

from wanjia.wsb.jacobian import FIELD, NOTHING, Jacobian, Point, double, jacobian, join, mix, normalise

Q = 21888242871839275222246405745257275088548364400416034343698204186575808495617
"""The group's order: scalars are below it."""
BETA: int = mpz(21888242871839275220042445260109153167277707414472061641714758635765020556616)
LAMBDA = 21888242871839275217838484774961031246154997185409878258781734729429964517155

# a short basis of the pairs (a, b) with a + b·λ = 0 (mod Q), by Euclid on Q and λ
_A1, _B1 = 147946756881789319000765030803803410728, -9931322734385697763
_A2, _B2 = 9931322734385697763, 147946756881789319010696353538189108491

_WIDTH = 5
_BYTES = 32

Odds = tuple[dict[int, Point], dict[int, Point]]
"""The odd multiples ``±1 .. ±15`` of a point, and those of its image under the endomorphism."""


def split(scalar: int) -> tuple[int, int]:
    """Two numbers of at most 128 bits, maybe negative, with ``first + second·λ = scalar (mod Q)``."""
    first = (2 * _B2 * scalar + Q) // (2 * Q)
    second = (-2 * _B1 * scalar + Q) // (2 * Q)
    return scalar - first * _A1 - second * _A2, -first * _B1 - second * _B2


def digits(number: int) -> list[tuple[int, int]]:
    """``(position, digit)`` of a number's width-5 non-adjacent form, digits odd and below 16 in size."""
    found = []
    sign = -1 if number < 0 else 1
    rest, position = abs(number), 0
    while rest:
        zeros = (rest & -rest).bit_length() - 1
        rest >>= zeros
        position += zeros
        digit = rest & 31
        if digit > 15:  # noqa: PLR2004  the upper half of the window counts from above
            digit -= 32
        found.append((position, sign * digit))
        rest -= digit
    return found


def odd_multiples(points: Sequence[Point]) -> list[Odds]:
    """Tables for points, none of them infinity, with one inversion for all."""
    steps: list[Jacobian] = []
    for point in points:
        current = jacobian(point)
        twice = double(current)
        steps.append(current)
        for _ in range(7):
            current = join(current, twice)
            steps.append(current)
    flat = normalise(steps)
    tables = []
    for at in range(0, len(flat), 8):
        own: dict[int, Point] = {}
        image: dict[int, Point] = {}
        for k, (x, y) in enumerate(flat[at : at + 8]):
            moved = x * BETA % FIELD
            own[2 * k + 1], own[-2 * k - 1] = (x, y), (x, FIELD - y)
            image[2 * k + 1], image[-2 * k - 1] = (moved, y), (moved, FIELD - y)
        tables.append((own, image))
    return tables


def interleave(terms: Iterable[tuple[int, Odds]]) -> Jacobian:
    """``Σ scalar·point`` with one chain of doublings for all (Straus 1964)."""
    due: list[list[Point]] = [[] for _ in range(131)]
    for scalar, odds in terms:
        for half, table in zip(split(scalar % Q), odds, strict=True):
            for position, digit in digits(half):
                due[position].append(table[digit])
    result = NOTHING
    for points in reversed(due):
        if result[2]:
            result = double(result)
        for point in points:
            result = mix(result, point)
    return result


class FixedBase:
    """A point that is multiplied again and again: its multiples by every byte at every place."""

    def __init__(self, point: Point) -> None:
        rows, base = [], jacobian(point)
        for _ in range(_BYTES):
            row = [base]
            for _ in range(254):
                row.append(join(row[-1], base))
            rows += row
            base = join(row[-1], base)
        flat = normalise(rows)
        self._rows = [flat[at : at + 255] for at in range(0, len(flat), 255)]

    def times(self, scalar: int, start: Jacobian = NOTHING) -> Jacobian:
        """``start + scalar·point``."""
        result = start
        for row, byte in zip(self._rows, (scalar % Q).to_bytes(_BYTES, "little"), strict=True):
            if byte:
                result = mix(result, row[byte - 1])
        return result


@lru_cache(maxsize=16)
def fixed_base(point: Point) -> FixedBase:
    """The table of a point, kept for the next time: worth it from about a hundred multiplications on."""
    return FixedBase(point)
