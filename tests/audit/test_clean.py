"""A meeting held honestly passes every check, and the recount says what the contract says."""

import json
from typing import Any

import pytest
from audited_world import World
from held_meeting import MOTIONS
from tampering import replay

from second_verifier import BothVerifiers, Verifier, agree
from wanjia.audit.checks import CHECKS
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit

pytestmark = pytest.mark.chain


def test_every_check_holds(recorded: dict[str, Any]) -> None:
    """All checks of the protocol's table are made, in its order, and hold."""
    report = replay(recorded)
    assert list(CHECKS) == [check.id for check in report.checks]
    assert [] == [check.detail("en") for check in report.checks if not check.ok]
    assert report.ok


def test_replay_says_what_the_chain_said(held: World, recorded: dict[str, Any]) -> None:
    """An audit of the recording, read back from JSON, equals the audit over RPC."""
    live = audit(RpcReader(held.node.rpc_url), held.registry.address)
    assert live == replay(json.loads(json.dumps(recorded)))


def test_both_verifiers_find_nothing_wrong(
    held: World, recorded: dict[str, Any], both: BothVerifiers, verifier: Verifier
) -> None:
    """The browser's verifier holds every check and recounts the same figures, from the recording and over RPC."""
    report = both.replay(recorded)
    assert report.ok
    agree(report, verifier.ask(rpc=held.node.rpc_url, registry=held.registry.address))


def test_recount_equals_the_views(held: World, recorded: dict[str, Any]) -> None:
    """Sums, quorum and verdict of every motion equal ``decisionOf``, read here with the compiled ABI."""
    meeting = replay(recorded).result["meetings"][0]
    for at in range(len(MOTIONS)):
        quorum, passed, special, total, part, in_favour, against = held.meeting.functions.decisionOf(
            1, at
        ).call()
        ours = meeting["motions"][at]
        assert (quorum, passed, special) == (meeting["quorum"], ours["passed"], ours["special"])
        for theirs, mine in (
            (total, meeting["total"]),
            (part, meeting["part"]),
            (in_favour, ours["inFavour"]),
            (against, ours["against"]),
        ):
            assert tuple(theirs) == (mine["area"], mine["heads"])


def test_story_has_what_it_should(recorded: dict[str, Any]) -> None:
    """The meeting under audit shows every reason to skip, an extension and a special matter that failed."""
    report = replay(recorded)
    meeting = report.result["meetings"][0]
    assert {"counted": 27, "skipped": 8} == meeting["ballots"]
    assert [True, False, True, True, True] == [motion["passed"] for motion in meeting["motions"]]
    assert [False, True, False, False, False] == [motion["special"] for motion in meeting["motions"]]
    assert (True, False) == (meeting["final"], meeting["void"])
    assert report.result["meetings"][1]["void"]


def test_one_meeting_alone(recorded: dict[str, Any], both: BothVerifiers) -> None:
    """``meeting=2`` reports the second meeting only; a meeting that is not there fails its life cycle."""
    second = both.replay(recorded, meeting=2)
    assert second.ok
    assert [2] == [meeting["meeting"] for meeting in second.result["meetings"]]
    missing = both.replay(recorded, meeting=3)
    assert ["meeting.lifecycle"] == [check.id for check in missing.checks if not check.ok]
