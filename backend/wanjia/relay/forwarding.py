"""Officials' requests through the ERC-2771 forwarder: what they need, and why one fails."""

from typing import Any

from eth_utils import to_canonical_address

from wanjia.chain import contracts
from wanjia.chain.client import CallReverted, Chain

_OVERHEAD = 100_000


def why_reverted(chain: Chain, sender: str, target: str, data: bytes) -> str | None:
    """Run calldata again and give the contract's reason, or ``None`` when it passes now.

    The forwarder hides the reason of what it forwards, so that is run by itself, as the forwarder would.
    """
    errors = contracts.every_error()
    try:
        chain.call_data(target, data, sender=sender, errors=errors)
    except CallReverted as outer:
        if outer.error is None or outer.error.name != "FailedCall":
            return str(outer)
        request = forwarded(data)
        if request is None:
            return str(outer)
        try:
            inner = request["data"] + to_canonical_address(request["from"])
            chain.call_data(request["to"], inner, sender=target, errors=errors)
        except CallReverted as reverted:
            return str(reverted)
        return str(outer)
    return None


def forwarded(data: bytes) -> dict[str, Any] | None:
    """Give the request inside calldata of ``execute``, or ``None`` for other calldata."""
    forwarder = contracts.forwarder()
    if data[:4] != forwarder.selector("execute"):
        return None
    request: dict[str, Any] = forwarder.decode_input("execute", data)["request"]
    return request


def gas_for(estimate: int, data: bytes) -> int:
    """Gas limit of a call: a quarter over the estimate, and enough to hand on what a request asks for."""
    request = forwarded(data)
    asked = 0 if request is None else int(request["gas"]) * 64 // 63 + _OVERHEAD
    return max(estimate * 5 // 4, asked)
