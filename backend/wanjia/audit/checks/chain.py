"""Blocks hang together, and logs and transactions lie in the blocks they name."""

from itertools import pairwise

from wanjia.audit.case import Case
from wanjia.audit.findings import Saw
from wanjia.audit.history import History


def continuity(case: Case, saw: Saw) -> None:
    """Every block read names the one before as its parent and times never go back."""
    history = case.history
    linked = _blocks(history, saw)
    _logs(history, saw)
    count, logs = len(history.blocks), len(history.log_blocks)
    first = min(history.blocks, default=0)
    saw.note(
        f"链 {history.chain_id}，区块 {first} 至 {history.head}：读 {count} 块，{linked} 处相连，{logs} 条日志",
        f"chain {history.chain_id}, blocks {first} to {history.head}: {count} read, {linked} links, {logs} logs",
    )


def _blocks(history: History, saw: Saw) -> int:
    """Judge the headers; give how many name the one before."""
    linked = 0
    for number, block in history.blocks.items():
        if block.number != number:
            saw.fault(
                f"问的是区块 {number}，答的是 {block.number}",
                f"asked for block {number}, given {block.number}",
            )
    for one, other in pairwise(history.blocks[number] for number in sorted(history.blocks)):
        if other.number == one.number + 1:
            linked += 1
            if other.parent != one.hash:
                saw.fault(
                    f"区块 {other.number} 与前一块不相连",
                    f"block {other.number} does not follow the one before",
                )
        if other.time < one.time:
            saw.fault(f"区块 {other.number} 的时间倒退", f"time goes back at block {other.number}")
    return linked


def _logs(history: History, saw: Saw) -> None:
    """Judge whether logs and transactions lie in the blocks they name."""
    for number, block_hash, transaction in history.log_blocks:
        block = history.blocks.get(number)
        if block is None or block.hash != block_hash or transaction not in block.transactions:
            saw.fault(
                f"区块 {number} 不含其日志所称的交易", f"block {number} does not hold what its log names"
            )
    for event in history.events:
        found = history.transactions.get(event.transaction)
        block = history.blocks.get(event.block)
        if (
            found is None
            or (found.hash, found.block) != (event.transaction, event.block)
            or (block is not None and found.block_hash != block.hash)
        ):
            where = f"{event.block}/{event.position}"
            saw.fault(f"日志 {where} 的交易对不上", f"the transaction of log {where} does not match")
