"""Reads a community's history through a ``ChainReader``; what is malformed becomes a fault, never an exception."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, TypeVar

from wanjia.audit.abi import (
    EVENTS,
    FACTORY,
    NOTARY,
    OPEN_MEETING,
    SECRET_MEETING,
    TRUSTED_FORWARDER,
    TRUSTEE_BOARD,
    Call,
    Malformed,
    number,
    raw,
)
from wanjia.audit.history import Block, Contracts, Event, History, Transaction
from wanjia.audit.reader import ChainReader

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

EVERY_BLOCK_UP_TO = 20_000
"""A longer stretch of chain is read only at the blocks that carry events."""
PAGE = 500
LARGEST_FIGURE = 2**64
"""Chain ids and heights stay below it."""

T = TypeVar("T")


def load(reader: ChainReader, registry: str, progress: Progress = lambda *_: None) -> History:
    """Read everything about the community of ``registry``. Raises ``ReaderError`` only when nothing answers."""
    history = History(Contracts(registry.lower()))
    history.chain_id = _figure(history, reader.chain_id())
    history.head = _figure(history, reader.head())
    history.contracts = _contracts(reader, history)
    logs = _logs(reader, history, progress)
    _read_blocks(reader, history, sorted({int(log["block"]) for log in logs}), progress)
    for log in logs:
        if event := _event(history, log):
            history.events.append(event)
    wanted = list(dict.fromkeys(event.transaction for event in history.events))
    for done, page in _pages(wanted):
        progress("transactions", done, len(wanted))
        for key, value in reader.transactions(page).items():
            _keep_transaction(history, key, value)
    return history


def _figure(history: History, value: Any) -> int:
    try:
        if (found := number(value)) < LARGEST_FIGURE:
            return found
        raise Malformed("out of range")  # noqa: TRY301  one place says what is wrong with a figure
    except Malformed:
        history.trouble("chain.continuity", "链的编号或高度读不出", "chain id or height cannot be read")
        return 0


def ask(
    reader: ChainReader, history: History, contract: str, call: Call, *values: Any
) -> tuple[Any, ...] | None:
    """Ask a contract one question at the head; ``None`` when there is no answer that fits."""
    try:
        return call.answer(reader.calls(contract, [call.ask(*values)], history.head)[0])
    except Malformed:
        return None


def _contracts(reader: ChainReader, history: History) -> Contracts:
    registry = history.contracts.registry
    found = {}
    for name, call in (
        ("open_meeting", OPEN_MEETING),
        ("secret_meeting", SECRET_MEETING),
        ("trustee_board", TRUSTEE_BOARD),
        ("notary", NOTARY),
        ("factory", FACTORY),
        ("forwarder", TRUSTED_FORWARDER),
    ):
        answer = ask(reader, history, registry, call)
        if answer is None:
            history.trouble(
                "contracts.links",
                f"登记合约不回答 {call.name}()",
                f"the registry does not answer {call.name}()",
            )
        found[name] = str(answer[0]).lower() if answer else ""
    return Contracts(registry, **found)


def _logs(reader: ChainReader, history: History, progress: Progress) -> list[dict[str, Any]]:
    """Read and sort the logs of the community's contracts, those of other communities of the factory left out."""
    contracts = history.contracts
    kept = []
    addresses = [*contracts.clones.values(), contracts.factory]
    for done, address in enumerate(addresses):
        progress("logs", done, len(addresses))
        if not address:
            continue
        for log in reader.logs(address, 0, history.head):
            try:
                read = _read_log(log, address, history.head)
            except Malformed as error:
                history.trouble(
                    "chain.continuity", f"{address} 的日志无效：{error}", f"bad log of {address}: {error}"
                )
                continue
            if address != contracts.factory or contracts.registry[2:] in str(read["data"]).lower():
                kept.append(read)
    kept.sort(key=lambda log: (log["block"], log["position"]))
    for one, other in pairwise(kept):
        if (one["block"], one["position"]) == (other["block"], other["position"]):
            where = f"{one['block']}/{one['position']}"
            history.trouble(
                "chain.continuity", f"两条日志占同一位置 {where}", f"two logs at one place {where}"
            )
    return kept


