"""The privacy check at the desk: of a plan, and of a convened meeting against its sealed roll."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.index.models import IndexedMeeting
from wanjia.index.views import published_roll
from wanjia.meetings.lookup import documents_of, draft_of, find_meeting
from wanjia.meetings.models import Document
from wanjia.meetings.plan_models import MeetingPlan
from wanjia.meetings.privacy import PrivacyCheck, check_privacy
from wanjia.privacy.document import DOCUMENT_NAME, read_back
from wanjia.privacy.figures import Figures, figures_of


@dataclass(frozen=True, slots=True)
class MeetingPrivacy:
    """What the document frozen with a secret meeting says, and the same figures of its sealed roll."""

    document: bytes | None
    """Its hash; empty for a meeting convened without one."""
    reported: Figures | None
    sealed: Figures | None
    """Empty until the roll is sealed."""


class PrivacyViews:
    """Reads privacy checks; every call is about the caller's own community."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, staff: StaffLogin, plan_id: int) -> PrivacyCheck:
        """Check the roll in force within a plan's scope.

        Raises ``Refusal``: ``NOT_FOUND``, ``SCOPE_INVALID``, ``ROLL_SCOPE_UNKNOWN``.
        """
        with self._database.read() as session:
            plan = session.get(MeetingPlan, plan_id)
            if plan is None or plan.community_id != staff.community_id:
                raise Refusal("NOT_FOUND")
            return check_privacy(session, plan.community_id, plan.content["scope"])

    def meeting(self, staff: StaffLogin, slug: str, number: int) -> MeetingPrivacy:
        """Compare a secret meeting's sealed roll with its document. Raises ``Refusal("NOT_FOUND")`` for others."""
        with self._database.read() as session:
            community, meeting = find_meeting(session, slug, number)
            if community.id != staff.community_id or meeting.ballots != "secret":
                raise Refusal("NOT_FOUND")
            found = _reported(session, meeting)
            sealed = published_roll(session, meeting) if meeting.sealed_at is not None else {}
            return MeetingPrivacy(
                document=found[0] if found else None,
                reported=found[1] if found else None,
                sealed=figures_of([area for area in sealed.values() if area > 0]) if sealed else None,
            )


def _reported(session: Session, meeting: IndexedMeeting) -> tuple[bytes, Figures] | None:
    """The check among a meeting's frozen documents: right after the notice."""
    for line in documents_of(session, draft_of(session, meeting))[1:2]:
        kept = session.get(Document, line.hash)
        figures = read_back(kept.content.decode("utf-8", "replace")) if kept else None
        if line.name == DOCUMENT_NAME and figures:
            return line.hash, figures
    return None
