"""Each day's entries become one root, queued once for the notary; what is destroyed leaves its leaf."""

import json
from pathlib import Path

import pytest
from eth_utils import keccak
from speaking import CONCERNS, PNG, fresh_town, raised
from sqlalchemy import select, update
from storing import NOW, community, concern

from town import SLUG, Town, assert_problem
from wanjia.chain import contracts
from wanjia.db.base import Database
from wanjia.deliberation.days import (
    GRACE,
    RETRY,
    SHANGHAI,
    ConcernDays,
    date_of,
    day_of,
    leaves_of,
    subject_of,
)
from wanjia.deliberation.forgetting import forget_owner_words
from wanjia.deliberation.leaves import leaf_of
from wanjia.deliberation.merkle import proof_of, root_of
from wanjia.deliberation.models import Concern, ConcernDay, ConcernEntry
from wanjia.deliberation.resident_models import Resident
from wanjia.domain.concerns import DAY
from wanjia.relay.models import ItemState, RelayItem
from wanjia.roll.models import Owner

MIDNIGHT = day_of(NOW) * DAY - SHANGHAI
"""The midnight in Asia/Shanghai before ``NOW``."""


def test_a_day_ends_at_midnight_in_shanghai() -> None:
    """16:00 UTC; its name is the date there."""
    assert date_of(day_of(1_700_000_000)) == "2023-11-15"
    assert day_of(MIDNIGHT - 1) + 1 == day_of(MIDNIGHT)


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7])
def test_every_leaf_is_proven(count: int) -> None:
    """Whatever the number of leaves; the order they come in does not matter."""
    leaves = [leaf_of(bytes([at]) * 32, "{}") for at in range(count)]
    assert root_of(leaves) == root_of(leaves[::-1])
    for leaf in leaves:
        way = leaf
        for sibling in proof_of(leaves, leaf):
            way = keccak(b"".join(sorted((way, sibling))))
        assert way == root_of(leaves)


def test_days_are_closed_once_in_their_order(database: Database) -> None:
    """Each with entries, after a grace, with the relay's job; days without are left out; a refused one is asked again."""
    days = ConcernDays(database)
    assert days.turn(NOW) == 0
    community(database)
    for number, at in enumerate((MIDNIGHT - DAY, MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 3 * DAY), start=1):
        concern(database, number, at)
    assert days.turn(MIDNIGHT + GRACE - 1) == 0
    assert (days.turn(MIDNIGHT + GRACE), days.turn(MIDNIGHT + GRACE)) == (1, 0)
    late = MIDNIGHT + 9 * DAY
    assert [days.turn(late) for _ in range(2)] == [2, 0]
    with database.read() as session:
        rows = session.scalars(select(ConcernDay).order_by(ConcernDay.day)).all()
        items = {item.id: item for item in session.scalars(select(RelayItem))}
        assert [root_of(leaves_of(session, 1, row.day)) for row in rows] == [row.root for row in rows]
    first = day_of(MIDNIGHT) - 1
    assert [(row.day, row.entries) for row in rows] == [(first, 2), (first + 1, 1), (first + 4, 1)]
    call = contracts.notary().encode("anchor", rows[0].root, subject_of(first))
    assert (items[rows[0].call_id].body, items[rows[0].call_id].target) == (call, f"0x{3:040x}")
    with database.write() as session:
        refused = {"state": ItemState.REFUSED, "settled_at": late, "reason": "NotaryNotOfficial"}
        session.execute(update(RelayItem).where(RelayItem.id == rows[0].call_id).values(refused))
    days.turn(late + RETRY)
    days.turn(late + RETRY + 1)
    days.turn(late + RETRY + 2)
    with database.read() as session:
        again = session.get_one(ConcernDay, rows[0].id)
        bodies = [item.body for item in session.scalars(select(RelayItem).order_by(RelayItem.id))]
    assert again.call_id != rows[0].call_id
    assert (len(bodies), bodies[-1]) == (4, call)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town on SQLite."""
    return fresh_town(tmp_path)


def test_who_wrote_it_gets_the_proof_until_it_is_destroyed(town: Town) -> None:
    """The record with its salt makes the leaf; neighbours get none of another's words; forgetting leaves the leaf."""
    owner, neighbour = town.owner(), town.owner("102", 2)
    entry = raised(owner, photos=(PNG,)).get_json()["entries"][0]["id"]
    place = f"{CONCERNS}/1/entries/{entry}/proof"
    assert_problem(owner.get(place), "CONCERN_NOT_ANCHORED")
    days = ConcernDays(town.wanjia.database)
    assert days.turn(town.clock.now + 2 * DAY) == 1
    proof = owner.get(place).get_json()
    record = json.loads(proof["record"])
    assert (record["title"], record["kind"], len(record["photos"])) == ("1栋1单元门禁坏了", "raised", 1)
    salt, leaf = (bytes.fromhex(proof[name][2:]) for name in ("salt", "leaf"))
    assert leaf_of(salt, proof["record"]) == leaf
    assert (proof["root"], proof["proof"], proof["anchored"]) == (proof["leaf"], [], False)
    assert_problem(neighbour.get(place), "NOT_FOUND")
    voter = owner.get("/owner").get_json()["voter"]
    with town.wanjia.database.write() as session:
        here = Owner.community_id == town.communities[SLUG]
        found = session.scalars(select(Owner.id).where(here, Owner.voter == voter)).one()
        assert forget_owner_words(session, found, town.clock.now) == 1
    with town.wanjia.database.read() as session:
        row, kept = session.scalars(select(Concern)).one(), session.scalars(select(ConcernEntry)).one()
        assert (row.title, row.text, kept.salt, kept.leaf) == (None, None, None, leaf)
        assert session.get_one(Resident, row.resident_id).person_hash is None
    shown = neighbour.get(f"{CONCERNS}/1").get_json()
    assert (shown["title"], shown["text"], shown["entries"][0]["photos"]) == (None, None, [])
