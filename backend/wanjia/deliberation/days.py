"""Closes the days: the leaves of a community's entries of a day become one root, anchored in the Notary by the relay.

The root and the relay's job are written in one transaction, so that a day is closed once whatever is killed in between.
"""

from datetime import UTC, datetime
from typing import Final

from eth_utils import keccak
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wanjia.chain import contracts
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.deliberation.merkle import root_of
from wanjia.deliberation.models import Concern, ConcernDay, ConcernEntry
from wanjia.domain.concerns import DAY, HOUR
from wanjia.identity.locks import lock_subject
from wanjia.relay.models import ItemKind, ItemState, RelayItem
from wanjia.relay.service import enqueue_call

SHANGHAI: Final = 8 * HOUR
"""Seconds Asia/Shanghai is ahead of UTC, all the year."""
GRACE: Final = HOUR // 4
"""Seconds after midnight in which what was written before it arrives."""
RETRY: Final = HOUR
_AT_ONCE = 30
"""Days of a community in one turn."""


def day_of(at: int) -> int:
    """Give the day of a time (UTC seconds): days since 1970-01-01 in Asia/Shanghai."""
    return (at + SHANGHAI) // DAY


def date_of(day: int) -> str:
    """Write a day as ``YYYY-MM-DD``."""
    return datetime.fromtimestamp(day * DAY, UTC).strftime("%Y-%m-%d")


def subject_of(day: int) -> bytes:
    """Give the subject under which a day's root is anchored."""
    return keccak(text=f"wanjia/concerns/{date_of(day)}")


def leaves_of(session: Session, community_id: int, day: int) -> list[bytes]:
    """Give the leaves of a community's entries of a day."""
    begins = day * DAY - SHANGHAI
    return list(
        session.scalars(
            select(ConcernEntry.leaf)
            .join(Concern, Concern.id == ConcernEntry.concern_id)
            .where(
                Concern.community_id == community_id,
                ConcernEntry.at >= begins,
                ConcernEntry.at < begins + DAY,
            )
        )
    )


class ConcernDays:
    """Closes what has ended and asks again for what the contract refused."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def turn(self, now: int) -> int:
        """Close the days that have ended and have entries, some at a time; gives how many."""
        with self._database.read() as session:
            communities = session.scalars(select(Community.id)).all()
            refused = session.scalars(_refused(now)).all()
        for row in refused:
            self._again(row.id, now)
        return sum(self._catch_up(community, now) for community in communities)

    def _catch_up(self, community_id: int, now: int) -> int:
        for closed in range(_AT_ONCE):
            with self._database.read() as session:
                day = _next_day(session, community_id, now)
            if day is None or not self._close(community_id, day):
                return closed
        return _AT_ONCE

    def _close(self, community_id: int, day: int) -> bool:
        with self._database.write() as session:
            lock_subject(session, b"cday" + community_id.to_bytes(8, "big")[-4:])
            known = select(ConcernDay.id).where(
                ConcernDay.community_id == community_id, ConcernDay.day == day
            )
            if session.scalar(known) is not None:
                return False
            leaves = leaves_of(session, community_id, day)
            row = ConcernDay(community_id=community_id, day=day, root=root_of(leaves), entries=len(leaves))
            row.call_id = _enqueue(session, row)
            session.add(row)
            return True

    def _again(self, row_id: int, now: int) -> None:
        with self._database.write() as session:
            row = session.scalar(_refused(now).where(ConcernDay.id == row_id).with_for_update(of=ConcernDay))
            if row is not None:
                row.call_id = _enqueue(session, row)


def _enqueue(session: Session, row: ConcernDay) -> int:
    notary = session.get_one(Community, row.community_id).notary_address
    call = contracts.notary().encode("anchor", row.root, subject_of(row.day))
    reference = f"concerns:{row.community_id}:{date_of(row.day)}"
    return enqueue_call(session, ItemKind.CALL, notary, call, reference, community_id=row.community_id)


def _next_day(session: Session, community_id: int, now: int) -> int | None:
    """Give the first day that has entries, has ended and is not closed."""
    last = session.scalar(select(func.max(ConcernDay.day)).where(ConcernDay.community_id == community_id))
    after = 0 if last is None else (last + 1) * DAY - SHANGHAI
    first = session.scalar(
        select(func.min(ConcernEntry.at))
        .join(Concern, Concern.id == ConcernEntry.concern_id)
        .where(Concern.community_id == community_id, ConcernEntry.at >= after)
    )
    if first is None or day_of(first) >= day_of(now - GRACE):
        return None
    return day_of(first)


def _refused(now: int) -> Select[ConcernDay]:
    """Ask for the days whose anchoring the contract refused a while ago: the operator's role may have been missing."""
    return (
        select(ConcernDay)
        .join(RelayItem, RelayItem.id == ConcernDay.call_id)
        .where(
            RelayItem.state == ItemState.REFUSED,
            RelayItem.settled_at < now - RETRY,
            func.coalesce(RelayItem.reason, "").not_like("%NotaryAlreadyAnchored%"),
        )
    )
