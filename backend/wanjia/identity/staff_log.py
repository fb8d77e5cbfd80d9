"""The log of what staff did: written in the same unit of work as the deed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_models import StaffLogEntry

SHOWN = 500
"""How many entries are shown at once."""


def log_act(session: Session, actor: StaffLogin, now: int, action: str, reference: str) -> None:
    """Write down one deed. ``reference`` names rows, meetings or contracts, never people."""
    session.add(
        StaffLogEntry(
            at=now,
            staff_id=actor.staff_id,
            username=actor.username,
            role=actor.role,
            community_id=actor.community_id,
            action=action,
            reference=reference,
        )
    )


def read_log(session: Session, reader: StaffLogin) -> Sequence[StaffLogEntry]:
    """Give the last entries a reader may see: the operator all, everyone else their own community's."""
    entries = select(StaffLogEntry).order_by(StaffLogEntry.id.desc()).limit(SHOWN)
    if reader.role != "operator":
        entries = entries.where(StaffLogEntry.community_id == reader.community_id)
    return session.scalars(entries).all()
