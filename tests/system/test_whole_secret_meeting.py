"""A whole secret meeting in a running system: real trustees' processes, real proofs, and a plain count to compare."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from running_world import SLUG, RunningWorld, running_world
from wanjia.chain import contracts
from wanjia.chain.client import Chain
from wanjia.db.base import Database, open_engine
from wanjia.domain.ballots import Choice
from wanjia.index.models import IndexedBallot, IndexedEvent, IndexedMeeting
from wanjia.index.rollback import roll_back
from wanjia.simulation.api import Api, ApiRefusal
from wanjia.simulation.casting import CastLog
from wanjia.simulation.ceremony import Ceremony
from wanjia.simulation.clock import DAY, HOUR
from wanjia.simulation.meeting import MeetingRun
from wanjia.simulation.people import Voter, new_key
from wanjia.simulation.plans import OPEN
from wanjia.simulation.recount import recount
from wanjia.simulation.secret_casting import place_of, prove_ballot, sign_body
from wanjia.simulation.trustee import Trustee
from wanjia.simulation.world import register
from wanjia.trustees.board import read_board
from wanjia.wsb.proving import make_ballot

pytestmark = pytest.mark.xdist_group("secret_meeting")  # one world for the whole file

PLAN = replace(OPEN, motions=OPEN.motions[1:3], leans=[0.75, 0.85], ballots="secret")
"""One motion in a group with a cap, and one that stands alone."""
MATTERS = [motion["matter"] for motion in PLAN.motions]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    """Run a world for this file."""
    with running_world(tmp_path_factory.mktemp("world")) as running:
        yield running


@pytest.fixture(scope="module")
def run(world: RunningWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MeetingRun]:
    """Take a secret meeting to its opening; its trustees attend until this file is through."""
    register(world.system.settings, world.place, world.place.voters)
    meeting = world.new_meeting()
    opens_at = world.clock.now() + 16 * DAY
    meeting.convene(PLAN, opens_at, opens_at + 10 * DAY)
    meeting.consent()
    ceremony = Ceremony(world.url, SLUG, meeting.number, world.clock)
    ceremony.appoint(world.committee, world.supervisor)
    with ceremony.attended(world.system.environment, tmp_path_factory.mktemp("trustees")):
        ceremony.wait_complete()
        meeting.publish_roll()
        world.clock.move_to(world.clock.now() + 7 * DAY + 1)
        meeting.seal_roll()
        ceremony.wait_adopted()
        world.clock.move_to(opens_at + HOUR)
        yield meeting


@pytest.fixture(scope="module")
def held(world: RunningWorld, run: MeetingRun) -> CastLog:
    """Cast what a quorum needs and let the meeting end."""
    voters = sorted(world.place.voters, key=lambda voter: -voter.area)
    log = run.cast(voters[: len(voters) * 3 // 4], "secret meeting")
    run.close(run.detail()["closes_at"] + 1)
    return log


def _hand_in(world: RunningWorld, run: MeetingRun, ballot: dict[str, Any]) -> Any:
    return Api(world.url).post(f"/communities/{SLUG}/meetings/{run.number}/secret-ballots", ballot)


def _refused(world: RunningWorld, run: MeetingRun, ballot: dict[str, Any]) -> Any:
    with pytest.raises(ApiRefusal) as refusal:
        _hand_in(world, run, ballot)
    return refusal.value.code


def _signed(run: MeetingRun, voter: Voter, body: bytes) -> dict[str, Any]:
    """A body under its voter's own signature, whatever it holds."""
    return sign_body(place_of(run.detail()), voter, body)


def test_bad_ballots_are_refused_before_they_are_stored(world: RunningWorld, run: MeetingRun) -> None:
    """Broken proofs, unreadable points, used randomness, foreign keys and open ballots get a code, not a receipt."""
    one, other = world.place.voters[-1], world.place.voters[-2]
    good = prove_ballot(place_of(run.detail()), one, int(Choice.FOR))
    body = bytes.fromhex(good["body"][2:])
    swapped = body[:320] + body[352:384] + body[320:352] + body[384:]
    assert _refused(world, run, _signed(run, one, swapped)) == "BALLOT_CHOICE_INVALID"
    assert _refused(world, run, _signed(run, one, body[:-32] + bytes(32))) == "BALLOT_OVER_CAP"
    assert _refused(world, run, _signed(run, one, b"\xff" * 32 + body[32:])) == "BALLOT_MALFORMED"
    assert _refused(world, run, _signed(run, one, body[:-32])) == "BALLOT_MALFORMED"
    assert _refused(world, run, _signed(run, other, body)) == "BALLOT_CHOICE_INVALID"
    stale = make_ballot(place_of(run.detail()).form, one.voter, [Choice.FOR, Choice.FOR], lambda: 7)
    assert _refused(world, run, _signed(run, one, stale.bytes)) == "BALLOT_NOT_FRESH"
    assert _refused(world, run, good | {"voter": other.voter}) == "BALLOT_SIGNATURE_INVALID"
    assert _refused(world, run, good | {"voter": 2**31}) == "BALLOT_NOT_ON_ROLL"
    with pytest.raises(ApiRefusal) as refusal:
        Api(world.url).post(
            f"/communities/{SLUG}/meetings/{run.number}/ballots",
            {"voter": one.voter, "choices": "1", "signature": good["signature"]},
        )
    assert refusal.value.code == "BALLOT_KIND_WRONG"


