"""Who reads what. What somebody may not read answers as if it did not exist.

Public concerns: every resident and official of the community. Private ones: who raised them, and the grid up to the
level they have reached, of the worker's level the worker of the place.
"""

from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from wanjia.deliberation.models import Concern, ConcernEntry, GridAssignment
from wanjia.deliberation.residents import ResidentLogin
from wanjia.domain.concerns import LEVEL_ROLES, Level
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin

LEVEL_OF: Final = {role: level for level, role in LEVEL_ROLES.items()}
"""The level of each grid role."""


def resident_reads(resident: ResidentLogin) -> ColumnElement[bool]:
    """Tell which concerns a resident reads."""
    return and_(
        Concern.community_id == resident.community_id,
        or_(Concern.public, Concern.resident_id == resident.resident_id),
    )


def staff_reads(staff: StaffLogin) -> ColumnElement[bool]:
    """Tell which concerns a member of staff reads."""
    here = Concern.community_id == (staff.community_id or 0)
    return and_(here, or_(Concern.public, _reads_private(staff)))


def _reads_private(staff: StaffLogin) -> ColumnElement[bool]:
    level = LEVEL_OF.get(staff.role)
    if level is None:
        return false()
    return in_charge(staff) if level is Level.WORKER else Concern.level >= level


def in_charge(staff: StaffLogin) -> ColumnElement[bool]:
    """Tell which concerns are of a place this grid worker looks after; a place without a worker is every worker's."""
    places = select(GridAssignment.building).where(GridAssignment.community_id == (staff.community_id or 0))
    own = places.where(GridAssignment.staff_id == staff.staff_id)
    return or_(Concern.building.in_(own), Concern.building.not_in(places))


def to_settle(staff: StaffLogin) -> ColumnElement[bool]:
    """Tell which concerns this member of the grid has to settle: those at their level, a worker's of their places."""
    level = LEVEL_OF.get(staff.role)
    if level is None:
        return false()
    at_level = and_(Concern.community_id == (staff.community_id or 0), Concern.level == level)
    return and_(at_level, in_charge(staff)) if level is Level.WORKER else at_level


def reads_talk(session: Session, staff: StaffLogin, concern: Concern) -> bool:
    """Tell whether a member of staff reads what was said in private: as if the concern were private."""
    private = select(Concern.id).where(Concern.id == concern.id, _reads_private(staff))
    return session.scalar(private) is not None


def resident_concern(
    session: Session, resident: ResidentLogin, number: int, *, change: bool = False
) -> Concern:
    """Find a concern a resident reads; ``change`` holds its row. Raises ``Refusal("NOT_FOUND")``."""
    return _one(session, number, resident_reads(resident), change=change)


def staff_concern(session: Session, staff: StaffLogin, number: int, *, change: bool = False) -> Concern:
    """Find a concern a member of staff reads; ``change`` holds its row. Raises ``Refusal("NOT_FOUND")``."""
    return _one(session, number, staff_reads(staff), change=change)


def _one(session: Session, number: int, readable: ColumnElement[bool], *, change: bool) -> Concern:
    asked = select(Concern).where(readable, Concern.number == number)
    found = session.scalar(asked.with_for_update() if change else asked)
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def entry_of(session: Session, concern: Concern, entry_id: int) -> ConcernEntry:
    """Find an entry of a concern. Raises ``Refusal("NOT_FOUND")``."""
    entry = session.get(ConcernEntry, entry_id)
    if entry is None or entry.concern_id != concern.id:
        raise Refusal("NOT_FOUND")
    return entry


def raised_entry(session: Session, concern: Concern) -> ConcernEntry:
    """Give the entry by which a concern was raised."""
    return session.scalars(
        select(ConcernEntry)
        .where(ConcernEntry.concern_id == concern.id, ConcernEntry.kind == "raised")
        .limit(1)
    ).one()
