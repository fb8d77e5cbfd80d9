"""A finding that one look at one node may get wrong is believed only when it lasts."""

import time
from collections.abc import Callable, Hashable


class Patience:
    """Remembers since when each finding holds. Seconds; forgetting costs only another wait."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._since: dict[Hashable, float] = {}

    def lasts(self, finding: Hashable, holds: bool) -> bool:
        """Note whether ``finding`` holds now; tells whether it has held long enough."""
        if not holds:
            self._since.pop(finding, None)
            return False
        now = self._clock()
        return now - self._since.setdefault(finding, now) >= self._seconds
