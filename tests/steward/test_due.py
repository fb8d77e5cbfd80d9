"""What anyone may do is found when its time has come, queued once, and asked again when it was refused."""

import time
from typing import Any

import pytest
from eth_abi import encode
from sqlalchemy import select

from wanjia.chain import contracts
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.index.models import IndexedEvent, IndexedMeeting, IndexState
from wanjia.relay.models import ItemState, RelayItem
from wanjia.steward.due import RETRY_SECONDS, due_calls, queue_due

NOW = int(time.time())
MOTIONS = {"rules": {"paperPeriod": 3600}}
ZERO = bytes(32)


@pytest.fixture
def community(database: Database) -> int:
    """Make a community whose chain time is this machine's."""
    with database.write() as session:
        made = Community(
            slug="garden",
            name="Garden",
            salt=ZERO,
            registry_address="0x" + "11" * 20,
            open_meeting_address="0x" + "22" * 20,
            notary_address="0x" + "33" * 20,
            first_block=1,
        )
        session.add(made)
        session.add(IndexState(id=1, chain_id=1, finality_depth=6))
        session.flush()
        return made.id


def _meeting(database: Database, community: int, **facts: Any) -> None:
    closed = {
        "consented_at": NOW - 90_000,
        "sealed_at": NOW - 80_000,
        "opens_at": NOW - 70_000,
        "closes_at": NOW - 10_000,
    }
    with database.write() as session:
        session.add(
            IndexedMeeting(
                community_id=community,
                number=1,
                convene_hash=ZERO,
                convening=MOTIONS,
                convener="0x" + "44" * 20,
                convened_at=NOW - 100_000,
                block=1,
                **(closed | facts),
            )
        )


def _event(database: Database, community: int, name: str, at: int, **facts: Any) -> None:
    with database.write() as session:
        session.add(
            IndexedEvent(
                community_id=community,
                contract=facts.pop("contract", "registry"),
                address="0x" + "11" * 20,
                name=name,
                block=at,
                block_hash=ZERO,
                transaction=ZERO,
                log_index=0,
                topics=b"",
                data=facts.pop("data", b""),
                **facts,
            )
        )


def _due(database: Database, machine_time: int = NOW) -> list[str]:
    with database.read() as session:
        return [call.reference.split(":")[0] for call in due_calls(session, machine_time)]


def test_a_closed_meeting_is_declared_after_its_paper_period(database: Database, community: int) -> None:
    """Not before the paper period is over, and then with the contract's own call."""
    _meeting(database, community)
    assert _due(database, NOW - 10_000 + 3_599) == []
    assert _due(database, NOW - 10_000 + 3_600) == ["declareResult"]
    with database.read() as session:
        (call,) = due_calls(session, NOW)
    assert contracts.open_meeting().encode("declareResult", 1) == call.data
    assert call.to == "0x" + "22" * 20


def test_a_declared_meeting_is_finalized_when_objections_are_answered(
    database: Database, community: int
) -> None:
    """An open objection holds the result; its answer frees it."""
    _meeting(database, community, declared_at=NOW - 5_000, objections_end_at=NOW - 1_000)
    assert _due(database, NOW - 1_001) == []
    assert _due(database) == ["finalize"]
    _event(database, community, "ObjectionRaised", 5, contract="open_meeting", meeting=1)
    assert _due(database) == []
    _event(database, community, "ObjectionAnswered", 6, contract="open_meeting", meeting=1)
    assert _due(database) == ["finalize"]


@pytest.mark.parametrize("facts", [{"final_at": NOW}, {"void_at": NOW}, {"sealed_at": None}])
def test_nothing_is_due_for_a_meeting_that_ended(
    database: Database, community: int, facts: dict[str, Any]
) -> None:
    """Final, void and lapsed meetings are left alone."""
    _meeting(database, community, **facts)
    assert _due(database) == []


def test_a_change_of_key_is_completed_when_it_takes_effect(database: Database, community: int) -> None:
    """Not a second before, and never after a veto."""
    data = encode(["address", "uint64"], ["0x" + "55" * 20, NOW])
    _event(database, community, "KeyChangeApproved", 5, voter=7, data=data)
    assert _due(database, NOW - 1) == []
    assert _due(database) == ["completeKeyChange"]
    _event(database, community, "KeyChangeVetoed", 6, voter=7)
    assert _due(database) == []


def test_a_due_call_is_queued_once(database: Database, community: int) -> None:
    """Looking again queues nothing; a refusal is asked again after a while."""
    _meeting(database, community)
    with database.write() as session:
        assert queue_due(session, NOW) == 1
    with database.write() as session:
        assert queue_due(session, NOW + 1) == 0
        item = session.scalars(select(RelayItem)).one()
        item.state, item.settled_at = ItemState.REFUSED, NOW
    with database.write() as session:
        assert queue_due(session, NOW + RETRY_SECONDS - 1) == 0
        assert queue_due(session, NOW + RETRY_SECONDS + 1) == 1
