"""A whole meeting of a community that is not the sample, through the API, counted by four independent hands."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from running_world import SLUG, RunningWorld, running_world
from wanjia.chain import contracts
from wanjia.chain.client import Chain
from wanjia.chain.eip712 import open_ballot_digest
from wanjia.chain.signing import sign_digest
from wanjia.db.base import Database, open_engine
from wanjia.domain.ballots import Choice, unpack_choices
from wanjia.domain.counting import NOTHING, Weight
from wanjia.index.models import IndexedBallot, IndexedMeeting, IndexedRoll
from wanjia.simulation.api import Api, ApiRefusal
from wanjia.simulation.casting import CastLog
from wanjia.simulation.identifying import log_in, register_key
from wanjia.simulation.meeting import MeetingRun
from wanjia.simulation.people import Voter
from wanjia.simulation.plans import FINISHED
from wanjia.simulation.recount import Recount, recount
from wanjia.simulation.world import register

MATTERS = [motion["matter"] for motion in FINISHED.motions]
IDENTIFIED = 25


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> RunningWorld:
    """Run a world for this file; its meeting is taken to the end by ``held``."""
    with running_world(tmp_path_factory.mktemp("world")) as running:
        yield running  # type: ignore[misc]


def _identify(world: RunningWorld, voters: dict[int, Voter]) -> None:
    """Some owners prove who they are by code and register the key themselves."""
    people = [visitor for visitor in world.owners() if visitor.voter in voters][:IDENTIFIED]
    for visitor in people:
        api = Api(world.url)
        profile = log_in(api, SLUG, visitor, lambda: world.outbox()[0]["text"])
        assert profile["voter"] == visitor.voter
        assert register_key(api, SLUG, profile, voters[visitor.voter].key) in ("submitted", "registered")
        del voters[visitor.voter]


@pytest.fixture(scope="module")
def held(world: RunningWorld) -> tuple[MeetingRun, CastLog]:
    """Hold the meeting: identify, convene, consent, publish, seal, cast, close, declare, finalize."""
    takers = Random(5).sample(world.place.voters, int(len(world.place.voters) * 0.85))
    waiting = {voter.voter: voter for voter in world.place.voters}
    _identify(world, waiting)
    register(world.system.settings, world.place, list(waiting.values()))
    run = world.open_meeting(FINISHED)
    log = run.cast(takers, "whole meeting")
    run.close(run.detail()["closes_at"] + 1)
    run.finish()
    return run, log


def _contract(world: RunningWorld, number: int) -> Recount:
    """Ask the contract itself, past everything of ours."""
    chain, interface = Chain(world.system.settings.rpc_url), contracts.open_meeting()
    address = world.place.community.open_meeting_address
    found = [chain.call(interface, address, "decisionOf", number, m) for m in range(len(MATTERS))]

    def weight(value: dict[str, int]) -> Weight:
        return Weight(value["area"], value["heads"])

    return Recount(
        weight(found[0]["total"]),
        weight(found[0]["part"]),
        tuple(weight(one["inFavour"]) for one in found),
        tuple(weight(one["against"]) for one in found),
        tuple((one["quorum"], one["passed"]) for one in found),  # type: ignore[misc]
    )


def _index(world: RunningWorld, number: int) -> tuple[Weight, list[Weight], list[Weight], list[bool]]:
    """Fold the index's rows; verdicts as the declared event named them."""
    with Database(open_engine(world.system.settings.database_url)).read() as session:
        community = world.place.community.id
        lines = session.scalars(
            select(IndexedRoll).where(IndexedRoll.community_id == community, IndexedRoll.meeting == number)
        )
        areas = {line.voter: line.area for line in lines}
        ballots = session.execute(
            select(IndexedBallot.voter, IndexedBallot.choices).where(
                IndexedBallot.community_id == community, IndexedBallot.meeting == number
            )
        ).all()
        declared = session.get_one(IndexedMeeting, (community, number)).result
    assert declared is not None
    chosen = {voter: unpack_choices(choices, len(MATTERS)) for voter, choices in ballots}

    def folded(motion: int, choice: Choice) -> Weight:
        return sum((Weight(areas[v], 1) for v, c in chosen.items() if c[motion] is choice), NOTHING)

    return (
        sum((Weight(areas[v], 1) for v in chosen), NOTHING),
        [folded(m, Choice.FOR) for m in range(len(MATTERS))],
        [folded(m, Choice.AGAINST) for m in range(len(MATTERS))],
        [result["passed"] for result in declared["results"]],
    )


def test_four_hands_count_the_same(world: RunningWorld, held: tuple[MeetingRun, CastLog]) -> None:
    """Contract, index, command-line audit and a plain recount of what was signed give one decision."""
    run, log = held
    plain = recount({v.voter: v.area for v in world.place.voters}, log.choices, MATTERS)
    assert len(log.choices) > IDENTIFIED
    contract = _contract(world, run.number)
    assert (plain.total, plain.part) == (contract.total, contract.part)
    assert (plain.in_favour, plain.against) == (contract.in_favour, contract.against)
    assert tuple((d.quorum, d.passed) for d in plain.decisions) == contract.decisions
    assert plain.decisions[0].quorum
    assert {d.passed for d in plain.decisions} == {True, False}, "a telling case has both verdicts"

    part, in_favour, against, passed = _index(world, run.number)
    assert (plain.part, list(plain.in_favour), list(plain.against)) == (part, in_favour, against)
    assert [d.passed for d in plain.decisions] == passed

    report = _audit(world)
    assert [] == [check for check in report["checks"] if not check["ok"]]
    assert report["ok"]
    page = Api(world.url).get(f"/communities/{SLUG}/meetings/{run.number}/result")
    assert [d.passed for d in plain.decisions] == [motion["passed"] for motion in page["motions"]]


def _audit(world: RunningWorld) -> dict[str, object]:
    command = [
        *(sys.executable, "-m", "wanjia", "audit", "--json", "--rpc", world.system.settings.rpc_url),
        *("--registry", world.place.community.registry_address),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path.cwd())
    report: dict[str, object] = json.loads(done.stdout)
    assert (done.returncode == 0) is report["ok"]
    return report


def test_receipts_lead_to_final_ballots(world: RunningWorld, held: tuple[MeetingRun, CastLog]) -> None:
    """Every receipt's ballot is final with all its times in order."""
    _, log = held
    api = Api(world.url)
    for receipt in list(log.receipts.values())[:40]:
        ballot = api.get(f"/ballots/{receipt['ballot_hash']}")
        assert ballot["state"] == "final"
        assert ballot["receipt"] == receipt
        assert ballot["code"] is None


def test_nothing_is_taken_after_the_close(world: RunningWorld, held: tuple[MeetingRun, CastLog]) -> None:
    """A rightly signed ballot for a finished meeting is refused with a clear code."""
    run, log = held
    late = next(voter for voter in world.place.voters if voter.voter not in log.choices)
    detail = run.detail()
    digest = open_ballot_digest(
        detail["chain"]["chain_id"],
        detail["chain"]["open_meeting"],
        run.number,
        bytes.fromhex(detail["convene_hash"].removeprefix("0x")),
        late.voter,
        1,
    )
    body = {"voter": late.voter, "choices": "1", "signature": "0x" + sign_digest(late.key, digest).hex()}
    with pytest.raises(ApiRefusal) as refusal:
        Api(world.url).post(f"/communities/{SLUG}/meetings/{run.number}/ballots", body)
    assert refusal.value.code == "BALLOT_MEETING_NOT_OPEN"
