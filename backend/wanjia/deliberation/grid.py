"""The grid: which worker looks after which building, and what waits for whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.lines import WAITING, overdue
from wanjia.deliberation.models import Concern, ConcernEntry, GridAssignment
from wanjia.deliberation.reading import LEVEL_OF, staff_reads, to_settle
from wanjia.domain.concerns import DAY, LEVEL_ROLES, ConcernState, Level
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_order
from wanjia.identity.locks import lock_subject
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.staff_models import Staff
from wanjia.roll.models import Unit

COMMON = ""
"""The place of what is nobody's building: common areas of the whole community."""


@dataclass(frozen=True, slots=True)
class Post:
    """A building (empty: common areas) and its worker, if it has one."""

    building: str
    username: str | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Every place of the community, and the workers one can choose from."""

    posts: Sequence[Post]
    workers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Digest:
    """Counts of what waits: for the grid what they have to settle, for others all they read."""

    new: int
    due: int
    """Due within a day."""
    overdue: int
    urgent: int
    appeals: int


class GridPosts:
    """Keeps the assignments and counts what waits."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def read(self, staff: StaffLogin) -> Grid:
        """Give every place with its worker."""
        with self._database.read() as session:
            return _grid(session, staff.community_id or 0)

    def assign(self, staff: StaffLogin, building: str, username: str | None) -> Grid:
        """Give a place to a worker, or to nobody: then it is every worker's.

        Raises ``Refusal``: ``CONCERN_PLACE``, ``GRID_WORKER_UNKNOWN``.
        """
        community = staff.community_id or 0
        with self._database.write() as session:
            lock_subject(session, b"grid" + community.to_bytes(8, "big")[-4:])
            if building not in {post.building for post in _grid(session, community).posts}:
                raise Refusal("CONCERN_PLACE")
            worker = _worker(session, community, username) if username is not None else None
            known = session.scalar(
                select(GridAssignment).where(
                    GridAssignment.community_id == community, GridAssignment.building == building
                )
            )
            if known is not None and worker is not None:
                known.staff_id = worker.id
            elif known is not None:
                session.delete(known)
            elif worker is not None:
                session.add(GridAssignment(community_id=community, building=building, staff_id=worker.id))
            whom = f"staff {worker.id}" if worker else "nobody"
            log_act(session, staff, self._clock(), "grid.assign", f"building {building or '-'}: {whom}")
            session.flush()
            return _grid(session, community)

    def digest(self, staff: StaffLogin) -> Digest:
        """Count what waits for a member of staff now."""
        now = self._clock()
        scope = to_settle(staff) if staff.role in LEVEL_OF else staff_reads(staff)
        waiting = Concern.state.in_(WAITING)
        with self._database.read() as session:

            def count(*conditions: ColumnElement[bool]) -> int:
                return session.scalar(select(func.count()).where(scope, *conditions)) or 0

            appeals = select(func.count(func.distinct(ConcernEntry.about))).join(
                Concern, Concern.id == ConcernEntry.concern_id
            )
            return Digest(
                new=count(Concern.state == ConcernState.RAISED),
                due=count(waiting, Concern.due_at.between(now, now + DAY)),
                overdue=count(overdue(now)),
                urgent=count(waiting, Concern.urgent.is_(True)),
                appeals=session.scalar(appeals.where(staff_reads(staff), waiting_appeal())) or 0,
            )


def waiting_appeal() -> ColumnElement[bool]:
    """Tell which entries are appeals that wait for the supervisor."""
    decided = select(ConcernEntry.about).where(
        ConcernEntry.kind.in_(("shown", "upheld")), ConcernEntry.about.is_not(None)
    )
    return and_(ConcernEntry.kind == "appeal", ConcernEntry.about.not_in(decided))


def _worker(session: Session, community: int, username: str) -> Staff:
    found = session.scalar(
        select(Staff).where(
            Staff.username == username,
            Staff.community_id == community,
            Staff.role == LEVEL_ROLES[Level.WORKER],
            Staff.active,
        )
    )
    if found is None:
        raise Refusal("GRID_WORKER_UNKNOWN")
    return found


def _grid(session: Session, community: int) -> Grid:
    buildings = session.scalars(select(Unit.building).where(Unit.community_id == community).distinct())
    rows = session.execute(
        select(GridAssignment.building, Staff.username)
        .join(Staff, Staff.id == GridAssignment.staff_id)
        .where(GridAssignment.community_id == community)
    )
    named = {row[0]: row[1] for row in rows}
    workers = session.scalars(
        select(Staff.username)
        .where(Staff.community_id == community, Staff.role == LEVEL_ROLES[Level.WORKER], Staff.active)
        .order_by(Staff.username)
    )
    places = [COMMON, *sorted(buildings, key=address_order)]
    return Grid([Post(place, named.get(place)) for place in places], list(workers))
