"""Blocks with the events of our contracts in them, read so that a lying or lagging node is noticed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eth_utils import keccak, to_canonical_address

from wanjia.chain.client import Block, Chain, ChainUnavailable
from wanjia.chain.interface import Log


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block and the events of ours in it, in order."""

    block: Block
    logs: Sequence[Log]


def read_block(chain: Chain, number: int, addresses: Sequence[str]) -> ReadBlock | None:
    """Read one block, or ``None`` when the chain is not that long. Raises ``ChainUnavailable``."""
    block = chain.block(number)
    return None if block is None else ReadBlock(block, _logs(chain, block, addresses))


def read_range(chain: Chain, first: int, last: int, addresses: Sequence[str]) -> list[ReadBlock]:
    """Read the blocks of a range that hold events of ours, and its last block. Raises ``ChainUnavailable``."""
    logs = chain.logs_between(addresses, first, last) if addresses else []
    blocks = []
    for number in sorted({log.block_number for log in logs} | {last}):
        block = chain.block(number)
        mine = [log for log in logs if log.block_number == number]
        if block is None or any(log.block_hash != block.hash for log in mine):
            raise ChainUnavailable(f"block {number} changed while it was read")
        blocks.append(ReadBlock(block, mine))
    return blocks


def _logs(chain: Chain, block: Block, addresses: Sequence[str]) -> list[Log]:
    if not addresses:
        return []
    logs = chain.logs(addresses, block_hash=block.hash)
    if logs or not any(_in_bloom(block.logs_bloom, address) for address in addresses):
        return logs
    # The header says there may be events of ours, the node gave none: ask each transaction's receipt.
    wanted = set(addresses)
    for transaction in block.transactions:
        receipt = chain.receipt(transaction)
        if receipt is None or receipt.block_hash != block.hash:
            raise ChainUnavailable(f"block {block.number} has no receipts yet")
        if any(log.address in wanted for log in receipt.logs):
            raise ChainUnavailable(f"the node left out the events of block {block.number}")
    return []


def _in_bloom(bloom: bytes, address: str) -> bool:
    """Tell whether a block's bloom filter (yellow paper, 4.3.1) admits events of ``address``."""
    if len(bloom) != 256:  # noqa: PLR2004  2048 bits; a chain without blooms admits everything
        return True
    digest = keccak(to_canonical_address(address))
    for at in (0, 2, 4):
        bit = int.from_bytes(digest[at : at + 2], "big") & 2047
        if not bloom[255 - bit // 8] >> (bit % 8) & 1:
            return False
    return True


Addresses = Mapping[str, tuple[int, str]]
"""Contract address -> (community id, which of its contracts)."""
