"""What staff read of concerns, and what they may do with one now."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.grid import waiting_appeal
from wanjia.deliberation.lines import ENDED, WAITING, Page, Reader, overdue, page_of
from wanjia.deliberation.models import Concern, ConcernEntry
from wanjia.deliberation.moderation import HIDERS, open_appeals
from wanjia.deliberation.reading import entry_of, reads_talk, staff_concern, staff_reads, to_settle
from wanjia.deliberation.showing import Whole, photo_of, whole_of
from wanjia.deliberation.views import STATES
from wanjia.domain.concerns import ConcernState, Level
from wanjia.identity.files import EvidenceFile
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.vault import Vault

_STAFF = Reader(staff=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which concerns to list; empty fields ask for all."""

    state: str | None = None
    level: int | None = None
    building: str | None = None
    kind: str | None = None
    overdue: bool = False
    mine: bool = False
    """What the reader has to settle."""
    appealed: bool = False
    """With an appeal that waits for the supervisor."""


@dataclass(frozen=True, slots=True)
class Handled:
    """A concern as staff see it. ``appeals`` are the hidden entries that wait for the supervisor."""

    whole: Whole
    can: tuple[str, ...]
    appeals: tuple[int, ...]


class DeskViews:
    """Reads concerns for staff. What they may not read raises ``Refusal("NOT_FOUND")``."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def listed(self, staff: StaffLogin, asked: Asked, page: int) -> Page:
        """Give a page: what is due first comes first, what has ended last."""
        now = self._clock()
        chosen = _chosen(staff, asked, now).order_by(
            Concern.due_at.is_(None), Concern.due_at, Concern.number.desc()
        )
        with self._database.read() as session:
            return page_of(session, self._vault, chosen, _STAFF, page, now)

    def read(self, staff: StaffLogin, number: int) -> Handled:
        """Give one concern whole."""
        with self._database.read() as session:
            concern = staff_concern(session, staff, number)
            talk = reads_talk(session, staff, concern)
            whole = whole_of(session, self._vault, concern, _STAFF, self._clock(), talk=talk)
            appeals = tuple(sorted(open_appeals(session, concern)))
            return Handled(whole, _can(session, staff, concern, appeals), appeals)

    def photo(self, staff: StaffLogin, number: int, entry_id: int, photo: int) -> EvidenceFile:
        """Open a photograph."""
        with self._database.read() as session:
            concern = staff_concern(session, staff, number)
            entry = entry_of(session, concern, entry_id)
            talk = reads_talk(session, staff, concern)
            return photo_of(session, self._vault, entry, photo, _STAFF, talk=talk)


def _chosen(staff: StaffLogin, asked: Asked, now: int) -> Select[Concern]:
    chosen = select(Concern).where(staff_reads(staff))
    if asked.state is not None:
        chosen = chosen.where(Concern.state.in_(STATES[asked.state]))
    if asked.level is not None:
        chosen = chosen.where(Concern.level == asked.level)
    if asked.building is not None:
        chosen = chosen.where(Concern.building == asked.building)
    if asked.kind is not None:
        chosen = chosen.where(Concern.kind == asked.kind)
    if asked.overdue:
        chosen = chosen.where(overdue(now))
    if asked.mine:
        chosen = chosen.where(to_settle(staff), Concern.state.in_(WAITING))
    if asked.appealed:
        chosen = chosen.where(Concern.id.in_(select(ConcernEntry.concern_id).where(waiting_appeal())))
    return chosen


def _can(session: Session, staff: StaffLogin, concern: Concern, appeals: tuple[int, ...]) -> tuple[str, ...]:
    """Name what a member of staff may do with a concern now."""
    theirs = session.scalar(select(Concern.id).where(Concern.id == concern.id, to_settle(staff))) is not None
    waiting = theirs and concern.state in WAITING
    can = {
        "take": theirs and concern.state == ConcernState.RAISED,
        "note": theirs and concern.state == ConcernState.TAKEN,
        "talk": theirs and concern.state not in ENDED,
        "answer": waiting,
        "climb": waiting and concern.level < Level.CENTRE,
        "hide": staff.role in HIDERS and concern.public,
        "decide": staff.role == "supervisor" and bool(appeals),
    }
    return tuple(name for name, allowed in can.items() if allowed)
