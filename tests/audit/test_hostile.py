"""Whatever a node or a recording says, the audit answers with a report."""

import json
import random
from typing import Any

import pytest
from tampering import RECORD, Tampered

from second_verifier import BothVerifiers
from wanjia.audit.checks import CHECKS
from wanjia.audit.reader import ReaderError, RecordedReader

pytestmark = pytest.mark.chain

STRANGE = (None, 0, -1, 2**300, "", "0x", "0xzz", "nonsense", [], {}, [None], {"hash": []}, True, 1.5)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to every value of a JSON tree, the inner ones too."""
    found = [path] if path else []
    if isinstance(value, dict):
        children = list(value.items())
    else:
        children = list(enumerate(value)) if isinstance(value, list) else []
    for key, child in children:
        found += leaves(child, (*path, key))
    return found


def inside(tree: Any, path: tuple[Any, ...]) -> Any:
    """The container that holds the last step of a path."""
    for step in path[:-1]:
        tree = tree[step]
    return tree


def flipped(text: str, dice: random.Random) -> str:
    """Change one hexadecimal digit."""
    at = dice.randrange(2, len(text))
    return text[:at] + dice.choice("0123456789abcdef".replace(text[at].lower(), "")) + text[at + 1 :]


@pytest.mark.parametrize("seed", range(8))
def test_random_damage_never_ends_the_audit(seed: int, recorded: dict[str, Any], both: BothVerifiers) -> None:
    """Flipped digits, values of other kinds and missing parts give a report with every check, or a refusal."""
    dice = random.Random(seed)
    text = json.dumps(recorded)
    paths = leaves(recorded)
    for _ in range(60):
        damaged = json.loads(text)
        for _ in range(dice.randrange(1, 4)):
            path = dice.choice(paths)
            try:
                holder = inside(damaged, path)
                before = holder[path[-1]]
            except (KeyError, IndexError, TypeError):
                continue  # an earlier wound of this round took the place away
            if isinstance(before, str) and len(before) > 2 and dice.random() < 0.6:
                holder[path[-1]] = flipped(before, dice)
            elif dice.random() < 0.3:
                del holder[path[-1]]
            else:
                holder[path[-1]] = dice.choice(STRANGE)
        try:
            report = both.replay({**damaged, "registry": recorded["registry"]})
        except ReaderError:
            continue
        assert list(CHECKS) == [check.id for check in report.checks]
        json.dumps(report.as_json())


@pytest.mark.parametrize("seed", range(4))
def test_no_flip_in_a_ballot_goes_unnoticed(seed: int, recorded: dict[str, Any], both: BothVerifiers) -> None:
    """One digit changed in a record, in its event or in its transaction, fails the audit."""
    dice = random.Random(seed)
    text = json.dumps(recorded)
    for _ in range(60):
        tampered = Tampered(json.loads(text))
        log = dice.choice(tampered.logs("BallotsCast"))
        records = tampered.args(log)["records"].hex()
        at = dice.randrange(len(records))
        other = dice.choice("0123456789abcdef".replace(records[at], ""))
        changed = records[:at] + other + records[at + 1 :]
        where = dice.choice(("event", "transaction"))
        if where == "event":
            tampered.edit(log, records=bytes.fromhex(changed))
        else:
            carrier = tampered.transaction(log)
            assert records in carrier["input"]
            carrier["input"] = carrier["input"].replace(records, changed)
        assert not both.replay(tampered.recording).ok, f"digit {at} of the {where}'s records"


@pytest.mark.parametrize("seed", range(4))
def test_no_flip_made_everywhere_goes_unnoticed(
    seed: int, recorded: dict[str, Any], both: BothVerifiers
) -> None:
    """One bit changed in a direct batch, in its event and its transaction alike, fails the audit."""
    dice = random.Random(seed)
    text = json.dumps(recorded)
    for _ in range(60):
        tampered = Tampered(json.loads(text))
        log = dice.choice([tampered.logs("BallotsCast")[at] for at in (0, 1, 3)])
        bit = dice.randrange(8 * len(tampered.args(log)["records"]))

        def flip(records: list[bytes], bit: int = bit) -> list[bytes]:
            whole = bytearray(b"".join(records))
            whole[bit // 8] ^= 1 << bit % 8
            return [bytes(whole[at : at + RECORD]) for at in range(0, len(whole), RECORD)]

        tampered.records(log, flip)
        skipped = {tampered.args(skip)["position"] for skip in tampered.logs("BallotSkipped")}
        if log is tampered.logs("BallotsCast")[1] and bit // 8 // RECORD in skipped:
            continue  # a record that was refused may have been refused for another blemish of the same kind
        assert not both.replay(tampered.recording).ok, f"bit {bit}"


def test_a_recording_of_something_else_is_refused() -> None:
    """A file that is no recording is named as such."""
    for wrong in (None, [], {}, {"format": "wanjia-audit-recording-1", "blocks": []}):
        with pytest.raises(ReaderError):
            RecordedReader(wrong)


def test_an_empty_chain_fails(recorded: dict[str, Any], both: BothVerifiers) -> None:
    """A recording that answers nothing fails where the contracts should have been, and says so."""
    empty = {**recorded, "blocks": {}, "logs": {}, "transactions": {}, "calls": {}, "code": {}}
    report = both.replay(empty)
    assert {"contracts.links", "contracts.code", "meeting.lifecycle"} <= {
        c.id for c in report.checks if not c.ok
    }


def test_hidden_logs_are_missed(recorded: dict[str, Any], both: BothVerifiers) -> None:
    """A node that hides every event of the meeting contract contradicts the contract's own count."""
    contract = both.replay(recorded).result["openMeeting"]
    hidden = {**recorded, "logs": {**recorded["logs"], contract: []}}
    assert "meeting.lifecycle" in {check.id for check in both.replay(hidden).checks if not check.ok}
