"""What anyone may ask the chain through this server: methods by name, every parameter by shape and size.

Nothing is passed on that is not described here: no sending, no mining, no tracing, no overriding of state.
"""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from wanjia.chain.reading import Question

METHOD_UNKNOWN, PARAMETERS_INVALID, CALL_INVALID = -32601, -32602, -32600
MOST_BLOCKS = 10_000
"""Blocks in one question for logs."""
MOST_CALL_GAS = 25_000_000
USUAL_CALL_GAS = 10_000_000
"""What a call gets that names no gas."""
_MOST_CALL_DATA = 256 * 1024
_MOST_ADDRESSES, _MOST_TOPICS, _MOST_ALTERNATIVES = 16, 4, 32
_MOST_METHOD = 64
_WORD = re.compile(r"0x[0-9a-fA-F]{64}")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_QUANTITY = re.compile(r"0x[0-9a-fA-F]{1,16}")
_SLOT = re.compile(r"0x[0-9a-fA-F]{1,64}")
_DATA = re.compile(r"0x(?:[0-9a-fA-F]{2})*")
_TAGS = frozenset({"latest", "earliest", "safe", "finalized"})

Check = Callable[[Any], Any]


class Unasked(Exception):
    """A question that is not passed on: JSON-RPC code and text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def question_of(call: dict[str, Any]) -> Question:
    """Check one JSON-RPC call and give what is passed on. Raises ``Unasked``."""
    identity = call.get("id")
    if call.get("jsonrpc") != "2.0" or "id" not in call or isinstance(identity, (bool, list, dict)):
        raise Unasked(CALL_INVALID, 'a call has jsonrpc "2.0", an id, a method and params')
    method, parameters = call.get("method"), call.get("params", [])
    if not isinstance(method, str) or not isinstance(parameters, list):
        raise Unasked(CALL_INVALID, "method is a text and params are a list")
    if len(method) > _MOST_METHOD or method not in METHODS:
        raise Unasked(METHOD_UNKNOWN, "this path only reads: " + ", ".join(METHODS))
    checks = METHODS[method]
    if len(parameters) != len(checks):
        raise Unasked(PARAMETERS_INVALID, f"{method} takes {len(checks)} params")
    return method, [check(value) for check, value in zip(checks, parameters, strict=True)]


def gas_of(question: Question) -> int:
    """Gas that a checked question may use up."""
    method, parameters = question
    return int(parameters[0]["gas"], 16) if method == "eth_call" else 0


def _matching(pattern: re.Pattern[str], name: str) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or pattern.fullmatch(value) is None:
            raise Unasked(PARAMETERS_INVALID, f"not {name}")
        return value

    return check


_address, _hash = _matching(_ADDRESS, "an address"), _matching(_WORD, "a hash of 32 bytes")
_number, _slot = _matching(_QUANTITY, "a number in hex"), _matching(_SLOT, "a storage slot")


def _block(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"blockHash"}:
        return {"blockHash": _hash(value["blockHash"])}
    return value if isinstance(value, str) and value in _TAGS else _number(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unasked(PARAMETERS_INVALID, "not true or false")
    return value


def _data(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MOST_CALL_DATA or _DATA.fullmatch(value) is None:
        raise Unasked(PARAMETERS_INVALID, f"data is bytes in hex, at most {_MOST_CALL_DATA} characters")
    return value


def _call(value: Any) -> dict[str, str]:
    """A call of a contract that exists: ``to``, ``data`` or ``input``, and if wished ``from`` and ``gas``."""
    if not isinstance(value, dict) or not {"to"} <= set(value) <= {"to", "data", "input", "from", "gas"}:
        raise Unasked(PARAMETERS_INVALID, "a call has to, data or input, and may have from and gas")
    if "data" in value and "input" in value:
        raise Unasked(PARAMETERS_INVALID, "a call has data or input, not both")
    gas = int(_number(value.get("gas", hex(USUAL_CALL_GAS))), 16)
    if gas > MOST_CALL_GAS:
        raise Unasked(PARAMETERS_INVALID, f"gas is at most {MOST_CALL_GAS}")
    checked = {"to": _address(value["to"]), "data": _data(value.get("data", value.get("input", "0x")))}
    if "from" in value:
        checked["from"] = _address(value["from"])
    return {**checked, "gas": hex(gas)}


def _filter(value: Any) -> dict[str, Any]:
    """Logs of one block by its hash, or of a span with both ends named as numbers."""
    if not isinstance(value, dict) or not set(value) <= {
        *("address", "topics", "blockHash"),
        *("fromBlock", "toBlock"),
    }:
        raise Unasked(
            PARAMETERS_INVALID, "a filter has address, topics, and fromBlock with toBlock or blockHash"
        )
    checked: dict[str, Any] = {}
    if "blockHash" in value:
        if "fromBlock" in value or "toBlock" in value:
            raise Unasked(PARAMETERS_INVALID, "a filter has blockHash or a span, not both")
        checked["blockHash"] = _hash(value["blockHash"])
    else:
        first, last = (int(_number(value.get(end)), 16) for end in ("fromBlock", "toBlock"))
        if not 0 <= last - first < MOST_BLOCKS:
            raise Unasked(PARAMETERS_INVALID, f"a span has 1 to {MOST_BLOCKS} blocks, first to last")
        checked |= {"fromBlock": hex(first), "toBlock": hex(last)}
    if value.get("address") is not None:
        checked["address"] = _one_or_some(value["address"], _address, _MOST_ADDRESSES)
    topics = value.get("topics") or []
    if not isinstance(topics, list) or len(topics) > _MOST_TOPICS:
        raise Unasked(PARAMETERS_INVALID, f"topics are a list of at most {_MOST_TOPICS}")
    checked["topics"] = [
        None if topic is None else _one_or_some(topic, _hash, _MOST_ALTERNATIVES) for topic in topics
    ]
    return checked


def _one_or_some(value: Any, check: Check, most: int) -> Any:
    if not isinstance(value, list):
        return check(value)
    if not 1 <= len(value) <= most:
        raise Unasked(PARAMETERS_INVALID, f"1 to {most} at once")
    return [check(one) for one in value]


METHODS: Final = MappingProxyType[str, tuple[Check, ...]](
    {
        "eth_chainId": (),
        "net_version": (),
        "eth_blockNumber": (),
        "eth_getBlockByNumber": (_block, _flag),
        "eth_getBlockByHash": (_hash, _flag),
        "eth_getTransactionByHash": (_hash,),
        "eth_getTransactionReceipt": (_hash,),
        "eth_getTransactionCount": (_address, _block),
        "eth_getCode": (_address, _block),
        "eth_getStorageAt": (_address, _slot, _block),
        "eth_getLogs": (_filter,),
        "eth_call": (_call, _block),
    }
)
"""Method -> a check for each parameter."""
