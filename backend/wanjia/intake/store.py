"""The one commit of intake: ballots that arrive together are checked against the roll and written together."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, Table, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.index.models import IndexedKey, IndexedRoll
from wanjia.intake.models import Ballot, BallotSequence
from wanjia.relay.models import ItemKind, ItemState, RelayItem

Meeting = tuple[int, int]
"""Community id and meeting number."""


@dataclass(slots=True)
class Arrival:
    """A ballot whose form and signature were checked; ``signer`` must turn out to be the voter's key."""

    meeting: Meeting
    contract: str
    voter: int
    signer: str
    ballot_hash: bytes
    record: bytes
    received_at: int
    refuse_new: Refusal | None = None
    """Why a ballot not received before is refused (the meeting is not open); a repeated one gets its receipt."""
    done: bool = False
    refusal: Refusal | None = None
    kept: "Kept | None" = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the receipt says of a stored ballot."""

    sequence: int
    received_at: int
    repeated: bool


@dataclass
class BallotStore:
    """Stores arrivals, many a commit.

    Whoever finds the turn free writes for all that wait; the others find their answer ready. So the cost of a
    commit is shared when ballots come fast, and no one waits when they come slowly.
    """

    database: Database
    clock: Callable[[], float]
    _waiting: list[Arrival] = field(default_factory=list)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def store(self, arrival: Arrival) -> Kept:
        """Give what was committed. Raises ``Refusal``; ``STORAGE_UNAVAILABLE`` when nothing could be written."""
        with self._guard:
            self._waiting.append(arrival)
        with self._turn:
            if not arrival.done:
                with self._guard:
                    batch, self._waiting = self._waiting, []
                self._write(batch)
        if arrival.refusal is not None:
            raise arrival.refusal
        if arrival.kept is None:
            raise Refusal("STORAGE_UNAVAILABLE")
        return arrival.kept

    def _write(self, batch: Sequence[Arrival]) -> None:
        try:
            with self.database.write() as session:
                decided = _decide(session, batch, int(self.clock()))
            for arrival, outcome in zip(batch, decided, strict=True):
                if isinstance(outcome, Refusal):
                    arrival.refusal = outcome
                else:
                    arrival.kept = outcome
        except SQLAlchemyError:
            for arrival in batch:
                arrival.refusal = Refusal("STORAGE_UNAVAILABLE")
        finally:
            for arrival in batch:
                arrival.done = True


def _decide(session: Session, batch: Sequence[Arrival], now: int) -> list[Kept | Refusal]:
    """Decide on each arrival and write the new ones. Nothing of it is true before the commit."""
    by_meeting: dict[Meeting, list[int]] = {}
    for at, arrival in enumerate(batch):
        by_meeting.setdefault(arrival.meeting, []).append(at)
    outcomes: dict[int, Kept | Refusal] = {}
    for meeting in sorted(by_meeting):
        places = by_meeting[meeting]
        found = _decide_meeting(session, meeting, [batch[at] for at in places], now)
        outcomes.update(zip(places, found, strict=True))
    return [outcomes[at] for at in range(len(batch))]


def _decide_meeting(
    session: Session, meeting: Meeting, batch: Sequence[Arrival], now: int
) -> list[Kept | Refusal]:
    last = first = _lock_sequence(session, meeting)
    voters = {arrival.voter for arrival in batch}
    earlier = _earlier(session, meeting, voters)
    keys = _keys(session, meeting, voters)
    outcomes: list[Kept | Refusal] = []
    new: list[tuple[Arrival, int, Kept]] = []
    for arrival in batch:
        before = earlier.get(arrival.voter, [])
        same = next((b for b in before if b["ballot_hash"] == arrival.ballot_hash), None)
        standing = next((b for b in before if b["state"] != ItemState.REFUSED), None)
        refusal = _refusal(arrival, keys.get(arrival.voter), same, standing)
        if refusal is not None:
            outcomes.append(refusal)
        elif same is not None and same["state"] != ItemState.REFUSED:
            outcomes.append(Kept(same["sequence"], same["received_at"], repeated=True))
        else:
            last += 1
            kept = Kept(last, arrival.received_at, repeated=False)
            new.append((arrival, len(before), kept))
            earlier.setdefault(arrival.voter, []).append(_as_row(arrival, kept))
            outcomes.append(kept)
    _insert(session, meeting, new, now)
    if last != first:
        session.execute(
            update(_SEQUENCE)
            .where(_SEQUENCE.c.community_id == meeting[0], _SEQUENCE.c.meeting == meeting[1])
            .values(last=last)
        )
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
    if voter["key"] != arrival.signer:
        return Refusal("BALLOT_SIGNATURE_INVALID")
    if standing is not None and standing["ballot_hash"] != arrival.ballot_hash:
        return Refusal("BALLOT_DIFFERENT_RECEIVED")
    return None if standing is not None else arrival.refuse_new


_BALLOT: Table = Ballot.__table__  # type: ignore[assignment]
_SEQUENCE: Table = BallotSequence.__table__  # type: ignore[assignment]
_ITEM: Table = RelayItem.__table__  # type: ignore[assignment]
_ROLL: Table = IndexedRoll.__table__  # type: ignore[assignment]
_KEY: Table = IndexedKey.__table__  # type: ignore[assignment]


def _lock_sequence(session: Session, meeting: Meeting) -> int:
    """Give the meeting's last number and keep other processes out of the meeting until the commit."""
    query = (
        select(_SEQUENCE.c.last)
        .where(_SEQUENCE.c.community_id == meeting[0], _SEQUENCE.c.meeting == meeting[1])
        .with_for_update()
    )
    last = session.scalar(query)
    if last is None:
        dialect = session.get_bind().dialect.name
        put = (postgresql_insert if dialect == "postgresql" else sqlite_insert)(_SEQUENCE)
        row = {"community_id": meeting[0], "meeting": meeting[1], "last": 0}
        session.execute(put.values(row).on_conflict_do_nothing())
        last = session.scalar(query)
    return int(last or 0)


