"""Calls that a transaction carried to a contract, directly or through the forwarder."""

from typing import Any

from wanjia.audit.abi import Call, Malformed
from wanjia.audit.checks.roles import forwarded
from wanjia.audit.history import Event, History


def carried(history: History, event: Event) -> list[bytes]:
    """Call data that the event's transaction brought to its contract, as far as it can be seen; see ``hidden``."""
    transaction = history.transactions.get(event.transaction)
    if transaction is None:
        return []
    if transaction.to == event.contract:
        return [transaction.data]
    if transaction.to == history.contracts.forwarder:
        return [data for _, to, data in forwarded(transaction.data) if to == event.contract]
    return []


def calls_to(history: History, event: Event, call: Call) -> list[tuple[Any, ...]]:
    """Arguments of every readable call of one function among them."""
    found = []
    for data in carried(history, event):
        try:
            found.append(call.arguments(data))
        except Malformed:
            continue
    return found
