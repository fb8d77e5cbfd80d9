"""What becomes of ballots that arrive together: checked against the roll, and the accepted ones written."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, RowMapping, Table, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from wanjia.domain.errors import Refusal
from wanjia.index.models import IndexedKey, IndexedRoll
from wanjia.intake.arrivals import Arrival, Kept, Meeting
from wanjia.intake.freshness import freshness, keep_points, points_used
from wanjia.intake.models import Ballot, BallotSequence
from wanjia.intake.spoiled import refuse_spoiled, spoiled
from wanjia.relay.models import ItemKind, ItemState, RelayItem


def decide_all(connection: Connection, batch: Sequence[Arrival], now: int) -> list[Kept | Refusal]:
    """Decide on each arrival and write the new ones. Nothing of it is true before the commit."""
    by_meeting: dict[Meeting, list[int]] = {}
    for at, arrival in enumerate(batch):
        by_meeting.setdefault(arrival.meeting, []).append(at)
    outcomes: dict[int, Kept | Refusal] = {}
    for meeting in sorted(by_meeting):
        places = by_meeting[meeting]
        found = _decide_meeting(connection, meeting, [batch[at] for at in places], now)
        outcomes.update(zip(places, found, strict=True))
    return [outcomes[at] for at in range(len(batch))]


def _decide_meeting(
    connection: Connection, meeting: Meeting, batch: Sequence[Arrival], now: int
) -> list[Kept | Refusal]:
    last = first = lock_meeting(connection, meeting)
    voters = {arrival.voter for arrival in batch}
    earlier = _earlier(connection, meeting, voters)
    used = points_used(connection, meeting, [point for arrival in batch for point in arrival.points])
    keys = _keys(connection, meeting, voters)
    opened = spoiled(connection, batch)
    outcomes: list[Kept | Refusal] = []
    new: list[tuple[Arrival, int, Kept]] = []
    for arrival in batch:
        before = earlier.get(arrival.voter, [])
        same = next((b for b in before if b["ballot_hash"] == arrival.ballot_hash), None)
        standing = next((b for b in before if b["state"] != ItemState.REFUSED), None)
        refusal = _refusal(arrival, keys.get(arrival.voter), same, standing)
        refusal = refusal or refuse_spoiled(arrival, opened) or freshness(arrival, used)
        if refusal is not None:
            outcomes.append(refusal)
        elif same is not None and same["state"] != ItemState.REFUSED:
            outcomes.append(Kept(same["sequence"], same["received_at"], repeated=True))
        else:
            last += 1
            kept = Kept(last, arrival.received_at, repeated=False)
            new.append((arrival, len(before), kept))
            earlier.setdefault(arrival.voter, []).append(_as_row(arrival, kept))
            used.update(dict.fromkeys(arrival.points, arrival.ballot_hash))
            outcomes.append(kept)
    _insert(connection, meeting, new, now)
    keep_points(connection, meeting, [arrival for arrival, _, _ in new])
    if last != first:
        connection.execute(_SET_LAST, _named(meeting) | {"last_number": last})
    return outcomes


Row = RowMapping | dict[str, Any]


def _refusal(
    arrival: Arrival, voter: RowMapping | None, same: Row | None, standing: Row | None
) -> Refusal | None:
    if same is not None and same["record"] == arrival.record and same["state"] != ItemState.REFUSED:
        return None  # the very bytes that were accepted once, whatever happened since
    if voter is None:
        return Refusal("BALLOT_NOT_ON_ROLL")
    if voter["key"] is None:
        return Refusal("BALLOT_NOT_REGISTERED")
    if bytes.fromhex(voter["key"][2:]) != arrival.signer:
        return Refusal("BALLOT_SIGNATURE_INVALID")
    if standing is not None and standing["ballot_hash"] != arrival.ballot_hash:
        return Refusal("BALLOT_DIFFERENT_RECEIVED")
    return None if standing is not None else arrival.refuse_new


_BALLOT: Table = Ballot.__table__  # type: ignore[assignment]
_SEQUENCE: Table = BallotSequence.__table__  # type: ignore[assignment]
_ITEM: Table = RelayItem.__table__  # type: ignore[assignment]
_ROLL: Table = IndexedRoll.__table__  # type: ignore[assignment]
_KEY: Table = IndexedKey.__table__  # type: ignore[assignment]


# Statements are made once: making them anew cost as much as running them.
_COMMUNITY: BindParameter[int] = bindparam("community")
_NUMBER: BindParameter[int] = bindparam("number")
_VOTERS: BindParameter[list[int]] = bindparam("voters", expanding=True)
_LAST_NUMBER = (
    select(_SEQUENCE.c.last)
    .where(_SEQUENCE.c.community_id == _COMMUNITY, _SEQUENCE.c.meeting == _NUMBER)
    .with_for_update()
)
_SET_LAST = (
    update(_SEQUENCE)
    .where(_SEQUENCE.c.community_id == _COMMUNITY, _SEQUENCE.c.meeting == _NUMBER)
    .values(last=bindparam("last_number"))
)
_EARLIER = (
    select(
        _BALLOT.c.voter,
        _BALLOT.c.ballot_hash,
        _BALLOT.c.record,
        _BALLOT.c.sequence,
        _BALLOT.c.received_at,
        _ITEM.c.state,
    )
    .join_from(_BALLOT, _ITEM, _ITEM.c.id == _BALLOT.c.item_id)
    .where(_BALLOT.c.community_id == _COMMUNITY, _BALLOT.c.meeting == _NUMBER, _BALLOT.c.voter.in_(_VOTERS))
    .order_by(_BALLOT.c.attempt.desc())
)
_KEYS = (
    select(_ROLL.c.voter, _KEY.c.key)
    .join_from(
        _ROLL,
        _KEY,
        (_KEY.c.community_id == _ROLL.c.community_id)
        & (_KEY.c.voter == _ROLL.c.voter)
        & _KEY.c.until_block.is_(None),
        isouter=True,
    )
    .where(_ROLL.c.community_id == _COMMUNITY, _ROLL.c.meeting == _NUMBER, _ROLL.c.voter.in_(_VOTERS))
)
_NEW_ITEMS = insert(_ITEM).returning(_ITEM.c.reference, _ITEM.c.id)
"""In no promised order: SQLite would have to be asked row by row."""
_NEW_BALLOTS = insert(_BALLOT).returning(_BALLOT.c.id)
"""Asking for the ids makes it one statement for all rows."""


def _named(meeting: Meeting) -> dict[str, Any]:
    return {"community": meeting[0], "number": meeting[1]}


def lock_meeting(connection: Connection, meeting: Meeting) -> int:
    """Give the meeting's last number and keep other processes out of the meeting until the commit."""
    last = connection.scalar(_LAST_NUMBER, _named(meeting))
    if last is None:
        put = (postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert)(_SEQUENCE)
        row = {"community_id": meeting[0], "meeting": meeting[1], "last": 0}
        connection.execute(put.values(row).on_conflict_do_nothing())
        last = connection.scalar(_LAST_NUMBER, _named(meeting))
    return int(last or 0)


