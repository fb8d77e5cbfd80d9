"""The audit of a secret meeting: it holds as it is, and each forgery is caught by its own check."""

import copy
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from eth_abi.abi import encode
from rich.console import Console
from secret_story import ROLL, SUPPORTERS, held_secretly
from tampering import Tampered

from second_verifier import BothVerifiers
from wanjia.audit import abi
from wanjia.audit.checks import CHECKS, SECRET_CHECKS
from wanjia.audit.cli import show
from wanjia.audit.reader import Recorder
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit
from wanjia.audit.secret.trustees import can_keep
from wanjia.wsb.group import Q

pytestmark = pytest.mark.chain


@pytest.fixture(scope="module")
def secret_recording() -> Iterator[dict[str, Any]]:
    """Everything an audit of the meeting reads."""
    with held_secretly() as (world, _, address):
        recorder = Recorder(RpcReader(address), world.registry.address)
        report = audit(recorder, world.registry.address)
        assert [] == [f"{check.id}: {check.detail('en')}" for check in report.checks if not check.ok]
        yield recorder.recording


def test_an_honest_secret_meeting_holds(secret_recording: dict[str, Any], both: BothVerifiers) -> None:
    """All checks of both pages hold, and the recount decides the motion on the edge by its exact area."""
    report = both.replay(secret_recording)
    assert [*CHECKS, *SECRET_CHECKS] == [check.id for check in report.checks]
    assert report.ok
    (meeting,) = report.result["meetings"]
    first, second = meeting["motions"]
    assert {"counted": 38, "skipped": 1} == meeting["ballots"]
    assert ({"area": 188_980, "heads": SUPPORTERS}, True) == (first["inFavour"], first["passed"])
    assert (18, False) == (second["inFavour"]["heads"], second["passed"])
    assert {"lower": 188_980, "upper": 188_980} == first["areas"]["inFavour"]
    true = sum(area for voter, area in ROLL.items() if SUPPORTERS < voter <= SUPPORTERS + 18)
    ends = second["areas"]["inFavour"]
    assert ends["lower"] == second["inFavour"]["area"] < true < ends["upper"]


def test_people_read_bounds_and_nothing_before_the_declaration(
    secret_recording: dict[str, Any], both: BothVerifiers
) -> None:
    """The lower end of an area is never printed as the area; sums that are not opened are no zeros."""
    report = both.replay(secret_recording)
    ends = report.result["meetings"][0]["motions"][1]["areas"]["inFavour"]
    lower, upper = (f"{end // 100:,}.{end % 100:02d}" for end in (ends["lower"], ends["upper"]))
    said = _said(report)
    assert f"18 户/owners, {lower} – {upper} m²" in said
    assert f"{SUPPORTERS} 户/owners, 1,889.80 m²" in said
    undeclared = Tampered(copy.deepcopy(secret_recording))
    undeclared.drop(undeclared.logs("ResultDeclared")[0])
    early = _said(both.replay(undeclared.recording))
    assert 4 == early.count("未打开")
    assert lower not in early


def _said(report: Any) -> str:
    out = io.StringIO()
    show(report, Console(file=out, width=200), "zh")
    return out.getvalue()


def _turned(word: int) -> int:
    return (word + 1) % Q


def _ballot(change: Callable[[bytearray], None]) -> Callable[[Tampered], None]:
    """Change the first record of the first batch, in event and transaction alike."""

    def forge(tampered: Tampered) -> None:
        log = tampered.logs("BallotsCast")[0]
        args = tampered.args(log)
        records = bytearray(args["records"])
        change(records)
        tampered.edit(log, records=bytes(records))
        tampered.transaction(log)["input"] = abi.CAST.ask(args["meeting"], bytes(records))

    return forge


def _flip(at: int) -> Callable[[Tampered], None]:
    def change(records: bytearray) -> None:
        records[at] ^= 1

    return _ballot(change)


def _transplant(records: bytearray) -> None:
    """The second voter's ciphertexts and proofs are the first one's."""
    size = len(records) // 19
    records[size + 69 : 2 * size] = records[69:size]


def _event(name: str, **changes: Callable[[Any], Any]) -> Callable[[Tampered], None]:
    """Change arguments of an event's first log."""

    def forge(tampered: Tampered) -> None:
        log = tampered.logs(name)[0]
        args = tampered.args(log)
        tampered.edit(log, **{key: change(args[key]) for key, change in changes.items()})

    return forge


def _drop(name: str) -> Callable[[Tampered], None]:
    def forge(tampered: Tampered) -> None:
        tampered.drop(tampered.logs(name)[0])

    return forge


def _twice(name: str) -> Callable[[Tampered], None]:
    def forge(tampered: Tampered) -> None:
        tampered.copy_after(tampered.logs(name)[0])

    return forge


def _first_word(change: Callable[[int], int]) -> Callable[[Any], Any]:
    return lambda words: (change(words[0]), *words[1:])


def _third_word(words: Any) -> Any:
    return (*words[:2], _turned(words[2]), *words[3:])


def _answered(call: abi.Call, *values: int) -> Callable[[Tampered], None]:
    """Change the first number of an answer."""

    def one_more(value: Any) -> Any:
        if isinstance(value, bytes):
            return bytes([value[0] ^ 1]) + value[1:]
        return (one_more(value[0]), *value[1:]) if isinstance(value, tuple) else value + 1

    def forge(tampered: Tampered) -> None:
        tampered.view(call, *values, change=lambda answer: [one_more(answer[0]), *answer[1:]])

    return forge


