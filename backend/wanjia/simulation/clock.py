"""The local chain's clock, moved by whoever runs a simulation; and waiting until the index has followed."""

import time
from collections.abc import Callable

from wanjia.chain.local_node import LocalNode
from wanjia.simulation.api import Api

HOUR = 3600
DAY = 24 * HOUR
_POLL = 0.1


class WorldClock:
    """Chain time of a local chain. It only moves forward."""

    def __init__(self, node: LocalNode, api: Api) -> None:
        self._node = node
        self._api = api

    def now(self) -> int:
        """Time of the last block, UTC seconds."""
        return self._node.head()[1]

    def move_to(self, moment: int) -> None:
        """Mine a block at ``moment`` (UTC seconds; the past is ignored) and wait until the index has it."""
        if moment > self.now():
            self._node.move_clock(moment)
        self.settle()

    def settle(self, seconds: float = 60) -> None:
        """Wait until the index stands at the chain's head. Raises ``TimeoutError``."""
        head, _ = self._node.head()
        self.wait(
            lambda: self._api.get("/health")["index"]["block"] >= head, "the index did not follow", seconds
        )

    @staticmethod
    def wait(ready: Callable[[], bool], complaint: str, seconds: float = 60) -> None:
        """Wait until ``ready`` says so. Raises ``TimeoutError`` with ``complaint``."""
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                raise TimeoutError(complaint)
            time.sleep(_POLL)