def _earlier(connection: Connection, meeting: Meeting, voters: set[int]) -> dict[int, list[Row]]:
    rows = connection.execute(_EARLIER, _named(meeting) | {"voters": list(voters)}).mappings()
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["voter"], []).append(row)
    return found


def _keys(connection: Connection, meeting: Meeting, voters: set[int]) -> dict[int, RowMapping]:
    """Voters of the roll with the key that speaks for each now, if any."""
    rows = connection.execute(_KEYS, _named(meeting) | {"voters": list(voters)}).mappings()
    return {row["voter"]: row for row in rows}


def _as_row(arrival: Arrival, kept: Kept) -> Row:
    return {
        "ballot_hash": arrival.ballot_hash,
        "record": arrival.record,
        "sequence": kept.sequence,
        "received_at": kept.received_at,
        "state": ItemState.QUEUED,
    }


def _insert(
    connection: Connection, meeting: Meeting, new: Sequence[tuple[Arrival, int, Kept]], now: int
) -> None:
    """Write outbox rows and ballots."""
    if not new:
        return
    references = ["0x" + arrival.ballot_hash.hex() for arrival, _, _ in new]
    items = connection.execute(
        _NEW_ITEMS,
        [
            {
                "kind": ItemKind.BALLOT.value,
                "community_id": meeting[0],
                "target": arrival.contract,
                "group_number": meeting[1],
                "body": arrival.record,
                "reference": reference,
                "state": ItemState.QUEUED.value,
                "attempts": 0,
                "created_at": now,
            }
            for (arrival, _, _), reference in zip(new, references, strict=True)
        ],
    )
    item_of = {row.reference: row.id for row in items}
    connection.execute(
        _NEW_BALLOTS,
        [
            {
                "community_id": meeting[0],
                "meeting": meeting[1],
                "voter": arrival.voter,
                "attempt": attempt,
                "ballot_hash": arrival.ballot_hash,
                "record": arrival.record,
                "sequence": kept.sequence,
                "received_at": kept.received_at,
                "item_id": item_of[reference],
            }
            for (arrival, attempt, kept), reference in zip(new, references, strict=True)
        ],
    )