def _earlier(session: Session, meeting: Meeting, voters: set[int]) -> dict[int, list[Row]]:
    rows = session.execute(
        select(
            _BALLOT.c.voter,
            _BALLOT.c.ballot_hash,
            _BALLOT.c.record,
            _BALLOT.c.sequence,
            _BALLOT.c.received_at,
            _ITEM.c.state,
        )
        .join_from(_BALLOT, _ITEM, _ITEM.c.id == _BALLOT.c.item_id)
        .where(
            _BALLOT.c.community_id == meeting[0], _BALLOT.c.meeting == meeting[1], _BALLOT.c.voter.in_(voters)
        )
        .order_by(_BALLOT.c.attempt.desc())
    ).mappings()
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["voter"], []).append(row)
    return found


def _keys(session: Session, meeting: Meeting, voters: set[int]) -> dict[int, RowMapping]:
    """Voters of the roll with the key that speaks for each now, if any."""
    rows = session.execute(
        select(_ROLL.c.voter, _KEY.c.key)
        .join_from(
            _ROLL,
            _KEY,
            (_KEY.c.community_id == _ROLL.c.community_id)
            & (_KEY.c.voter == _ROLL.c.voter)
            & _KEY.c.until_block.is_(None),
            isouter=True,
        )
        .where(_ROLL.c.community_id == meeting[0], _ROLL.c.meeting == meeting[1], _ROLL.c.voter.in_(voters))
    ).mappings()
    return {row["voter"]: row for row in rows}


def _as_row(arrival: Arrival, kept: Kept) -> Row:
    return {
        "ballot_hash": arrival.ballot_hash,
        "record": arrival.record,
        "sequence": kept.sequence,
        "received_at": kept.received_at,
        "state": ItemState.QUEUED,
    }


def _insert(session: Session, meeting: Meeting, new: Sequence[tuple[Arrival, int, Kept]], now: int) -> None:
    """Write outbox rows and ballots."""
    if not new:
        return
    items = session.execute(
        insert(_ITEM).returning(_ITEM.c.id, sort_by_parameter_order=True),
        [
            {
                "kind": ItemKind.BALLOT.value,
                "community_id": meeting[0],
                "target": arrival.contract,
                "group_number": meeting[1],
                "body": arrival.record,
                "reference": "0x" + arrival.ballot_hash.hex(),
                "state": ItemState.QUEUED.value,
                "attempts": 0,
                "created_at": now,
            }
            for arrival, _, _ in new
        ],
    ).scalars()
    session.execute(
        insert(_BALLOT),
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
                "item_id": item_id,
            }
            for (arrival, attempt, kept), item_id in zip(new, items, strict=True)
        ],
    )
