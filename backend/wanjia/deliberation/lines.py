"""Concerns as lists show them: the same line for residents and staff, filled in a few queries a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from wanjia.deliberation.models import Concern, ConcernEntry, ConcernFollow, ConcernSupport
from wanjia.deliberation.resident_models import Resident
from wanjia.domain.concerns import ConcernState
from wanjia.identity.vault import Vault

PAGE = 20
WAITING = (ConcernState.RAISED, ConcernState.TAKEN)
ENDED = (ConcernState.CLOSED, ConcernState.WITHDRAWN)
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: a resident sees their own hidden words, staff see all of them."""

    resident_id: int | None = None
    staff: bool = False

    def shows(self, hidden_at: int | None, author: int | None) -> bool:
        """Tell whether words are shown."""
        return hidden_at is None or self.staff or (author is not None and author == self.resident_id)


@dataclass(frozen=True, slots=True)
class Line:
    """One concern in a list. ``title`` and ``text`` (its beginning) are empty where hidden or destroyed."""

    number: int
    kind: str
    title: str | None
    text: str | None
    hidden: bool
    building: str
    entrance: str
    place: str
    public: bool
    urgent: bool
    state: str
    level: int
    due_at: int | None
    overdue: bool
    by: str
    """Kind of resident who raised it."""
    mine: bool
    supports: int
    supported: bool
    following: bool
    comments: int
    unread: int
    created_at: int
    first_answer_at: int | None
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of lines, and how many there are in all."""

    lines: Sequence[Line]
    total: int
    page: int


def overdue(now: int) -> ColumnElement[bool]:
    """Tell which concerns wait for an answer beyond their term."""
    return and_(Concern.state.in_(WAITING), Concern.due_at < now)


def page_of(
    session: Session, vault: Vault, asked: Select[Concern], reader: Reader, page: int, now: int
) -> Page:
    """Give a page of what was asked, in the order it was asked for."""
    total = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    rows = session.scalars(asked.offset((page - 1) * PAGE).limit(PAGE)).all()
    return Page(lines_of(session, vault, rows, reader, now), total, page)


def lines_of(session: Session, vault: Vault, rows: Sequence[Concern], reader: Reader, now: int) -> list[Line]:
    """Fill the lines of concerns."""
    ids = [row.id for row in rows]
    raised_by = select(Resident).where(Resident.id.in_([row.resident_id for row in rows]))
    kinds = {row.id: row.kind for row in session.scalars(raised_by)}
    supports = _counts(session, ConcernSupport.concern_id, ids)
    comments = _counts(session, ConcernEntry.concern_id, ids, ConcernEntry.kind == "comment")
    mine = reader.resident_id
    behind = ConcernSupport.resident_id == mine if mine else false()
    supported = _counts(session, ConcernSupport.concern_id, ids, behind)
    followed = {
        row.concern_id
        for row in session.scalars(
            select(ConcernFollow).where(
                ConcernFollow.concern_id.in_(ids),
                ConcernFollow.resident_id == (mine or 0),
            )
        )
    }
    unread = unread_by_concern(session, mine, ids) if mine else {}
    lines = []
    for row in rows:
        shown = reader.shows(row.hidden_at, row.resident_id)
        lines.append(
            Line(
                number=row.number,
                kind=row.kind,
                title=vault.open(row.title) if shown and row.title else None,
                text=vault.open(row.text)[:_EXCERPT] if shown and row.text else None,
                hidden=row.hidden_at is not None,
                building=row.building,
                entrance=row.entrance,
                place=row.place,
                public=row.public,
                urgent=row.urgent,
                state=row.state,
                level=row.level,
                due_at=row.due_at,
                overdue=row.state in WAITING and row.due_at is not None and row.due_at < now,
                by=kinds[row.resident_id],
                mine=row.resident_id == mine,
                supports=supports.get(row.id, 0),
                supported=row.id in supported,
                following=row.id in followed,
                comments=comments.get(row.id, 0),
                unread=unread.get(row.id, 0),
                created_at=row.created_at,
                first_answer_at=row.first_answer_at,
                ended_at=row.ended_at,
            )
        )
    return lines


def unread_by_concern(session: Session, resident_id: int, ids: Sequence[int] | None = None) -> dict[int, int]:
    """Count, for each followed concern, the entries of others that the follower may read and has not."""
    asked = (
        select(ConcernEntry.concern_id, func.count())
        .join(ConcernFollow, ConcernFollow.concern_id == ConcernEntry.concern_id)
        .join(Concern, Concern.id == ConcernEntry.concern_id)
        .where(
            ConcernFollow.resident_id == resident_id,
            ConcernEntry.id > ConcernFollow.seen,
            ConcernEntry.resident_id.is_distinct_from(resident_id),
            (ConcernEntry.kind.not_in(("talk", "appeal"))) | (Concern.resident_id == resident_id),
        )
        .group_by(ConcernEntry.concern_id)
    )
    if ids is not None:
        asked = asked.where(ConcernEntry.concern_id.in_(ids))
    return {row[0]: row[1] for row in session.execute(asked)}


def _counts(
    session: Session,
    column: InstrumentedAttribute[int],
    ids: Sequence[int],
    *more: ColumnElement[bool],
) -> dict[int, int]:
    asked = select(column, func.count()).where(column.in_(ids), *more).group_by(column)
    return {row[0]: row[1] for row in session.execute(asked)}
