"""Every process killed with -9 again and again while ballots arrive (T01): nothing lost, nothing twice."""

import logging
import os
import random
import threading
import time
from pathlib import Path

import pytest
from killing import Killer, Phones, start_system
from recount import recount
from sqlalchemy import func, select

from open_world import MOTIONS, OpenWorld, prepare
from wanjia.chain import contracts
from wanjia.chain.client import Chain, ChainUnavailable
from wanjia.db.base import Database, open_engine
from wanjia.domain.states import BallotState
from wanjia.index.models import IndexedBallot
from wanjia.intake.models import Ballot
from wanjia.intake.status import ballot_status

VOTERS = 320
KILLS = 50
DRAIN_SECONDS = 30
log = logging.getLogger(__name__)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_kills_at_random_points(tmp_path: Path) -> None:
    """Fifty kills: each receipt ends recorded, each voter counts once, chain, index and recount agree."""
    seed = int(os.environ.get("WANJIA_KILL_SEED") or random.SystemRandom().randrange(2**32))
    log.warning("seed %d (set WANJIA_KILL_SEED to repeat)", seed)
    prepared = prepare(tmp_path, VOTERS)
    home = tmp_path / "home"
    system = start_system(home, prepared)
    database = Database(open_engine(system.settings.database_url))
    world = OpenWorld(prepared, system.node, database)
    phones = Phones(world, system.url)
    killer = Killer(system, seed)
    voters = list(range(1, VOTERS + 1))
    senders = [
        threading.Thread(target=phones.send_all, args=(voters[part::4], 0.35), daemon=True)
        for part in range(4)
    ]
    try:
        for sender in senders:
            sender.start()
        while len(killer.kills) < KILLS:
            killer.kill_one()
        for sender in senders:
            sender.join(300)
        log.warning("killed %s", killer.kills)
        wait_until_drained(world, database, len(voters))
        check(world, database, phones)
    finally:
        killer.stop()
        system.supervisor.stop()
        database.engine.dispose()


def wait_until_drained(world: OpenWorld, database: Database, voters: int) -> None:
    """Everything recorded within 30 seconds of the last kill's restart, without a hand laid on."""
    deadline = time.monotonic() + 2 * DRAIN_SECONDS
    while True:
        with database.read() as session:
            recorded = session.scalar(select(func.count()).select_from(IndexedBallot))
        try:
            heads = world.part()["heads"]
        except ChainUnavailable:
            heads = 0
        if recorded == heads == voters and world.is_drained():
            return
        assert time.monotonic() < deadline, f"{recorded} recorded, {heads} counted of {voters}"
        time.sleep(0.2)


def check(world: OpenWorld, database: Database, phones: Phones) -> None:
    """I1, I2, I4 and I5."""
    assert set(phones.receipts) == set(world.prepared.owners)
    with database.read() as session:
        for voter in world.prepared.owners:
            found = ballot_status(session, world.ballot_hash(voter))
            assert found is not None, f"I1: the receipt of voter {voter} led nowhere"
            assert found.state in (BallotState.RECORDED, BallotState.FINAL), f"I1: {voter} {found}"
        received = session.scalars(select(Ballot.sequence).order_by(Ballot.sequence)).all()
        index = dict(session.execute(select(IndexedBallot.voter, IndexedBallot.choices)).all())
    assert list(received) == list(range(1, len(world.prepared.owners) + 1))
    chain = Chain(world.node.rpc_url)
    made = recount(chain, world.prepared, len(MOTIONS))
    assert made.twice == [], "I2: counted twice"
    assert index == made.counted, "I5: index and chain differ"
    for motion in range(len(MOTIONS)):
        decision = chain.call(contracts.open_meeting(), world.prepared.open_meeting, "decisionOf", 1, motion)
        assert [decision["inFavour"][k] for k in ("area", "heads")] == made.in_favour[motion], "I4"
        assert [decision["against"][k] for k in ("area", "heads")] == made.against[motion], "I4"
    for voter in random.Random(1).sample(sorted(phones.receipts), 20):
        assert phones.send(voter) == phones.receipts[voter], "the same ballot got another receipt"
