"""The contracts' libraries on the golden vectors: they accept and refuse what the files say."""

import json
from typing import Any

import pytest
from contract_calls import Harness
from judges import GOOD, SolidityJudge
from mutating import Ballot

from wanjia.paths import TOP
from wanjia.wsb.context import Keys
from wanjia.wsb.form import Form

VECTORS = TOP / "tests" / "vectors"


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((VECTORS / f"wsb-{name}.json").read_text(encoding="utf-8"))
    return content


def _number(written: str) -> int:
    return int(written, 16)


def _point(written: list[str]) -> tuple[int, int]:
    return _number(written[0]), _number(written[1])


def _raw(written: str) -> bytes:
    return bytes.fromhex(written[2:])


def _ballot(form: dict[str, Any], one: dict[str, Any]) -> Ballot:
    keys = Keys(_point(form["y_for"]), _point(form["y_against"]))
    motions = tuple((motion["group"], motion["cap"]) for motion in form["motions"])
    return Ballot(one["name"], Form(_raw(form["context"]), keys, motions), one["voter"], _raw(one["body"]))


@pytest.fixture(scope="module")
def harness() -> Harness:
    """What trustees prove, checked in an EVM."""
    return Harness("TrusteeProofsHarness")


def test_the_contract_judges_ballots_as_the_vectors_do() -> None:
    """Every good ballot is good, every bad one is skipped for the reason in the file."""
    good, bad = _read("ballots"), _read("negative")["cases"]
    judge = SolidityJudge()
    ballots = [_ballot(good["forms"][one["form"]], one) for one in good["ballots"]]
    assert judge.judge(ballots) == [GOOD] * len(ballots)
    said = judge.judge([_ballot(one["form"], one) for one in bad])
    assert dict(zip((one["name"] for one in bad), said, strict=True)) == {
        one["name"]: one["reason"] for one in bad
    }


def test_the_contract_checks_enrolment_and_possession_as_the_vectors_do(harness: Harness) -> None:
    """The trustees' proofs hold; each in the list of refused ones does not."""
    run = _read("ceremony")

    def holds(of: str, number: int, trustee: int, side: int, point: list[str], proof: dict[str, Any]) -> bool:
        place = (run["board"], run["meeting"], number, trustee)
        answer = (_number(proof["c"]), _number(proof["s"]))
        sides = (side,) if of == "isPossession" else ()
        said: bool = harness.call(of, place, *sides, _point(point), answer)
        return said

    for one in run["trustees"]:
        number = one["trustee"]
        assert holds("isEnrolment", run["run"], number, 0, one["key"], one["enrolment"])
        for side, proof in enumerate(one["possession"]):
            constant = one["coefficients"][side * run["threshold"]]
            assert holds("isPossession", run["run"], number, side, constant, proof)
    names = {"enrolment": "isEnrolment", "possession": "isPossession"}
    for one in run["refused"]:
        assert not holds(names[one["of"]], one["run"], one["trustee"], one["side"], one["point"], one), one[
            "name"
        ]


def test_the_contract_checks_shares_as_the_vectors_do(harness: Harness) -> None:
    """Every share posted holds; each in the list of refused ones does not."""
    tally = _read("tally")
    keys = {
        one["trustee"]: (_point(one["share_key_for"]), _point(one["share_key_against"]))
        for one in _read("ceremony")["trustees"]
    }
    sums = tally["sums"]

    def holds(trustee: int, at: dict[str, int], share: tuple[int, int], proof: tuple[int, int]) -> bool:
        motion, level, side = at["motion"], at["level"], at["side"]
        aggregate = (_raw(tally["context"]), _raw(tally["seal_hash"]), motion, level, side)
        a = _point(sums[motion][level]["a"])
        said: bool = harness.call("isShare", aggregate, trustee, keys[trustee][side], a, share, proof)
        return said

    for at in (*tally["stage0"], *tally["stage1"]):
        for one in at["shares"]:
            assert holds(one["trustee"], at, _point(one["d"]), (_number(one["c"]), _number(one["s"])))
    for one in tally["refused"]:
        x, y, c, s = map(_number, one["words"])
        assert not holds(one["trustee"], one, (x, y), (c, s)), one["name"]
