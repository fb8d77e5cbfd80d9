"""``Σ weight·point`` over many points with small weights, by buckets (Pippenger 1976)."""

from collections.abc import Sequence

from wanjia.wsb.jacobian import NOTHING, Jacobian, Point, affine, double, jacobian, join

_BITS = 6


def weighted(weights: Sequence[int], points: Sequence[Point]) -> Point:
    """The sum of each point as often as its weight, a number from 0 on."""
    result = NOTHING
    highest = max((weight.bit_length() for weight in weights), default=0)
    prepared = [jacobian(point) for point in points]
    for shift in reversed(range(0, highest, _BITS)):
        for _ in range(_BITS):
            result = double(result)
        result = join(result, _window(weights, prepared, shift))
    return affine(result)[0]


def _window(weights: Sequence[int], points: Sequence[Jacobian], shift: int) -> Jacobian:
    """``Σ digit·point`` for the digits at ``shift``."""
    buckets = [NOTHING] * (1 << _BITS)
    for weight, point in zip(weights, points, strict=True):
        digit = weight >> shift & (1 << _BITS) - 1
        buckets[digit] = join(buckets[digit], point)
    running = result = NOTHING
    for bucket in reversed(buckets[1:]):
        running = join(running, bucket)
        result = join(result, running)
    return result
