"""One meeting as its officials see it: what happened and when, and what can happen next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.index.models import IndexedEvent, IndexedMeeting
from wanjia.index.views import chain_time, meeting_state
from wanjia.meetings.lookup import draft_of, find_meeting
from wanjia.meetings.next_steps import Course, Step, steps_of
from wanjia.meetings.statements import meeting_events
from wanjia.meetings.trustee_steps import secret_steps
from wanjia.trustees.standing import trustee_facts


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a meeting's course: its name on the chain, chain time, transaction."""

    event: str
    at: int
    transaction: bytes


@dataclass(frozen=True, slots=True)
class CourseView:
    """State, history and steps; ``readable`` is whether this system has the texts behind the hashes."""

    state: str
    chain_time: int
    readable: bool
    roll_published_at: int | None
    sealed_at: int | None
    open_objections: int
    history: Sequence[Happened]
    steps: Sequence[Step]


class Courses:
    """Reads meetings' courses for officials of the community."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def course(self, staff: StaffLogin, slug: str, number: int) -> CourseView:
        """Give one meeting's course. Raises ``Refusal("NOT_FOUND")``, also for another community."""
        with self._database.read() as session:
            community, meeting = find_meeting(session, slug, number)
            if community.id != staff.community_id:
                raise Refusal("NOT_FOUND")
            events = meeting_events(session, community.id, number)
            course = _course(session, meeting, [event for event, _ in events], self._clock())
            facts = trustee_facts(session, community, meeting)
            return CourseView(
                state=course.state.name.lower(),
                chain_time=course.now,
                readable=draft_of(session, meeting) is not None,
                roll_published_at=meeting.roll_published_at,
                sealed_at=meeting.sealed_at,
                open_objections=course.open_objections,
                history=[Happened(event.name, at, event.transaction) for event, at in events],
                steps=list(secret_steps(course, facts) if facts else steps_of(course)),
            )


def _course(
    session: Session, meeting: IndexedMeeting, events: Sequence[IndexedEvent], machine_time: int
) -> Course:
    now = chain_time(session, machine_time)
    rules: dict[str, Any] = meeting.convening["rules"]
    names = [event.name for event in events]
    return Course(
        state=meeting_state(meeting, now),
        now=now,
        opens_at=meeting.opens_at,
        closes_at=meeting.closes_at,
        notice_period=int(rules["noticePeriod"]),
        roll_period=int(rules["rollPeriod"]),
        paper_period=int(rules["paperPeriod"]),
        consented_at=meeting.consented_at,
        roll_published_at=meeting.roll_published_at,
        sealed_at=meeting.sealed_at,
        declared_at=meeting.declared_at,
        objections_end_at=meeting.objections_end_at,
        final_at=meeting.final_at,
        void_at=meeting.void_at,
        open_objections=names.count("ObjectionRaised") - names.count("ObjectionAnswered"),
    )