def _whole_answer(call: abi.Call, *values: int) -> Callable[[Tampered], None]:
    """As ``_answered``, where the contract gives several values side by side."""

    def forge(tampered: Tampered) -> None:
        question = call.ask(*values)
        for answers in tampered.recording["calls"].values():
            if answers.get(question):
                data = bytearray.fromhex(answers[question][2:])
                data[31] ^= 1
                answers[question] = "0x" + data.hex()
                return
        raise AssertionError("not asked")

    return forge


def _tiny(words: Any) -> Any:
    """Every area of a roll's words that is there becomes 4.99 m²."""
    lanes = [sum(499 << 32 * at for at in range(8) if word >> 32 * at & 0xFFFFFFFF) for word in words]
    return tuple(lanes)


def _voided(tampered: Tampered) -> None:
    """The supervisor voids the meeting right after the seal, and its shares come all the same."""
    seal = tampered.logs("BallotsSealed")[0]
    topic, event = next(
        (topic, event) for topic, event in abi.EVENTS.items() if event.name == "MeetingVoided"
    )
    data = encode([kind for _, kind in event.fields[1:]], [bytes(32), "0x" + "11" * 20])
    following = tampered.copy_after(seal)
    following |= {"topics": [topic, seal["topics"][1]], "data": "0x" + data.hex()}


FORGERIES: dict[str, tuple[str, Callable[[Tampered], None]]] = {
    "a proof of a ballot is changed": ("ballot.choice", _flip(69 + 192 + 31)),
    "a ciphertext leaves the curve": ("ballot.choice", _flip(69 + 31)),
    "the proof of the cap is changed": ("ballot.cap", _flip(69 + 2 * 384 + 31)),
    "the signature is changed": ("ballot.signature", _flip(10)),
    "one ballot stands for two voters": ("ballot.choice", _ballot(_transplant)),
    "a skip is left out": ("ballot.once", _drop("BallotSkipped")),
    "a batch is left out": ("tally.sums", _drop("BallotsCast")),
    "trustees nobody proposed": ("keys.trustees", _drop("TrusteesProposed")),
    "a threshold of one": ("keys.trustees", _event("TrusteesProposed", threshold=lambda _: 1)),
    "coefficients changed": (
        "keys.ceremony",
        _event("KeysRevealed", coefficients=_first_word(lambda x: x + 1)),
    ),
    "a proof of possession changed": ("keys.ceremony", _event("KeysRevealed", proofs=_first_word(_turned))),
    "another commitment": ("keys.ceremony", _event("KeysCommitted", commitment=lambda _: bytes(32))),
    "other shares dealt": (
        "keys.ceremony",
        _event("SharesDealt", shares=lambda x: bytes([x[0] ^ 1]) + x[1:]),
    ),
    "an approval left out": ("keys.ceremony", _drop("KeysApproved")),
    "a trustee speaks for another": ("keys.ceremony", _event("KeysApproved", trustee=lambda x: x % 3 + 1)),
    "the board has another share key": ("keys.ceremony", _answered(abi.SHARE_KEY_OF, 1, 1, 0)),
    "another key adopted": ("keys.context", _event("KeysAdopted", keyFor=lambda _: (1, 2))),
    "another context": ("keys.context", _event("KeysAdopted", context=lambda _: bytes(32))),
    "keys adopted unseen": ("keys.context", _drop("KeysAdopted")),
    "the contract has another sum": ("tally.sums", _answered(abi.AGGREGATE_OF, 1, 0, 0)),
    "the contract rounded otherwise": ("tally.sums", _whole_answer(abi.ROUNDING_OF, 1)),
    "another seal": ("tally.seal", _event("BallotsSealed", sealHash=lambda _: bytes(32))),
    "areas that round to nothing": ("tally.electorate", _event("RollPublished", words=_tiny)),
    "shares of a voided meeting": ("tally.seal", _voided),
    "no seal": ("tally.seal", _drop("BallotsSealed")),
    "a share's proof is changed": ("tally.shares", _event("SharesPosted", words=_third_word)),
    "a share is posted twice": ("tally.shares", _twice("SharesPosted")),
    "a share of a trustee that is none": ("tally.shares", _event("SharesPosted", trustee=lambda _: 9)),
    "a value off by one": ("tally.opened", _event("SumsOpened", values=lambda x: (x[0] + 1, *x[1:]))),
    "a sum opened twice": ("tally.opened", _twice("SumsOpened")),
    "fewer trustees than agreed": ("tally.opened", _event("SumsOpened", trustees=lambda x: x[:1])),
    "shares left out": ("tally.opened", _drop("SharesPosted")),
    "the contract has another interval": ("tally.motions", _whole_answer(abi.INTERVAL_OF, 1, 1)),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_each_forgery_is_caught_by_its_check(
    secret_recording: dict[str, Any], both: BothVerifiers, name: str
) -> None:
    """A dishonest node's change fails the check that is there for it, in both verifiers."""
    check, forge = FORGERIES[name]
    tampered = Tampered(copy.deepcopy(secret_recording))
    forge(tampered)
    assert check in both.failed(tampered.recording)


@pytest.mark.parametrize(
    ("count", "threshold", "kept"),
    [
        (3, 2, True),
        (3, 1, False),
        (4, 2, False),
        (4, 3, True),
        (5, 3, True),
        (5, 6, False),
        (2, 2, False),
        (16, 9, False),
    ],
)
def test_a_set_that_can_keep_a_secret(count: int, threshold: int, kept: bool) -> None:
    """More than half of 3 to 15: else a minority, or either of two groups apart, could open."""
    assert can_keep(count, threshold) is kept
