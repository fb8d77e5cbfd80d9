"""The process that keeps the embedded chain: starts it, saves its state, and lets time and finality move."""

import time
from threading import Event

import structlog

from wanjia.chain.local_node import LocalNode, LocalNodeError
from wanjia.chain.signing import address_of
from wanjia.config import Settings

log = structlog.get_logger()

_TICK = 0.25
_QUIET_BLOCK_SECONDS = 15
"""A chain nobody uses still gets a block this often, so that chain time and with it meetings move on."""


def embedded_node(settings: Settings, genesis_time: int | None = None) -> LocalNode:
    """Describe the home's embedded chain; the operator's account is funded whenever it starts."""
    return LocalNode(
        settings.home / "chain" / "state.json",
        int(settings.rpc_url.rsplit(":", 1)[1]),
        genesis_time=genesis_time,
        funded=[address_of(bytes.fromhex(settings.operator_key.removeprefix("0x")))],
    )


def run(settings: Settings, stop: Event, genesis_time: int | None = None) -> None:
    """Keep the chain until ``stop`` is set.

    Raises ``LocalNodeError`` when the chain dies; whoever runs this process starts it again.
    """
    node = embedded_node(settings, genesis_time)
    node.start()
    log.info("chain.started", port=node.port, head=node.head()[0])
    pulse = _Pulse(settings.finality_depth)
    try:
        while not stop.wait(_TICK):
            if node.process is None or node.process.poll() is not None:
                raise LocalNodeError("the embedded chain stopped by itself")
            if pulse.wants_block(node):
                node.mine()
            started = time.monotonic()
            if node.save():
                # a long history takes longer to save: never spend more than a fifth of the time on it
                stop.wait(4 * (time.monotonic() - started))
    finally:
        node.stop()
        log.info("chain.stopped")


class _Pulse:
    """Decides when an empty block is due: one a second until the last used block is final, else every 15 s."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._head = -1
        self._last_used = 0
        self._moved_at = time.monotonic()

    def wants_block(self, node: LocalNode) -> bool:
        head, _ = node.head()
        if head != self._head:
            for number in range(max(self._head + 1, head - self._depth), head + 1):
                if node.rpc("eth_getBlockByNumber", hex(number), False)["transactions"]:
                    self._last_used = number
            self._head, self._moved_at = head, time.monotonic()
        waited = time.monotonic() - self._moved_at
        if self._last_used and head - self._last_used < self._depth:
            return waited >= 1
        return waited >= _QUIET_BLOCK_SECONDS
