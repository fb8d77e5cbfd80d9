"""What waits for a member of staff: counted for the first page of the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.identity.key_change_list import KeyChangeList
from wanjia.identity.review_models import Review
from wanjia.identity.sessions import StaffLogin
from wanjia.index.models import IndexedMeeting
from wanjia.index.offices import offices
from wanjia.meetings.courses import Courses
from wanjia.meetings.lookup import draft_of
from wanjia.meetings.next_steps import Standing, Step

CALLED_FOR = frozenset(
    {
        *("consent", "publish-roll", "seal-roll", "answer-objection"),
        *("trustee-seats", "propose-trustees", "confirm-trustees"),
    }
)
"""Steps a meeting cannot go on without; extending and voiding are never called for."""
OTHERS_KEYS, OTHERS_DECRYPT = "make-keys", "decrypt"
"""Steps of trustees, whom officials have to remind."""
REMINDED = 5 * 86_400
"""Seconds before the opening from which on keys that are not made wait for the officials too."""
URGENT = 3 * 86_400
"""Seconds before the opening from which on a step is urgent: without it the meeting lapses."""


@dataclass(frozen=True, slots=True)
class MeetingWaits:
    """A meeting's step that the reader's role can take now, or has to remind trustees of.

    ``not_after`` in UTC seconds of the chain; ``urgent`` where little is left of the time and the meeting would lapse.
    """

    meeting: int
    title: str
    step: str
    not_after: int | None
    urgent: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: meetings' steps, and numbers of reviews, changes of keys and of roles."""

    meetings: Sequence[MeetingWaits]
    reviews: int
    key_changes: int
    roles: int


class WaitingList:
    """Counts what waits for a reader's role in their own community; nothing waits for the operator here."""

    def __init__(
        self, database: Database, courses: Courses, key_changes: KeyChangeList, clock: Callable[[], int]
    ) -> None:
        self._database = database
        self._courses = courses
        self._key_changes = key_changes
        self._clock = clock

    def read(self, staff: StaffLogin) -> Waiting:
        """Give what waits for ``staff``."""
        if staff.community_id is None:
            return Waiting([], 0, 0, 0)
        supervisor = staff.role == "supervisor"
        with self._database.read() as session:
            community = session.get_one(Community, staff.community_id)
            titles = _running(session, community.id)
            reviews = _pending_reviews(session, community.id) if supervisor else 0
            changes = self._key_changes.waiting(session, community.id) if supervisor else 0
            proposals = offices(session, community.id).proposals
        meetings = [
            MeetingWaits(number, title, step.name, step.not_after, _lacks_time(step, course.chain_time))
            for number, title in titles
            for course in [self._courses.course(staff, community.slug, number)]
            for step in course.steps
            if _called_for(step, staff.role) or _to_remind_of(step, course.chain_time)
        ]
        return Waiting(meetings, reviews, changes, sum(one.confirms == staff.role for one in proposals))


def _called_for(step: Step, role: str) -> bool:
    """A roll may be published again until it is sealed: it waits only while there is none."""
    return (
        step.role == role
        and step.standing is Standing.POSSIBLE
        and step.name in CALLED_FOR
        and step.done_at is None
    )


def _to_remind_of(step: Step, now: int) -> bool:
    """Trustees have no desk: keys that are not there as the opening nears, and sums that nobody opens, wait here."""
    if step.name == OTHERS_KEYS and step.standing is Standing.POSSIBLE:
        return step.not_after is not None and step.not_after - now < REMINDED
    return step.name == OTHERS_DECRYPT and step.standing is Standing.POSSIBLE


def _lacks_time(step: Step, now: int) -> bool:
    return (
        step.name not in {"answer-objection", OTHERS_DECRYPT}
        and step.not_after is not None
        and step.not_after - now < URGENT
    )


def _running(session: Session, community_id: int) -> list[tuple[int, str]]:
    """Numbers and titles of the meetings that are neither final nor void; no title when convened elsewhere."""
    rows = session.scalars(
        select(IndexedMeeting)
        .where(
            IndexedMeeting.community_id == community_id,
            IndexedMeeting.final_at.is_(None),
            IndexedMeeting.void_at.is_(None),
        )
        .order_by(IndexedMeeting.number)
    )
    drafts = [(row.number, draft_of(session, row)) for row in rows]
    return [(number, draft.title if draft else "") for number, draft in drafts]


def _pending_reviews(session: Session, community_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Review)
            .where(Review.community_id == community_id, Review.state == "pending")
        )
        or 0
    )
