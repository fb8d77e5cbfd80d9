"""One EVM node as the stages use it: blocks, logs, views, transactions (Ethereum JSON-RPC)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils import to_checksum_address

from wanjia.chain.interface import ContractError, Interface, Log
from wanjia.chain.rpc import ChainUnavailable, Rpc, RpcRefused, WrongChain

__all__ = ["Block", "CallReverted", "Chain", "ChainUnavailable", "Receipt", "RpcRefused", "WrongChain"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block's header and the hashes of its transactions; ``time`` in UTC seconds."""

    number: int
    hash: bytes
    parent_hash: bytes
    time: int
    base_fee: int | None
    gas_limit: int
    logs_bloom: bytes
    transactions: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a transaction."""

    transaction: bytes
    block_number: int
    block_hash: bytes
    succeeded: bool
    gas_used: int
    logs: tuple[Log, ...]


class CallReverted(Exception):
    """A view or a dry run reverted; ``error`` is the contract's own reason where it gave one."""

    def __init__(self, error: ContractError | None, message: str) -> None:
        super().__init__(str(error) if error else message)
        self.error = error


class Chain:
    """Reads and sends. Raises ``ChainUnavailable`` for trouble on the way, never for a contract's refusal."""

    def __init__(self, rpc_url: str, timeout: float = 10.0) -> None:
        self.rpc = Rpc(rpc_url, timeout)

    def chain_id(self) -> int:
        """Number of the chain the node serves."""
        return int(self._ask("eth_chainId"), 16)

    def expect(self, chain_id: int) -> None:
        """Raise ``WrongChain`` unless the node serves ``chain_id``."""
        found = self.chain_id()
        if found != chain_id:
            raise WrongChain(chain_id, found)

    def head(self) -> Block:
        """The latest block."""
        block = self.block("latest")
        if block is None:
            raise ChainUnavailable("the node has no latest block")
        return block

    def time(self) -> int:
        """Chain time now, UTC seconds: that of the block being made, or of the latest where a node has none."""
        try:
            pending = self.rpc("eth_getBlockByNumber", "pending", False)
        except RpcRefused:
            pending = None
        latest = self.head().time
        return max(latest, int(pending["timestamp"], 16)) if pending else latest

    def block(self, number: int | str) -> Block | None:
        """A block by number or tag, or ``None`` when the chain is not that long."""
        raw = self._ask("eth_getBlockByNumber", number if isinstance(number, str) else hex(number), False)
        return _block(raw) if raw else None

    def logs(self, addresses: Sequence[str], *, block_hash: bytes) -> list[Log]:
        """Events of ``addresses`` in exactly this block, in order."""
        return self._logs({"address": list(addresses), "blockHash": _hex(block_hash)})

    def logs_between(self, addresses: Sequence[str], first: int, last: int) -> list[Log]:
        """Events of ``addresses`` in blocks ``first`` to ``last``, in order."""
        return self._logs({"address": list(addresses), "fromBlock": hex(first), "toBlock": hex(last)})

    def nonce(self, account: str) -> int:
        """How many transactions of ``account`` are in blocks."""
        return int(self._ask("eth_getTransactionCount", account, "latest"), 16)

    def balance(self, account: str) -> int:
        """Balance in wei."""
        return int(self._ask("eth_getBalance", account, "latest"), 16)

    def gas_price(self) -> int:
        """The node's idea of a price for gas, wei."""
        return int(self._ask("eth_gasPrice"), 16)

    def code(self, address: str) -> bytes:
        """Code at an address; empty where there is no contract."""
        return _bytes(self._ask("eth_getCode", address, "latest"))

    def receipt(self, transaction: bytes) -> Receipt | None:
        """What became of a transaction, or ``None`` while it is in no block."""
        raw = self._ask("eth_getTransactionReceipt", _hex(transaction))
        return _receipt(raw) if raw and raw.get("blockHash") else None

    def send_raw(self, raw: bytes) -> None:
        """Hand signed bytes to the node. Raises ``RpcRefused`` with what the node says against them."""
        self.rpc("eth_sendRawTransaction", _hex(raw))

    def call(self, contract: Interface, address: str, function: str, *arguments: Any) -> Any:
        """Read a view. Raises ``CallReverted``; ``ChainUnavailable`` also when there is no contract."""
        data = self.call_data(address, contract.encode(function, *arguments), errors=contract)
        if not data:
            raise ChainUnavailable(f"no contract at {address}")
        return contract.decode_output(function, data)

    def call_data(
        self, to: str, data: bytes, *, sender: str | None = None, errors: Interface | None = None
    ) -> bytes:
        """Run calldata without sending it. Raises ``CallReverted``."""
        return _bytes(self._run("eth_call", to, data, sender, errors, "latest"))

    def estimate(self, to: str, data: bytes, *, sender: str, errors: Interface | None = None) -> int:
        """Gas a transaction would need now. Raises ``CallReverted``."""
        return int(self._run("eth_estimateGas", to, data, sender, errors), 16)

    def _run(
        self, method: str, to: str, data: bytes, sender: str | None, errors: Interface | None, *rest: str
    ) -> Any:
        transaction = {"to": to, "data": _hex(data)} | ({"from": sender} if sender else {})
        try:
            return self.rpc(method, transaction, *rest)
        except RpcRefused as refused:
            if refused.data is None and "revert" not in refused.message.lower():
                raise ChainUnavailable(f"{method}: {refused}") from refused
            error = errors.decode_error(refused.data) if errors else None
            raise CallReverted(error, refused.message) from refused

    def _logs(self, query: dict[str, Any]) -> list[Log]:
        return sorted(
            (_log(raw) for raw in self._ask("eth_getLogs", query)), key=lambda x: (x.block_number, x.index)
        )

    def _ask(self, method: str, *params: Any) -> Any:
        """Ask for facts: whatever error the node gives here says nothing about the chain."""
        try:
            return self.rpc(method, *params)
        except RpcRefused as refused:
            raise ChainUnavailable(f"{method}: {refused}") from refused


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def _bytes(value: str) -> bytes:
    return bytes.fromhex(value[2:])


def _block(raw: dict[str, Any]) -> Block:
    return Block(
        number=int(raw["number"], 16),
        hash=_bytes(raw["hash"]),
        parent_hash=_bytes(raw["parentHash"]),
        time=int(raw["timestamp"], 16),
        base_fee=int(raw["baseFeePerGas"], 16) if raw.get("baseFeePerGas") else None,
        gas_limit=int(raw["gasLimit"], 16),
        logs_bloom=_bytes(raw.get("logsBloom") or "0x"),
        transactions=tuple(_bytes(t) for t in raw.get("transactions", ())),
    )


def _log(raw: dict[str, Any]) -> Log:
    return Log(
        address=to_checksum_address(raw["address"]),
        topics=tuple(_bytes(t) for t in raw["topics"]),
        data=_bytes(raw["data"]),
        block_number=int(raw["blockNumber"], 16),
        block_hash=_bytes(raw["blockHash"]),
        transaction=_bytes(raw["transactionHash"]),
        index=int(raw["logIndex"], 16),
    )


def _receipt(raw: dict[str, Any]) -> Receipt:
    return Receipt(
        transaction=_bytes(raw["transactionHash"]),
        block_number=int(raw["blockNumber"], 16),
        block_hash=_bytes(raw["blockHash"]),
        succeeded=int(raw["status"], 16) == 1,
        gas_used=int(raw["gasUsed"], 16),
        logs=tuple(_log(entry) for entry in raw["logs"]),
    )
