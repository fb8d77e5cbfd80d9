"""Owners object to lines of a published roll before it is sealed; the committee answers each (rulebook 2)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_part
from wanjia.domain.states import MeetingState
from wanjia.identity.locks import lock_subject
from wanjia.identity.sessions import OwnerLogin, StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault
from wanjia.index.models import IndexedMeeting
from wanjia.index.views import chain_time, meeting_state
from wanjia.meetings.lookup import find_meeting
from wanjia.roll.objection_models import RollObjection
from wanjia.roll.service import find_unit

OPEN_PER_OWNER = 5
"""Objections of one owner that may wait for an answer at once in a meeting."""
LONGEST_PART = 40


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One objection with its answer. ``listed``: the roll in force has the line."""

    id: int
    building: str
    entrance: str
    number: str
    listed: bool
    text: str
    created_at: int
    outcome: str | None
    answer: str | None
    answered_at: int | None


class RollObjections:
    """Takes objections from logged-in owners and answers from the committee."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def object(
        self, owner: OwnerLogin, slug: str, number: int, address: tuple[str, str, str], text: str
    ) -> ObjectionView:
        """Take an objection to a line, which may be one that is missing.

        Raises ``Refusal``: ``NOT_FOUND`` (also for another community), ``ROLL_OBJECTION_NOT_NOW``,
        ``ROLL_OBJECTION_LIMIT``.
        """
        building, entrance, room = (
            address_part(part, given)[:LONGEST_PART]
            for part, given in zip(("building", "entrance", "number"), address, strict=True)
        )
        with self._database.write() as session:
            meeting = _meeting_of(session, owner.community_id, slug, number)
            if not objecting(meeting, chain_time(session, self._clock())):
                raise Refusal("ROLL_OBJECTION_NOT_NOW")
            lock_subject(session, b"objn" + owner.owner_id.to_bytes(8, "big")[-4:])
            waiting = session.scalar(
                select(func.count()).where(
                    RollObjection.owner_id == owner.owner_id,
                    RollObjection.community_id == owner.community_id,
                    RollObjection.meeting == number,
                    RollObjection.outcome.is_(None),
                )
            )
            if (waiting or 0) >= OPEN_PER_OWNER:
                raise Refusal("ROLL_OBJECTION_LIMIT", limit=OPEN_PER_OWNER)
            objection = RollObjection(
                community_id=owner.community_id,
                meeting=number,
                owner_id=owner.owner_id,
                building=building,
                entrance=entrance,
                number=room,
                text=self._vault.seal(text),
                created_at=self._clock(),
            )
            session.add(objection)
            session.flush()
            return self._view(session, objection)

    def of_owner(self, owner: OwnerLogin, slug: str, number: int) -> list[ObjectionView]:
        """Give an owner's objections in a meeting, the latest first. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.read() as session:
            _meeting_of(session, owner.community_id, slug, number)
            rows = session.scalars(
                _in_meeting(owner.community_id, number).where(RollObjection.owner_id == owner.owner_id)
            )
            return [self._view(session, row) for row in rows]

    def of_meeting(self, staff: StaffLogin, slug: str, number: int) -> list[ObjectionView]:
        """Give all objections of a meeting, the latest first; that they were read is logged.

        Raises ``Refusal("NOT_FOUND")``, also for another community.
        """
        with self._database.write() as session:
            meeting = _meeting_of(session, staff.community_id, slug, number)
            rows = session.scalars(_in_meeting(meeting.community_id, number)).all()
            if rows:
                log_act(
                    session, staff, self._clock(), "objections.read", f"meeting {number}: {len(rows)} of roll"
                )
            return [self._view(session, row) for row in rows]

    def answer(
        self, staff: StaffLogin, slug: str, number: int, objection: int, outcome: str, text: str
    ) -> ObjectionView:
        """Answer an objection, once. Raises ``Refusal``: ``NOT_FOUND``, ``ROLL_OBJECTION_ANSWERED``."""
        with self._database.write() as session:
            meeting = _meeting_of(session, staff.community_id, slug, number)
            row = session.get(RollObjection, objection, with_for_update=True)
            if row is None or (row.community_id, row.meeting) != (meeting.community_id, number):
                raise Refusal("NOT_FOUND")
            if row.outcome is not None:
                raise Refusal("ROLL_OBJECTION_ANSWERED")
            now = self._clock()
            row.outcome, row.answer = outcome, self._vault.seal(text)
            row.answered_by, row.answered_at = staff.staff_id, now
            log_act(
                session, staff, now, "objection.answer", f"objection {row.id} to the roll of meeting {number}"
            )
            session.flush()
            return self._view(session, row)

    def _view(self, session: Session, row: RollObjection) -> ObjectionView:
        unit = find_unit(session, row.community_id, row.building, row.entrance, row.number)
        return ObjectionView(
            id=row.id,
            building=row.building,
            entrance=row.entrance,
            number=row.number,
            listed=unit is not None,
            text=self._vault.open(row.text) if row.text else "",
            created_at=row.created_at,
            outcome=row.outcome,
            answer=self._vault.open(row.answer) if row.answer else None,
            answered_at=row.answered_at,
        )


def objecting(meeting: IndexedMeeting, now: int) -> bool:
    """Tell whether the roll is published and not yet sealed, at chain time ``now``."""
    early = meeting_state(meeting, now) in (MeetingState.CONVENED, MeetingState.NOTICE)
    return early and meeting.roll_published_at is not None and meeting.sealed_at is None


def _in_meeting(community_id: int, number: int) -> Select[RollObjection]:
    return (
        select(RollObjection)
        .where(RollObjection.community_id == community_id, RollObjection.meeting == number)
        .order_by(RollObjection.id.desc())
    )


def _meeting_of(session: Session, community_id: int | None, slug: str, number: int) -> IndexedMeeting:
    community, meeting = find_meeting(session, slug, number)
    if community.id != community_id:
        raise Refusal("NOT_FOUND")
    return meeting
