"""Reading a sum out of the exponent: baby steps and giant steps (Shanks 1971), both ways from the middle."""

from functools import lru_cache
from math import isqrt

from wanjia.wsb.group import G, P, Point, multiply, negate
from wanjia.wsb.jacobian import NOTHING, Jacobian, jacobian, join, normalise

MAX_SPAN = 1 << 40
"""The widest range that is searched: totals of a roll stay below it (docs/protocol.md)."""
_CHUNK = 1024


class OutOfRange(ValueError):
    """No value of the range that was searched gives this point."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__(
            f"no value from {low} to {high} gives this point: the sum and its bounds do not agree"
        )
        self.low, self.high = low, high


def discrete_log(point: Point, low: int, high: int) -> int:
    """The value ``v`` with ``v·G = point`` and ``low <= v <= high``.

    Takes about ``sqrt(2·(high − low))`` additions. Raises ``OutOfRange`` when there is none, ``ValueError`` for
    an empty range or one wider than ``MAX_SPAN``.
    """
    if not 0 <= low <= high or high - low > MAX_SPAN:
        raise ValueError(f"cannot search from {low} to {high}")
    reach = isqrt((high - low) // 2) + 1
    babies = _baby_steps(reach)
    stride = 2 * reach + 1
    back = jacobian(negate(multiply(stride, G)))
    here = join(jacobian(point), jacobian(negate(multiply(low + reach, G))))
    middle = low + reach
    while middle - reach <= high:
        steps: list[Jacobian] = []
        while len(steps) < _CHUNK and middle + (len(steps) * stride) - reach <= high:
            steps.append(here)
            here = join(here, back)
        for at, (x, y) in enumerate(normalise(steps)):
            found = babies.get(x)
            if found is None or y not in (found[1], P - found[1]):
                continue
            distance, height = found
            value = middle + at * stride + (distance if y == height else -distance)
            if low <= value <= high:
                return value
        middle += len(steps) * stride
    raise OutOfRange(low, high)


@lru_cache(maxsize=4)
def _baby_steps(reach: int) -> dict[int, tuple[int, int]]:
    """``x`` of ``v·G`` to ``v`` and ``y``, for ``v`` from 0 to ``reach``."""
    steps, one = [NOTHING], jacobian(G)
    for _ in range(reach):
        steps.append(join(steps[-1], one))
    return {x: (v, y) for v, (x, y) in enumerate(normalise(steps))}
