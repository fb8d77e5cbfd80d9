"""What the audit asks of a chain, and how its answers are written down and read again.

Answers are JSON as the chain's RPC gives them (hexadecimal strings): nothing is believed here, everything is
checked where it is used. A recording is one JSON object that holds every answer an audit was given.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

FORMAT = "wanjia-audit-recording-1"


class ReaderError(Exception):
    """The chain or the recording could not be read; the text says what and why."""


class ChainReader(Protocol):
    """Read access to a chain. Every method raises ``ReaderError`` when there is no answer at all."""

    def chain_id(self) -> Any:
        """Chain id as the chain gives it."""

    def head(self) -> Any:
        """Number of the last block, the one every view is read at."""

    def blocks(self, numbers: Sequence[int]) -> Mapping[int, Any]:
        """Give block headers by number; a block that is not there is ``None``."""

    def logs(self, address: str, first: int, last: int) -> Sequence[Any]:
        """Give the logs of one contract in blocks ``first`` to ``last``, both included."""

    def transactions(self, hashes: Sequence[str]) -> Mapping[str, Any]:
        """Give transactions by hash; one that is not there is ``None``."""

    def calls(self, address: str, data: Sequence[str], block: int) -> Sequence[Any]:
        """Call a contract with each of ``data`` at a block; a call that reverts is ``None``."""

    def code(self, address: str, block: int) -> Any:
        """Give the code of an account at a block."""


class Recorder:
    """Reads from another reader and keeps every answer."""

    def __init__(self, source: ChainReader, registry: str) -> None:
        self._source = source
        self.recording: dict[str, Any] = {
            "format": FORMAT,
            "registry": registry,
            "chainId": None,
            "head": None,
            "blocks": {},
            "logs": {},
            "transactions": {},
            "calls": {},
            "code": {},
        }

    def chain_id(self) -> Any:
        """Chain id as the chain gives it."""
        self.recording["chainId"] = self._source.chain_id()
        return self.recording["chainId"]

    def head(self) -> Any:
        """Number of the last block."""
        self.recording["head"] = self._source.head()
        return self.recording["head"]

    def blocks(self, numbers: Sequence[int]) -> Mapping[int, Any]:
        """Give block headers by number."""
        found = self._source.blocks(numbers)
        self.recording["blocks"].update({str(number): block for number, block in found.items()})
        return found

    def logs(self, address: str, first: int, last: int) -> Sequence[Any]:
        """Give the logs of one contract in a range of blocks."""
        found = self._source.logs(address, first, last)
        self.recording["logs"].setdefault(address.lower(), []).extend(found)
        return found

    def transactions(self, hashes: Sequence[str]) -> Mapping[str, Any]:
        """Give transactions by hash."""
        found = self._source.transactions(hashes)
        self.recording["transactions"].update(found)
        return found

    def calls(self, address: str, data: Sequence[str], block: int) -> Sequence[Any]:
        """Call a contract with each of ``data``."""
        found = self._source.calls(address, data, block)
        answers = self.recording["calls"].setdefault(address.lower(), {})
        answers.update(zip(data, found, strict=True))
        return found

    def code(self, address: str, block: int) -> Any:
        """Give the code of an account."""
        self.recording["code"][address.lower()] = self._source.code(address, block)
        return self.recording["code"][address.lower()]


class RecordedReader:
    """Reads a recording. What the recording does not hold was never answered: ``None``, or no logs."""

    def __init__(self, recording: Any) -> None:
        if not isinstance(recording, dict) or recording.get("format") != FORMAT:
            raise ReaderError(f"this is no recording of an audit ({FORMAT})")
        parts = ("blocks", "logs", "transactions", "calls", "code")
        if bad := [part for part in parts if not isinstance(recording.get(part), dict)]:
            raise ReaderError(f"the recording is damaged: {', '.join(bad)}")
        self._recording = recording

    @property
    def registry(self) -> str:
        """Address of the registry the recording was made for."""
        return str(self._recording.get("registry", ""))

    def chain_id(self) -> Any:
        """Chain id as it was recorded."""
        return self._recording.get("chainId")

    def head(self) -> Any:
        """Number of the last block as it was recorded."""
        return self._recording.get("head")

    def blocks(self, numbers: Sequence[int]) -> Mapping[int, Any]:
        """Give recorded block headers."""
        return {number: self._recording["blocks"].get(str(number)) for number in numbers}

    def logs(self, address: str, first: int, last: int) -> Sequence[Any]:  # noqa: ARG002  the range is the recorded one
        """Give every recorded log of one contract; the audit judges where it belongs."""
        found = self._recording["logs"].get(address.lower(), [])
        return found if isinstance(found, list) else [found]

    def transactions(self, hashes: Sequence[str]) -> Mapping[str, Any]:
        """Give recorded transactions."""
        return {one: self._recording["transactions"].get(one) for one in hashes}

    def calls(self, address: str, data: Sequence[str], block: int) -> Sequence[Any]:  # noqa: ARG002  one block a recording
        """Give recorded answers of a contract."""
        answers = self._recording["calls"].get(address.lower())
        return [answers.get(one) if isinstance(answers, dict) else None for one in data]

    def code(self, address: str, block: int) -> Any:  # noqa: ARG002  one block a recording
        """Give recorded code."""
        return self._recording["code"].get(address.lower())
