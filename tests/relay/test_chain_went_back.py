"""The chain comes back shorter or rearranged: stored bytes go again, nothing is counted twice, nothing is lost."""

import shutil
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from open_world import OPERATOR, OpenWorld
from wanjia.domain.states import BallotState
from wanjia.intake.status import ballot_status
from wanjia.relay.models import RelayBroadcast, RelayItem, RelaySlot

RESENT_SECONDS = 30


def hashes(world: OpenWorld) -> list[bytes]:
    """Every signed version there is."""
    with world.database.read() as session:
        return list(session.scalars(select(RelayBroadcast.hash).order_by(RelayBroadcast.id)))


@pytest.mark.parametrize("finished", [False, True])
def test_restored_to_an_earlier_copy(world: OpenWorld, tmp_path: Path, finished: bool) -> None:
    """A copy of the chain from before three batches: the same bytes are mined again, also when they were final."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    world.send(intake, 1)
    world.drain(relay, index)
    world.node.stop()
    shutil.copy(world.node.state_file, tmp_path / "earlier.json")
    world.node.start()
    for voters in (range(2, 12), range(12, 22), range(22, 31)):
        for voter in voters:
            world.send(intake, voter)
        world.drain(relay, index)
    if finished:
        world.node.mine(10)
        relay.tick()
        index.catch_up()
    before = hashes(world)
    world.node.kill()
    shutil.copy(tmp_path / "earlier.json", world.node.state_file)
    world.node.start()
    assert world.part()["heads"] == 1
    for voter in range(31, 36):
        world.send(intake, voter)
    fresh = world.relay() if finished else relay
    relay.lease.release()
    until = time.monotonic() + RESENT_SECONDS
    while world.part()["heads"] != 35 and time.monotonic() < until:
        world.drain(fresh, index)
        world.node.mine()
        time.sleep(0.05)
    world.drain(fresh, index)
    assert world.part()["heads"] == 35
    assert hashes(world)[: len(before)] == before
    assert len(hashes(world)) == len(before) + 1
    assert all(world.chain.receipt(h) for h in hashes(world))
    with world.database.read() as session:
        assert set(session.scalars(select(RelayItem.state))) == {"done"}
        for voter in range(1, 36):
            found = ballot_status(session, world.ballot_hash(voter))
            assert found is not None
            assert found.state in (BallotState.RECORDED, BallotState.FINAL)


def test_reorganised_without_our_transaction(world: OpenWorld) -> None:
    """Blocks replaced by empty ones: the transaction is noticed missing and sent again as stored."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    for voter in range(1, 6):
        world.send(intake, voter)
    world.drain(relay, index)
    world.node.mine(2)
    relay.tick()
    (stored,) = hashes(world)
    world.node.rpc("anvil_reorg", 3, [])
    assert world.part()["heads"] == 0
    # the relay waits by the clock before it believes that a transaction is gone, and blocks may come fast
    until = time.monotonic() + RESENT_SECONDS
    while world.part()["heads"] != 5 and time.monotonic() < until:
        world.drain(relay, index)
        world.node.mine()
        time.sleep(0.05)
    world.drain(relay, index)
    assert world.part()["heads"] == 5
    assert hashes(world) == [stored]
    with world.database.read() as session:
        assert session.scalars(select(RelaySlot.nonce)).one() == world.chain.nonce(OPERATOR.address) - 1
