"""The index follows the chain: rows equal the chain after any reorganisation, and nothing wrong goes by in silence."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from faulty_node import FaultyNode, result
from open_world import COMMITTEE, OPERATOR, SUPERVISOR, OpenWorld, account, registration
from wanjia.chain import contracts
from wanjia.chain.client import Chain, ChainUnavailable
from wanjia.db.community import Community
from wanjia.domain.counting import Weight
from wanjia.domain.states import MeetingState
from wanjia.index.apply import IndexProblem
from wanjia.index.follower import Index
from wanjia.index.models import (
    IndexedBallot,
    IndexedBlock,
    IndexedEvent,
    IndexedKey,
    IndexedMeeting,
    IndexedRoll,
    IndexedSkip,
    IndexState,
)
from wanjia.index.rollback import forget_everything
from wanjia.index.views import key_of, meeting_state, participation
from wanjia.secrets_file import make_home

TABLES = (IndexedEvent, IndexedMeeting, IndexedRoll, IndexedKey, IndexedBallot, IndexedSkip)


def snapshot(world: OpenWorld) -> dict[str, list[tuple[object, ...]]]:
    """Every derived row, without the numbers a database gives."""
    with world.database.read() as session:
        return {
            table.__tablename__: sorted(
                tuple(str(getattr(row, c.key)) for c in table.__mapper__.column_attrs if c.key != "id")
                for row in session.scalars(select(table))
            )
            for table in TABLES
        }


def cast(world: OpenWorld, *voters: int) -> None:
    """Cast ballots past the relay."""
    world.act(
        OPERATOR,
        contracts.open_meeting(),
        world.prepared.open_meeting,
        "cast",
        1,
        world.records(*voters),
    )


def replayed(world: OpenWorld) -> dict[str, list[tuple[object, ...]]]:
    """What a rebuild from nothing gives."""
    world.index().rebuild()
    return snapshot(world)


def test_meeting_as_the_contract_has_it(world: OpenWorld) -> None:
    """Content, times, roll and keys of the prepared meeting."""
    with world.database.read() as session:
        meeting = session.get_one(IndexedMeeting, (1, 1))
        roll = dict(session.execute(select(IndexedRoll.voter, IndexedRoll.area)).all())
        assert key_of(session, 1, 7) == world.prepared.owners[7].address
    summary = world.chain.call(contracts.open_meeting(), world.prepared.open_meeting, "summaryOf", 1)
    assert meeting.convene_hash == summary["conveneHash"]
    assert (meeting.opens_at, meeting.closes_at) == (summary["opensAt"], summary["closesAt"])
    assert meeting.consented_at == summary["consentedAt"]
    assert meeting.sealed_at == summary["rollSealedAt"]
    assert roll == world.prepared.areas
    assert meeting_state(meeting, world.chain.time()) is MeetingState.OPEN
    assert len(meeting.convening["motions"]) == 5


def test_participation_equals_the_contracts(world: OpenWorld) -> None:
    """A fold over the rows gives what the contract counted; skipped records are kept with their reason."""
    cast(world, *range(1, 20))
    cast(world, 20, 5, 21)
    world.index().catch_up()
    with world.database.read() as session:
        assert participation(session, 1, 1) == Weight(**world.part())
        skip = session.scalars(select(IndexedSkip)).one()
    assert (skip.voter, skip.reason, skip.position) == (5, 2, 1)


@pytest.mark.parametrize("depth", [1, 2, 6, 12])
def test_reorganisation(world: OpenWorld, depth: int) -> None:
    """Blocks with ballots, a key and a voiding are replaced by others: rows equal a replay (T06)."""
    index = world.index()
    cast(world, 1, 2)
    world.node.mine(2)
    index.catch_up()
    for voter in range(10, 10 + depth - 1):
        cast(world, voter)
    line = registration(world.prepared.registry, 500, account(500))
    world.act(OPERATOR, contracts.registry(), world.prepared.registry, "register", [line])
    if depth > 1:
        reason = b"r" * 32
        world.act(SUPERVISOR, contracts.open_meeting(), world.prepared.open_meeting, "voidMeeting", 1, reason)
    index.catch_up()
    world.node.rpc("anvil_reorg", depth, [])
    cast(world, 40, 41)
    index.catch_up()
    followed = snapshot(world)
    with world.database.read() as session:
        alarm = session.scalars(select(IndexState.alarm)).one()
        assert participation(session, 1, 1) == Weight(**world.part())
    assert bool(alarm) == (depth > world.finality_depth)
    assert followed == replayed(world)


def test_chain_shorter_than_known(world: OpenWorld) -> None:
    """A chain that came back shorter is believed after a moment, without anyone's help."""
    index = world.index()
    cast(world, 1, 2)
    saved = world.node.rpc("evm_snapshot")
    cast(world, 3)
    cast(world, 4)
    index.catch_up()
    world.node.rpc("evm_revert", saved)
    deadline = time.monotonic() + 10
    while participated(world) != 2:
        assert time.monotonic() < deadline
        try:
            index.step()
        except ChainUnavailable:
            time.sleep(0.1)
    assert snapshot(world) == replayed(world)


def participated(world: OpenWorld) -> int:
    """Heads counted by the index."""
    with world.database.read() as session:
        return participation(session, 1, 1).heads


