"""Changes a recording as a dishonest node would: decoded, altered, encoded again, consistent where it can be."""

from collections.abc import Callable
from typing import Any

from eth_abi.abi import encode

from wanjia.audit.abi import CAST, EVENTS, EXECUTE, Call, raw
from wanjia.audit.reader import RecordedReader
from wanjia.audit.running import Report, audit

RECORD = 77


def replay(recording: dict[str, Any], meeting: int | None = None) -> Report:
    """Audit a recording."""
    return audit(RecordedReader(recording), recording["registry"], meeting=meeting)


def failed(recording: dict[str, Any]) -> set[str]:
    """Ids of the checks that fail."""
    return {check.id for check in replay(recording).checks if not check.ok}


class Tampered:
    """A recording under the hand of a forger."""

    def __init__(self, recording: dict[str, Any]) -> None:
        self.recording = recording
        self.registry = recording["registry"].lower()
        self.chain_id = int(recording["chainId"], 16)

    def logs(self, name: str) -> list[dict[str, Any]]:
        """Raw logs of an event, in order."""
        topic = next(topic for topic, event in EVENTS.items() if event.name == name)
        found = [log for logs in self.recording["logs"].values() for log in logs if log["topics"][0] == topic]
        return sorted(found, key=lambda log: (int(log["blockNumber"], 16), int(log["logIndex"], 16)))

    def args(self, log: dict[str, Any]) -> dict[str, Any]:
        """Decode a log."""
        return EVENTS[log["topics"][0]].read([raw(topic) for topic in log["topics"]], raw(log["data"]))

    def edit(self, log: dict[str, Any], **changes: Any) -> None:
        """Write other values into a log."""
        event = EVENTS[log["topics"][0]]
        values = list((self.args(log) | changes).values())
        kinds = [kind for _, kind in event.fields]
        for at in range(event.indexed):
            log["topics"][at + 1] = "0x" + encode([kinds[at]], [values[at]]).hex()
        log["data"] = "0x" + encode(kinds[event.indexed :], values[event.indexed :]).hex()

    def drop(self, log: dict[str, Any]) -> None:
        """Leave a log out."""
        self.recording["logs"][log["address"].lower()].remove(log)

    def copy_after(self, log: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Add a second log right behind one, in the same block and transaction."""
        following = dict(log, topics=list(log["topics"]), logIndex=hex(int(log["logIndex"], 16) + 1000))
        self.edit(following, **changes)
        self.recording["logs"][log["address"].lower()].append(following)
        return following

    def transaction(self, log: dict[str, Any]) -> dict[str, Any]:
        """The transaction that carried a log."""
        return self.recording["transactions"][log["transactionHash"]]

    def block(self, log: dict[str, Any]) -> dict[str, Any]:
        """The block that holds a log."""
        return self.recording["blocks"][str(int(log["blockNumber"], 16))]

    def records(self, log: dict[str, Any], change: Callable[[list[bytes]], list[bytes]]) -> None:
        """Alter the records of a direct batch, in its event and in its transaction alike."""
        args = self.args(log)
        whole = args["records"]
        altered = b"".join(change([whole[at : at + RECORD] for at in range(0, len(whole), RECORD)]))
        self.edit(log, records=altered)
        self.transaction(log)["input"] = CAST.ask(args["meeting"], altered)

    def view(self, call: Call, *values: Any, change: Callable[[list[Any]], list[Any]]) -> None:
        """Alter what a contract answered."""
        question = call.ask(*values)
        for answers in self.recording["calls"].values():
            if question in answers and answers[question] is not None:
                before = list(call.answer(answers[question])[0])
                answers[question] = "0x" + encode(list(call.outputs), [tuple(change(before))]).hex()
                return
        raise AssertionError(f"{call.name} was not asked")

    def forwarded(self, log: dict[str, Any], change: Callable[[list[Any]], list[Any]]) -> None:
        """Alter the request that the forwarder executed."""
        transaction = self.transaction(log)
        request = list(EXECUTE.arguments(raw(transaction["input"]))[0])
        transaction["input"] = EXECUTE.ask(tuple(change(request)))
