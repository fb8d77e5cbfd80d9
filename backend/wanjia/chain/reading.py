"""Lets strangers read the node: answers bounded in size and time, few at once, and nothing of where the node is."""

import time
from collections.abc import Sequence
from threading import BoundedSemaphore, local
from typing import Any

import requests
from pydantic_core import from_json

from wanjia.chain.rpc import ChainUnavailable, revert_data

MOST_BYTES = 12 * 1024 * 1024
"""Of one answer; a reader asks for less at once and gets it."""
SECONDS = 10.0
AT_ONCE = 6
"""Readings under way in one process: the threads that are left take ballots."""
WAIT_SECONDS = 3.0
_CHUNK = 64 * 1024

Question = tuple[str, list[Any]]


class AnswerTooLarge(Exception):
    """What was asked for is more than ``MOST_BYTES``."""


class Refused(Exception):
    """The node answered with an error; ``data`` is there when the contract refused."""

    def __init__(self, data: bytes | None, *, reverted: bool) -> None:
        super().__init__("the contract refused" if reverted else "the node refused")
        self.data = data
        self.reverted = reverted


class ChainReading:
    """Passes questions to one node. What may be asked is decided before."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._free = BoundedSemaphore(AT_ONCE)
        self._own = local()

    def ask(self, questions: Sequence[Question]) -> list[Any]:
        """Give the answers in order; an answer that is a ``Refused`` was refused.

        Raises ``AnswerTooLarge``, and ``ChainUnavailable`` when the node or a turn at it cannot be had in time.
        """
        if not questions:
            return []
        body = [
            {"jsonrpc": "2.0", "id": at, "method": method, "params": parameters}
            for at, (method, parameters) in enumerate(questions)
        ]
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise ChainUnavailable("too many are reading")
        try:
            raw = self._post(body)
        except (requests.RequestException, OSError) as error:
            raise ChainUnavailable(f"reading: {type(error).__name__}") from None
        finally:
            self._free.release()
        return _in_order(raw, len(body))

    def _post(self, body: list[dict[str, Any]]) -> bytes:
        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
        until = time.monotonic() + SECONDS
        parts: list[bytes] = []
        size = 0
        with self._own.session.post(self._url, json=body, timeout=SECONDS, stream=True) as response:
            response.raise_for_status()
            for part in response.iter_content(_CHUNK):
                size += len(part)
                if size > MOST_BYTES:
                    raise AnswerTooLarge
                if time.monotonic() > until:
                    raise ChainUnavailable("reading: too slow")
                parts.append(part)
        return b"".join(parts)


def _in_order(raw: bytes, count: int) -> list[Any]:
    try:
        answers = from_json(raw)
        by_id = {one["id"]: one for one in answers}
        return [_result(by_id[at]) for at in range(count)]
    except (ValueError, TypeError, KeyError):
        raise ChainUnavailable("reading: no JSON-RPC answer") from None


def _result(answer: dict[str, Any]) -> Any:
    error = answer.get("error")
    if error is None:
        return answer["result"]
    if not isinstance(error, dict):
        return Refused(None, reverted=False)
    data = revert_data(error.get("data"))
    reverted = data is not None or error.get("code") == 3 or "revert" in str(error.get("message"))  # noqa: PLR2004
    return Refused(data, reverted=reverted)
