"""The log of what staff did: written in the same unit of work as the deed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_models import StaffLogEntry

PAGE = 50
"""Entries of one page."""
GOING_ON = 3600
COMMAND = "wanjia staff"
"""Who did what the operator does on the command line, where nobody is logged in: no user name has a space."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, the latest first; ``next`` is what to ask for as ``before`` to go on, empty at the end."""

    entries: Sequence[StaffLogEntry]
    next: int | None


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


def log_once(session: Session, actor: StaffLogin, now: int, action: str, reference: str) -> None:
    """Write down a deed that goes on, such as writing a text that saves itself: one entry in ``GOING_ON`` seconds."""
    if not was_logged(session, actor, now, action, reference):
        log_act(session, actor, now, action, reference)


def was_logged(session: Session, actor: StaffLogin, now: int, action: str, reference: str) -> bool:
    """Tell whether a deed that goes on was written down in the last ``GOING_ON`` seconds."""
    known = select(StaffLogEntry.id).where(
        StaffLogEntry.staff_id == actor.staff_id,
        StaffLogEntry.action == action,
        StaffLogEntry.reference == reference,
        StaffLogEntry.at > now - GOING_ON,
    )
    return session.scalar(known.limit(1)) is not None


def log_command(session: Session, about: StaffLogin, now: int, action: str, reference: str) -> None:
    """Write down what the operator did to an account on the command line; the account's community can read it."""
    session.add(
        StaffLogEntry(
            at=now,
            staff_id=about.staff_id,
            username=COMMAND,
            role="operator",
            community_id=about.community_id,
            action=action,
            reference=reference,
        )
    )


def read_log(
    session: Session,
    reader: StaffLogin,
    *,
    before: int | None = None,
    username: str | None = None,
    action: str | None = None,
) -> LogPage:
    """Give a page of what a reader may see: the operator all, everyone else their own community's."""
    chosen = _visible(select(StaffLogEntry), reader).order_by(StaffLogEntry.id.desc()).limit(PAGE + 1)
    if before is not None:
        chosen = chosen.where(StaffLogEntry.id < before)
    if username is not None:
        chosen = chosen.where(StaffLogEntry.username == username)
    if action is not None:
        chosen = chosen.where(StaffLogEntry.action == action)
    found = session.scalars(chosen).all()
    return LogPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def log_filters(session: Session, reader: StaffLogin) -> tuple[list[str], list[str]]:
    """Give the user names and the actions that occur in what a reader may see, sorted."""
    people = session.scalars(_visible(select(StaffLogEntry.username).distinct(), reader))
    actions = session.scalars(_visible(select(StaffLogEntry.action).distinct(), reader))
    return sorted(people), sorted(actions)


def _visible(chosen: Select[Any], reader: StaffLogin) -> Select[Any]:
    if reader.role == "operator":
        return chosen
    return chosen.where(StaffLogEntry.community_id == reader.community_id)
