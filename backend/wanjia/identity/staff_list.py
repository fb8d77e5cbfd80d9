"""Who works for a community: accounts, and what its registry says of their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.db.community import Community
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_models import Staff, StaffLogEntry
from wanjia.index.offices import Offices, offices


@dataclass(frozen=True, slots=True)
class Account:
    """A staff account; ``community`` is empty for the operator, ``seen_at`` its last log-in (UTC seconds)."""

    username: str
    role: str
    community: str | None
    address: str | None
    active: bool
    created_at: int
    seen_at: int | None


def visible_communities(session: Session, reader: StaffLogin) -> Sequence[Community]:
    """Give the communities a reader works for: the operator all, everyone else their own."""
    chosen = select(Community).order_by(Community.id)
    if reader.role != "operator":
        chosen = chosen.where(Community.id == reader.community_id)
    return session.scalars(chosen).all()


def accounts(session: Session, reader: StaffLogin) -> list[Account]:
    """Give the accounts of the reader's communities, by role and name; the operator's own for the operator only."""
    seen = (
        select(StaffLogEntry.staff_id, func.max(StaffLogEntry.at).label("at"))
        .where(StaffLogEntry.action == "login")
        .group_by(StaffLogEntry.staff_id)
        .subquery()
    )
    rows = (
        select(Staff, Community.slug, seen.c.at)
        .outerjoin(Community, Community.id == Staff.community_id)
        .outerjoin(seen, seen.c.staff_id == Staff.id)
        .order_by(Staff.community_id, Staff.role, Staff.username)
    )
    if reader.role != "operator":
        rows = rows.where(Staff.community_id == reader.community_id)
    return [
        Account(one.username, one.role, slug, one.address, one.active, one.created_at, at)
        for one, slug, at in session.execute(rows)
    ]


def registry_offices(session: Session, reader: StaffLogin) -> list[tuple[str, Offices]]:
    """Give slug and offices of each of the reader's communities."""
    return [
        (community.slug, offices(session, community.id)) for community in visible_communities(session, reader)
    ]
