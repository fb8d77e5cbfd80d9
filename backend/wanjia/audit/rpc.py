"""Reads a chain over plain JSON-RPC: batched, retried, in ranges that shrink when the node finds them too wide."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import requests

from wanjia.audit.reader import ReaderError

BATCH = 100
"""Requests in one HTTP call."""
WIDEST_RANGE = 10_000
"""Blocks in one question for logs."""
ATTEMPTS = 5
_REVERTED = (3, -32000, -32015)
"""Codes with which nodes answer a call that the contract refused."""


class _NoBatches(Exception):
    """The node answered a whole batch with one object."""


class RpcReader:
    """A chain behind an RPC address. ``timeout`` and ``pause`` (before the first retry) are seconds."""

    def __init__(self, url: str, *, timeout: float = 60, pause: float = 0.2) -> None:
        self._url = url
        self._timeout = timeout
        self._pause = pause
        self._session = requests.Session()
        self._batches = True

    def chain_id(self) -> Any:
        """Chain id as the node gives it."""
        return self._one("eth_chainId", [])

    def head(self) -> Any:
        """Number of the node's last block."""
        return self._one("eth_blockNumber", [])

    def blocks(self, numbers: Sequence[int]) -> Mapping[int, Any]:
        """Give block headers by number."""
        answers = self._many([("eth_getBlockByNumber", [hex(number), False]) for number in numbers])
        return dict(zip(numbers, answers, strict=True))

    def logs(self, address: str, first: int, last: int) -> Sequence[Any]:
        """Give the logs of one contract; a range the node refuses is halved until it answers."""
        found: list[Any] = []
        start, width = first, WIDEST_RANGE
        while start <= last:
            end = min(last, start + width - 1)
            question = {"address": address, "fromBlock": hex(start), "toBlock": hex(end)}
            answer = self._post([("eth_getLogs", [question])])[0]
            if "error" in answer:
                if width == 1:
                    raise ReaderError(f"the node gives no logs of block {start}: {_reason(answer)}")
                width = max(1, width // 2)
                continue
            found.extend(answer["result"])
            start = end + 1
        return found

    def transactions(self, hashes: Sequence[str]) -> Mapping[str, Any]:
        """Give transactions by hash."""
        answers = self._many([("eth_getTransactionByHash", [one]) for one in hashes])
        return dict(zip(hashes, answers, strict=True))

    def calls(self, address: str, data: Sequence[str], block: int) -> Sequence[Any]:
        """Call a contract with each of ``data``; a call that the contract refuses is ``None``."""
        found: list[Any] = []
        for at in range(0, len(data), BATCH):
            part = [("eth_call", [{"to": address, "data": one}, hex(block)]) for one in data[at : at + BATCH]]
            for answer in self._post(part):
                if "error" in answer and not _refused(answer):
                    raise ReaderError(f"the node does not answer a call: {_reason(answer)}")
                found.append(answer.get("result"))
        return found

    def code(self, address: str, block: int) -> Any:
        """Give the code of an account."""
        return self._one("eth_getCode", [address, hex(block)])

    def _one(self, method: str, parameters: list[Any]) -> Any:
        return self._many([(method, parameters)])[0]

    def _many(self, requests_: Sequence[tuple[str, list[Any]]]) -> list[Any]:
        results: list[Any] = []
        for at in range(0, len(requests_), BATCH):
            for (method, _), answer in zip(
                requests_[at : at + BATCH], self._post(requests_[at : at + BATCH]), strict=True
            ):
                if "error" in answer:
                    raise ReaderError(f"{method}: {_reason(answer)}")
                results.append(answer.get("result"))
        return results

    def _post(self, requests_: Sequence[tuple[str, list[Any]]]) -> list[dict[str, Any]]:
        """Give the answers in order; a node that knows no batches is asked one by one."""
        if self._batches or len(requests_) == 1:
            try:
                return self._send(requests_)
            except _NoBatches:
                self._batches = False
        return [self._send([one])[0] for one in requests_]

    def _send(self, requests_: Sequence[tuple[str, list[Any]]]) -> list[dict[str, Any]]:
        """Send one batch; transport failures are tried again."""
        body = [
            {"jsonrpc": "2.0", "id": at, "method": method, "params": parameters}
            for at, (method, parameters) in enumerate(requests_)
        ]
        sent: Any = body if self._batches else body[0]
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(self._pause * 2**attempt)
            try:
                response = self._session.post(self._url, json=sent, timeout=self._timeout)
                response.raise_for_status()
                return _in_order(response.json(), len(body))
            except (requests.RequestException, ValueError) as error:
                problem = f"{type(error).__name__}: {error}"
        raise ReaderError(f"no usable answer from {self._url} after {ATTEMPTS} attempts ({problem})")


def _in_order(answers: Any, count: int) -> list[dict[str, Any]]:
    if isinstance(answers, dict):
        if count > 1:
            raise _NoBatches
        answers = [{**answers, "id": 0}]
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        raise ValueError("the node did not answer the batch")
    by_id = {one.get("id"): one for one in answers}
    if set(by_id) != set(range(count)):
        raise ValueError("the node left questions of the batch unanswered")
    return [by_id[at] for at in range(count)]


def _refused(answer: dict[str, Any]) -> bool:
    error = answer["error"]
    return isinstance(error, dict) and (error.get("code") in _REVERTED or "revert" in _reason(answer))


def _reason(answer: dict[str, Any]) -> str:
    error = answer.get("error")
    return str(error.get("message", error) if isinstance(error, dict) else error)