def test_a_secret_meeting_has_at_most_twenty_motions(world: RunningWorld) -> None:
    """The first ballot could not be cast otherwise; the committee hears of it before anything is convened."""
    motions = [OPEN.motions[2] | {"title": f"议题 {number}"} for number in range(21)]
    opens_at = world.clock.now() + 16 * DAY
    with pytest.raises(ApiRefusal) as refusal:
        world.new_meeting().convene(replace(PLAN, motions=motions), opens_at, opens_at + 10 * DAY)
    assert refusal.value.code == "SECRET_MOTIONS"


def test_the_contract_decides_as_a_plain_count_does(
    world: RunningWorld, run: MeetingRun, held: CastLog
) -> None:
    """Heads and verdicts are those of the plain count, and every area lies between the ends that were opened."""
    plain = recount({voter.voter: voter.area for voter in world.place.voters}, held.choices, MATTERS)
    result = Api(world.url).get(f"/communities/{SLUG}/meetings/{run.number}/result")
    assert plain.decisions[0].quorum
    assert (plain.part.area, plain.part.heads) == (result["part"]["area"], result["part"]["heads"])
    for motion, found in enumerate(result["motions"]):
        for side, weights in (("in_favour", plain.in_favour), ("against", plain.against)):
            assert found[side]["heads"] == weights[motion].heads
            ends = found[f"{side}_area"]
            assert ends["lower"] <= weights[motion].area <= ends["upper"]
        assert found["passed"] is plain.decisions[motion].passed


def test_receipts_lead_to_the_chain_and_say_nothing_of_choices(
    world: RunningWorld, run: MeetingRun, held: CastLog
) -> None:
    """Every receipt's ballot is recorded under the hash its owner signed; a ballot again after the close finds no way."""
    api = Api(world.url)
    for receipt in list(held.receipts.values())[:10]:
        ballot = api.get(f"/ballots/{receipt['ballot_hash']}")
        assert ballot["state"] in ("recorded", "final")
        assert ballot["receipt"] == receipt
    with Database(open_engine(world.system.settings.database_url)).read() as session:
        rows = session.scalars(select(IndexedBallot).where(IndexedBallot.meeting == run.number)).all()
        assert {row.voter for row in rows} == set(held.choices)
        assert {row.choices for row in rows} == {None}
    late = next(voter for voter in world.place.voters if voter.voter not in held.choices)
    assert _refused(world, run, prove_ballot(place_of(run.detail()), late, 0)) == "BALLOT_MEETING_NOT_OPEN"


@pytest.mark.usefixtures("held")
def test_only_a_trustee_speaks_to_the_board(world: RunningWorld, run: MeetingRun) -> None:
    """A stranger's call is not even prepared, and a trustee's second run of shares is the contract's to refuse."""
    stranger = Trustee(world.url, SLUG, run.number, bytes.fromhex(new_key()))
    data = contracts.trustee_board().encode("postShares", run.number, 0, 0, [1, 2, 3, 4])
    path = f"/communities/{SLUG}/meetings/{run.number}/trustees/acts/prepare"
    for account, code in (
        (stranger.account, "ACT_NOT_ALLOWED"),
        (Api(world.url).get(path.removesuffix("/acts/prepare"))["run"]["accounts"][0], "ACT_WOULD_FAIL"),
    ):
        with pytest.raises(ApiRefusal) as refusal:
            Api(world.url).post(path, {"account": account, "data": "0x" + data.hex()})
        assert refusal.value.code == code
    assert not stranger.turn()


@pytest.mark.usefixtures("held")
def test_replaced_blocks_take_a_secret_meeting_back(world: RunningWorld, run: MeetingRun) -> None:
    """Rolled back to before the seal, the rows know neither seal nor shares; the ceremony's keys stay as they were."""
    database = Database(open_engine(world.system.settings.database_url))
    community = world.place.community
    chain_id = Chain(world.system.settings.rpc_url).chain_id()
    board_address = str(community.trustee_board_address)
    with database.engine.connect() as connection, connection.begin() as transaction:
        session = Session(connection)
        meeting = session.get_one(IndexedMeeting, (community.id, run.number))
        assert meeting.seal_hash is not None
        keys = meeting.keys
        before = read_board(session, chain_id, community.id, board_address, run.number)
        assert before.shares
        assert before.opened
        sealed = session.scalars(
            select(IndexedEvent.block).where(
                IndexedEvent.name == "BallotsSealed", IndexedEvent.meeting == run.number
            )
        ).one()
        roll_back(session, chain_id, sealed - 1)
        session.expire_all()
        again = session.get_one(IndexedMeeting, (community.id, run.number))
        assert (again.seal_hash, again.declared_at, again.keys) == (None, None, keys)
        after = read_board(session, chain_id, community.id, board_address, run.number)
        assert (after.shares, after.opened) == ({}, {})
        assert after.run is not None
        assert before.run is not None
        assert after.run.keys == before.run.keys
        session.close()
        transaction.rollback()