def _read_log(log: Any, address: str, head: int) -> dict[str, Any]:
    if not isinstance(log, dict):
        raise Malformed("not an object")
    if str(log.get("address", "")).lower() != address:
        raise Malformed("of another address")
    if log.get("removed", False) is not False:
        raise Malformed("removed by a reorganisation")
    topics = log.get("topics")
    if not isinstance(topics, list) or not all(isinstance(topic, str) for topic in topics):
        raise Malformed("no topics")
    block = number(log.get("blockNumber"))
    if block > head:
        raise Malformed("above the head")
    return {
        "address": address,
        "topics": [topic.lower() for topic in topics],
        "data": log.get("data"),
        "block": block,
        "position": number(log.get("logIndex")),
        "block_hash": str(log.get("blockHash")).lower(),
        "transaction": str(log.get("transactionHash")).lower(),
    }


def _read_blocks(reader: ChainReader, history: History, eventful: list[int], progress: Progress) -> None:
    first = eventful[0] if eventful else history.head
    if history.head - first <= EVERY_BLOCK_UP_TO:
        numbers = list(range(first, history.head + 1))
    else:
        numbers = sorted({*eventful, history.head})
    for done, page in _pages(numbers):
        progress("blocks", done, len(numbers))
        for key, value in reader.blocks(page).items():
            try:
                history.blocks[key] = _read_block(value)
            except Malformed as error:
                history.trouble("chain.continuity", f"区块 {key} 无效：{error}", f"bad block {key}: {error}")


def _read_block(value: Any) -> Block:
    if not isinstance(value, dict):
        raise Malformed("missing")
    inside = value.get("transactions")
    if not isinstance(inside, list):
        raise Malformed("no transactions")
    return Block(
        number(value.get("number")),
        str(value.get("hash")).lower(),
        str(value.get("parentHash")).lower(),
        number(value.get("timestamp")),
        frozenset(str(one.get("hash") if isinstance(one, dict) else one).lower() for one in inside),
    )


def _event(history: History, log: dict[str, Any]) -> Event | None:
    history.log_blocks.append((log["block"], log["block_hash"], log["transaction"]))
    block = history.blocks.get(log["block"])
    kind = EVENTS.get(log["topics"][0]) if log["topics"] else None
    where = f"{log['block']}/{log['position']}"
    if kind is None:
        history.trouble(
            "contracts.code", f"日志 {where} 不是本版合约的事件", f"log {where} is no event of this release"
        )
        return None
    try:
        args = kind.read([raw(topic) for topic in log["topics"]], raw(log["data"]))
    except Malformed as error:
        history.trouble(
            "contracts.code", f"日志 {where} 无法解读：{error}", f"log {where} cannot be read: {error}"
        )
        return None
    return Event(
        kind.name,
        log["address"],
        log["block"],
        log["position"],
        block.time if block else 0,
        log["transaction"],
        args,
    )


def _keep_transaction(history: History, key: str, value: Any) -> None:
    try:
        history.transactions[key] = _read_transaction(value)
    except Malformed as error:
        history.trouble("chain.continuity", f"交易 {key} 无效：{error}", f"bad transaction {key}: {error}")


def _read_transaction(value: Any) -> Transaction:
    if not isinstance(value, dict):
        raise Malformed("missing")
    return Transaction(
        str(value.get("hash")).lower(),
        number(value.get("blockNumber")),
        str(value.get("blockHash")).lower(),
        str(value.get("from")).lower(),
        str(value.get("to") or "").lower(),
        raw(value.get("input", value.get("data"))),
    )


def _pages(items: list[T]) -> Iterable[tuple[int, list[T]]]:
    return ((at, items[at : at + PAGE]) for at in range(0, len(items), PAGE))
