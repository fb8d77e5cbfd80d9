"""JSON-RPC to one node: an answer, a refusal by the contract, or ``ChainUnavailable`` for everything in between."""

from typing import Any, cast

import requests
from web3 import HTTPProvider
from web3.types import RPCEndpoint

REVERTED_CODES = frozenset({3, -32000, -32015, -32603})


class ChainUnavailable(Exception):
    """The node cannot be reached, is overloaded, behind, or talks nonsense: try again, conclude nothing."""


class WrongChain(Exception):
    """The node serves another chain than the contracts live on."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"expected chain {expected}, the node serves {found}")


class RpcRefused(Exception):
    """The node answered with an error; ``data`` is the revert data when the EVM refused."""

    def __init__(self, code: int, message: str, data: bytes | None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.data = data


class Rpc:
    """One node. Timeouts in seconds; no hidden retries: callers decide when to try again."""

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        self._provider = HTTPProvider(
            url, request_kwargs={"timeout": timeout}, exception_retry_configuration=None
        )

    def __call__(self, method: str, *params: Any) -> Any:
        """Ask. Raises ``RpcRefused`` for an error the node gave, ``ChainUnavailable`` for transport trouble."""
        try:
            answer = cast("dict[str, Any]", self._provider.make_request(RPCEndpoint(method), list(params)))
        except (requests.RequestException, OSError, ValueError) as error:
            raise ChainUnavailable(f"{method}: {type(error).__name__}") from error
        except Exception as error:
            # web3 wraps what is no JSON-RPC answer in exceptions of its own
            raise ChainUnavailable(f"{method}: {type(error).__name__}") from error
        if not isinstance(answer, dict):
            raise ChainUnavailable(f"{method}: the answer is no JSON-RPC answer")
        error_answer = answer.get("error")
        if error_answer:
            raise _refusal(error_answer)
        if "result" not in answer:
            raise ChainUnavailable(f"{method}: the answer has no result")
        return answer["result"]


def _refusal(error: Any) -> RpcRefused:
    if not isinstance(error, dict):
        return RpcRefused(0, str(error), None)
    return RpcRefused(
        int(error.get("code", 0)), str(error.get("message", "")), revert_data(error.get("data"))
    )


def revert_data(data: Any) -> bytes | None:
    """Revert data as nodes give it: a hex string, or (ganache, some proxies) inside an object."""
    if isinstance(data, dict):
        data = data.get("data") or data.get("result")
    if not isinstance(data, str):
        return None
    text = data.removeprefix("Reverted ").strip()
    if not text.startswith("0x"):
        return None
    try:
        return bytes.fromhex(text[2:])
    except ValueError:
        return None
