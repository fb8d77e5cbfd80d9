"""A contract's ABI at work: calls encoded; outputs, events and custom errors decoded to plain values by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi import decode as abi_decode
from eth_abi import encode as abi_encode
from eth_utils import keccak, to_checksum_address

SELECTOR_BYTES = 4
_STANDARD_ERRORS = (
    {"type": "error", "name": "Error", "inputs": [{"name": "message", "type": "string"}]},
    {"type": "error", "name": "Panic", "inputs": [{"name": "code", "type": "uint256"}]},
)


@dataclass(frozen=True, slots=True)
class Log:
    """One event as the node gives it, numbers and bytes made plain."""

    address: str
    topics: tuple[bytes, ...]
    data: bytes
    block_number: int
    block_hash: bytes
    transaction: bytes
    index: int


@dataclass(frozen=True, slots=True)
class ContractError:
    """A custom error a contract reverted with."""

    name: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        """Give ``Name(value, ...)``, bytes as hex."""
        shown = (v.hex() if isinstance(v, bytes) else str(v) for v in self.values.values())
        return f"{self.name}({', '.join(shown)})"


class UnknownEvent(LookupError):
    """A contract emitted an event its ABI does not have."""


class Interface:
    """The ABI of one contract. Tuples decode to dictionaries, addresses to checksummed text."""

    def __init__(self, abi: Sequence[Mapping[str, Any]]) -> None:
        self.abi = list(abi)
        self._functions = {e["name"]: e for e in abi if e["type"] == "function"}
        self._events = {keccak(text=_signature(e)): e for e in abi if e["type"] == "event"}
        self._errors = {
            keccak(text=_signature(e))[:SELECTOR_BYTES]: e
            for e in (*abi, *_STANDARD_ERRORS)
            if e["type"] == "error"
        }

    def encode(self, function: str, *arguments: Any) -> bytes:
        """Encode a call. Raises ``KeyError`` for a function the contract has not."""
        entry = self._functions[function]
        return keccak(text=_signature(entry))[:SELECTOR_BYTES] + abi_encode(
            [_type(i) for i in entry["inputs"]], list(arguments)
        )

    def selector(self, function: str) -> bytes:
        """Give the four bytes that name ``function`` in calldata."""
        return keccak(text=_signature(self._functions[function]))[:SELECTOR_BYTES]

    def decode_input(self, function: str, data: bytes) -> dict[str, Any]:
        """Decode calldata of ``function`` by argument name."""
        return _named(self._functions[function]["inputs"], data[SELECTOR_BYTES:])

    def decode_output(self, function: str, data: bytes) -> Any:
        """Decode what a view returned: the value itself when there is one, else a tuple of them."""
        outputs = self._functions[function]["outputs"]
        values = abi_decode([_type(o) for o in outputs], data)
        plain = tuple(_plain(o, v) for o, v in zip(outputs, values, strict=True))
        return plain[0] if len(plain) == 1 else plain

    def decode_event(self, log: Log) -> tuple[str, dict[str, Any]]:
        """Give an event's name and values by name. Raises ``UnknownEvent``."""
        entry = self._events.get(log.topics[0]) if log.topics else None
        if entry is None:
            raise UnknownEvent(f"{log.address} emitted an event of no known kind")
        indexed = [i for i in entry["inputs"] if i["indexed"]]
        values = _named([i for i in entry["inputs"] if not i["indexed"]], log.data)
        for item, topic in zip(indexed, log.topics[1:], strict=True):
            values[item["name"]] = _plain(item, abi_decode([_type(item)], topic)[0])
        return entry["name"], {i["name"]: values[i["name"]] for i in entry["inputs"]}

    def decode_error(self, data: bytes | None) -> ContractError | None:
        """Decode revert data, or give ``None`` for data of no known error."""
        entry = self._errors.get((data or b"")[:SELECTOR_BYTES])
        if entry is None or data is None:
            return None
        return ContractError(entry["name"], _named(entry["inputs"], data[SELECTOR_BYTES:]))


def _type(item: Mapping[str, Any]) -> str:
    if not item["type"].startswith("tuple"):
        return str(item["type"])
    inside = ",".join(_type(c) for c in item["components"])
    return f"({inside}){item['type'].removeprefix('tuple')}"


def _signature(entry: Mapping[str, Any]) -> str:
    return f"{entry['name']}({','.join(_type(i) for i in entry['inputs'])})"


def _named(inputs: Sequence[Mapping[str, Any]], data: bytes) -> dict[str, Any]:
    values = abi_decode([_type(i) for i in inputs], data)
    return {i["name"] or str(at): _plain(i, v) for at, (i, v) in enumerate(zip(inputs, values, strict=True))}


def _plain(item: Mapping[str, Any], value: Any) -> Any:
    kind = item["type"]
    if kind.endswith("]"):
        element = {**item, "type": kind[: kind.rindex("[")]}
        return [_plain(element, v) for v in value]
    if kind == "tuple":
        return {c["name"]: _plain(c, v) for c, v in zip(item["components"], value, strict=True)}
    return to_checksum_address(value) if kind == "address" else value
