"""Log-ins that the server can end. The cookie holds a random token, the database its hash."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wanjia.domain.errors import Refusal
from wanjia.identity.claim_models import Claim
from wanjia.identity.proof_models import LoginSession
from wanjia.identity.staff_models import Staff
from wanjia.identity.tokens import new_token, token_hash
from wanjia.roll.models import Title


@dataclass(frozen=True, slots=True)
class OwnerLogin:
    """An owner's log-in: the claim it rests on and when identity was proven."""

    community_id: int
    owner_id: int
    title_id: int | None
    claim_id: int
    proven_at: int


@dataclass(frozen=True, slots=True)
class StaffLogin:
    """A staff member's log-in. ``community_id`` is empty for the operator."""

    staff_id: int
    username: str
    role: str
    community_id: int | None
    address: str | None


def open_owner_session(session: Session, claim_id: int, now: int, seconds: int) -> str:
    """Open an owner's session; give its token."""
    return _open(session, LoginSession(claim_id=claim_id), now, seconds)


def open_staff_session(session: Session, staff_id: int, now: int, seconds: int) -> str:
    """Open a staff member's session; give its token."""
    return _open(session, LoginSession(staff_id=staff_id), now, seconds)


def open_resident_session(session: Session, resident_id: int, now: int, seconds: int) -> str:
    """Open the session of a member of a household; give its token."""
    return _open(session, LoginSession(resident_id=resident_id), now, seconds)


def _open(session: Session, row: LoginSession, now: int, seconds: int) -> str:
    token = new_token()
    row.token_hash, row.created_at, row.expires_at = token_hash(token), now, now + seconds
    session.add(row)
    return token


def end_session(session: Session, token: str, now: int) -> None:
    """End the session of a token; nothing happens when there is none."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_hash == token_hash(token), LoginSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def owner_login(session: Session, token: str, now: int) -> OwnerLogin:
    """Give the owner behind a token. Raises ``Refusal("LOGIN_REQUIRED")``."""
    row = _live(session, token, now)
    claim = session.get(Claim, row.claim_id) if row.claim_id is not None else None
    if claim is None or claim.owner_id is None or not _still_acts(session, claim):
        raise Refusal("LOGIN_REQUIRED")
    return OwnerLogin(claim.community_id, claim.owner_id, claim.title_id, claim.id, row.created_at)


def staff_login(session: Session, token: str, now: int) -> StaffLogin:
    """Give the member of staff behind a token. Raises ``Refusal("LOGIN_REQUIRED")``."""
    row = _live(session, token, now)
    staff = session.get(Staff, row.staff_id) if row.staff_id is not None else None
    if staff is None or not staff.active:
        raise Refusal("LOGIN_REQUIRED")
    return login_of(staff)


def login_of(staff: Staff) -> StaffLogin:
    """Give what the rest of the system needs to know of a member of staff."""
    return StaffLogin(staff.id, staff.username, staff.role, staff.community_id, staff.address)


def _still_acts(session: Session, claim: Claim) -> bool:
    """Tell whether the person who proved to act for the owner still does, by the roll in force now."""
    title = session.get(Title, claim.title_id) if claim.title_id is not None else None
    return (
        title is not None
        and title.acts
        and title.owner_id == claim.owner_id
        and title.id_number_key == claim.person_hash  # row numbers may be given to somebody else later
    )


def _live(session: Session, token: str, now: int) -> LoginSession:
    row = session.scalar(select(LoginSession).where(LoginSession.token_hash == token_hash(token)))
    if row is None or row.ended_at is not None or row.expires_at <= now:
        raise Refusal("LOGIN_REQUIRED")
    return row