def test_lagging_node_changes_nothing(world: OpenWorld) -> None:
    """A node that is behind for a moment is not taken for a shorter chain."""
    index = world.index()
    saved = world.chain.head()
    cast(world, 3)
    index.catch_up()
    node = FaultyNode(world.node.rpc_url)
    stale = node_answer(world, saved.number)
    node.behaviour = lambda m, p, f: (
        stale
        if (m, p[:1]) in (("eth_getBlockByNumber", ["latest"]), ("eth_getBlockByNumber", ["pending"]))
        else f()
    )
    lagging = Index(world.database, Chain(node.url), chain_id=20278, finality_depth=6)
    for _ in range(3):
        with pytest.raises(ChainUnavailable, match="behind"):
            lagging.step()
    node.close()
    assert participated(world) == 1


def node_answer(world: OpenWorld, number: int) -> dict[str, object]:
    """A node's own answer for a block."""
    return result(world.node.rpc("eth_getBlockByNumber", hex(number), False))


def test_left_out_events_are_noticed(world: OpenWorld) -> None:
    """A node that answers a block's events with an empty list is not believed (T04)."""
    node = FaultyNode(world.node.rpc_url)
    node.behaviour = lambda m, _p, f: result([]) if m == "eth_getLogs" else f()
    index = Index(world.database, Chain(node.url), chain_id=20278, finality_depth=6)
    cast(world, 3)
    with pytest.raises(ChainUnavailable, match="left out"):
        index.step()
    node.behaviour = lambda _m, _p, f: f()
    index.catch_up()
    node.close()
    assert participated(world) == 1


@pytest.fixture
def broken(world: OpenWorld) -> Iterator[OpenWorld]:
    """A world whose index lost the meeting it is about to hear of."""
    with world.database.write() as session:
        session.execute(delete(IndexedMeeting))
    return world


def test_event_that_does_not_fit_stops_it_visibly(broken: OpenWorld) -> None:
    """It stands still, says why in its state, writes nothing of the block; a rebuild heals it."""
    index = broken.index()
    cast(broken, 3)
    for _ in range(2):
        with pytest.raises(IndexProblem, match="never convened"):
            index.step()
    with broken.database.read() as session:
        assert "never convened" in session.scalars(select(IndexState.error)).one()
        last = session.scalar(select(func.max(IndexedBlock.number)))
        assert (
            session.scalar(
                select(func.count()).select_from(IndexedEvent).where(IndexedEvent.block > (last or 0))
            )
            == 0
        )
    index.rebuild()
    assert participated(broken) == 1
    with broken.database.read() as session:
        assert session.scalars(select(IndexState.error)).one() == ""


def test_rebuilding_by_command(world: OpenWorld, tmp_path: Path) -> None:
    """``wanjia index --rebuild`` replays the same rows and totals, and ends the alarm (T32)."""
    cast(world, *range(1, 20))
    cast(world, 20, 5, 21)
    world.index().catch_up()
    before = snapshot(world)
    with world.database.write() as session:
        session.execute(update(IndexState).values(alarm="REORG_BELOW_FINALITY"))
        session.execute(delete(IndexedBallot).where(IndexedBallot.voter == 7))
    home = tmp_path / "home"
    make_home(home)
    (home / "deployment.json").write_text('{"chain_id": 20278}', encoding="utf-8")
    url = world.database.engine.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-m", "wanjia", "index", "--rebuild"],
        env={
            **os.environ,
            "WANJIA_HOME": str(home),
            "WANJIA_DATABASE_URL": url,
            "WANJIA_RPC_URL": world.rpc_url,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert snapshot(world) == before
    with world.database.read() as session:
        assert participation(session, 1, 1) == Weight(**world.part())
        assert session.scalars(select(IndexState.alarm)).one() == ""


def test_a_rebuild_beside_a_running_index_leaves_no_hole(world: OpenWorld) -> None:
    """An index in the middle of its step does not write its block onto rows that were dropped meanwhile."""
    running = world.index()
    running.catch_up()
    before = snapshot(world)
    node = FaultyNode(world.node.rpc_url)
    dropped = []

    def drop(method: str, _parameters: object, forward: Callable[[], Any]) -> Any:
        answer = forward()
        if method == "eth_getLogs" and not dropped:
            with world.database.write() as session:
                forget_everything(session)
            dropped.append(method)
        return answer

    node.behaviour = drop
    overtaken = Index(world.database, Chain(node.url), chain_id=20278, finality_depth=world.finality_depth)
    world.node.mine()
    overtaken.catch_up()
    node.close()
    assert dropped
    assert snapshot(world) == before


def test_community_added_later_is_read_from_its_first_block(world: OpenWorld) -> None:
    """Communities may be added when the index is past their first block."""
    with world.database.write() as session:
        first = session.get_one(Community, 1)
        wanted = first.registry_address, first.open_meeting_address, first.notary_address, first.first_block
        other = account(1).address, account(2).address, account(3).address
        first.registry_address, first.open_meeting_address, first.notary_address = other
    world.index().rebuild()
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(IndexedEvent)) == 0
    with world.database.write() as session:
        session.add(
            Community(
                slug="late",
                name="晚到",
                salt=b"t" * 32,
                registry_address=wanted[0],
                open_meeting_address=wanted[1],
                notary_address=wanted[2],
                first_block=wanted[3],
            )
        )
    world.index().catch_up()
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(IndexedMeeting)) == 1
        assert session.scalar(select(func.count()).select_from(IndexedKey)) == len(world.prepared.owners)


def test_extension_moves_the_close(world: OpenWorld) -> None:
    """An announced extension is a new close for everyone."""
    later = world.prepared.closes_at + 86_400
    world.act(COMMITTEE, contracts.open_meeting(), world.prepared.open_meeting, "extend", 1, later, b"w" * 32)
    world.index().catch_up()
    with world.database.read() as session:
        assert session.get_one(IndexedMeeting, (1, 1)).closes_at == later
