"""Staff.

Who they are and how they log in (password and TOTP). What they sign, they sign with their own keys.
"""

import secrets
from collections.abc import Callable

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from eth_utils import is_address, to_checksum_address
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.concerns import LEVEL_ROLES
from wanjia.domain.errors import Refusal
from wanjia.identity.limits import HOUR
from wanjia.identity.sessions import login_of, open_staff_session
from wanjia.identity.staff_log import log_act, log_command
from wanjia.identity.staff_models import Staff
from wanjia.identity.vault import Vault

ROLES = ("operator", "committee", "supervisor", "clerk", *LEVEL_ROLES.values())
SESSION_SECONDS = 8 * HOUR
MAX_FAILURES = 5
LOCK_SECONDS = 15 * 60
MIN_PASSWORD = 12
TOTP_SECONDS = 30
_DRIFT = 1
"""Steps before and after now that are taken."""


class StaffEntry:
    """Logs staff in."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._hasher = PasswordHasher()
        self._nobodys_hash = self._hasher.hash(secrets.token_urlsafe())

    def enter(self, username: str, password: str, totp: str) -> str:
        """Check user name, password and code; give a session's token.

        One refusal, ``LOGIN_FAILED``, for every reason, a locked account too, after the same work: nobody
        learns which user names exist. Five failures lock an account for 15 minutes.
        """
        now = self._clock()
        with self._database.read() as session:
            known = session.scalar(select(Staff).where(Staff.username == username))
        # the slow hash is computed outside the unit of work: nobody's ballot waits for it
        password_right = self._password_right(known, password)
        step = self._totp_step(known, totp, now)
        with self._database.write() as session:
            staff = session.scalar(select(Staff).where(Staff.username == username).with_for_update())
            token = self._enter(session, staff, step if password_right else None, now)
        if token is None:
            raise Refusal("LOGIN_FAILED")
        return token

    def _enter(self, session: Session, staff: Staff | None, step: int | None, now: int) -> str | None:
        """Open a session for a right password and an unused step, or count a failure and give ``None``."""
        if staff is None or not staff.active or staff.locked_until > now:
            return None
        if step is not None and step > staff.totp_step:
            staff.totp_step, staff.failures = step, 0
            log_act(session, login_of(staff), now, "login", "")
            return open_staff_session(session, staff.id, now, SESSION_SECONDS)
        staff.failures += 1
        if staff.failures >= MAX_FAILURES:
            staff.failures, staff.locked_until = 0, now + LOCK_SECONDS
            log_act(session, login_of(staff), now, "locked", "")
        return None

    def _password_right(self, staff: Staff | None, password: str) -> bool:
        try:
            self._hasher.verify(staff.password_hash if staff else self._nobodys_hash, password)
        except (VerificationError, InvalidHashError):
            return False
        return staff is not None

    def _totp_step(self, staff: Staff | None, totp: str, now: int) -> int | None:
        """Find the step whose code was given; ``None`` when there is none."""
        secret = self._vault.open(staff.totp_secret) if staff else pyotp.random_base32()
        code = pyotp.TOTP(secret)
        found = None
        for step in range(now // TOTP_SECONDS - _DRIFT, now // TOTP_SECONDS + _DRIFT + 1):
            if secrets.compare_digest(code.generate_otp(step).encode(), totp.encode()):
                found = step
        return found


def change_address(session: Session, username: str, address: str, now: int) -> None:
    """Note the address of an official's own key; acts are taken with its signature from then on.

    Raises ``ValueError`` for an unknown user name or a bad address.
    """
    if not is_address(address):
        raise ValueError("the address must be 20 bytes in hexadecimal")
    staff = _known(session, username)
    staff.address = to_checksum_address(address)
    log_command(session, login_of(staff), now, "staff.address", f"{username} {staff.address}")


def end_account(session: Session, username: str, now: int) -> None:
    """Let nobody log in by this account any more; an open session of it ends too. Raises ``ValueError``."""
    staff = _known(session, username)
    staff.active = False
    log_command(session, login_of(staff), now, "staff.end", username)


def _known(session: Session, username: str) -> Staff:
    found = session.scalar(select(Staff).where(Staff.username == username))
    if found is None:
        raise ValueError("there is no such user name")
    return found


def create_staff(
    session: Session,
    vault: Vault,
    *,
    username: str,
    password: str,
    role: str,
    community_id: int | None,
    address: str | None,
    now: int,
) -> str:
    """Add a member of staff; give the ``otpauth://`` URI with the TOTP secret, which is not shown again.

    Raises ``ValueError`` for an unknown role, a short password, a taken user name, a bad address, or a
    community where the role has none (operator) or the other way round.
    """
    if role not in ROLES:
        raise ValueError(f"role must be one of {', '.join(ROLES)}")
    if (community_id is None) != (role == "operator"):
        raise ValueError("the operator belongs to no community, everyone else to one")
    if len(password) < MIN_PASSWORD:
        raise ValueError(f"a password has at least {MIN_PASSWORD} characters")
    if address is not None and not is_address(address):
        raise ValueError("the address must be 20 bytes in hexadecimal")
    if session.scalar(select(Staff.id).where(Staff.username == username)) is not None:
        raise ValueError("this user name is taken")
    secret = pyotp.random_base32()
    session.add(
        Staff(
            username=username,
            role=role,
            community_id=community_id,
            password_hash=PasswordHasher().hash(password),
            totp_secret=vault.seal(secret),
            totp_step=0,
            failures=0,
            locked_until=0,
            address=to_checksum_address(address) if address else None,
            active=True,
            created_at=now,
        )
    )
    session.flush()
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Wanjia")
