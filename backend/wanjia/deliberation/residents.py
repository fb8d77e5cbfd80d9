"""Who speaks: an owner by the owner's own log-in, or somebody of a household by the session an owner's link opened."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.resident_models import Resident
from wanjia.domain.concerns import ResidentKind
from wanjia.domain.errors import Refusal
from wanjia.identity.claim_models import Claim
from wanjia.identity.locks import lock_subject
from wanjia.identity.proof_models import LoginSession
from wanjia.identity.sessions import OwnerLogin
from wanjia.identity.tokens import token_hash
from wanjia.roll.models import Owner, Title
from wanjia.roll.service import units_of


@dataclass(frozen=True, slots=True)
class ResidentLogin:
    """Who speaks now, and whose neighbour it is."""

    resident_id: int
    community_id: int
    kind: str
    building: str
    entrance: str


class Residents:
    """Finds the resident behind a log-in."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def of_owner(self, owner: OwnerLogin) -> ResidentLogin:
        """Give the owner as a resident; the first time, with the place of the first unit that counts."""
        with self._database.read() as session:
            known = _of_owner(session, owner)
        if known is not None:
            return login_of(known)
        with self._database.write() as session:
            lock_subject(session, b"resi" + owner.owner_id.to_bytes(8, "big")[-4:])
            made = _of_owner(session, owner) or _make(session, owner, self._clock())
            return login_of(made)


def login_of(row: Resident) -> ResidentLogin:
    """Give what the rest of deliberation needs to know of a resident."""
    return ResidentLogin(row.id, row.community_id, row.kind, row.building, row.entrance)


def resident_login(session: Session, token: str, now: int) -> ResidentLogin:
    """Give the member of a household behind a token.

    Raises ``Refusal("LOGIN_REQUIRED")``; also when the owner who let them in is on the roll no more.
    """
    row = session.scalar(select(LoginSession).where(LoginSession.token_hash == token_hash(token)))
    if row is None or row.resident_id is None or row.ended_at is not None or row.expires_at <= now:
        raise Refusal("LOGIN_REQUIRED")
    resident = session.get_one(Resident, row.resident_id)
    host = session.get(Resident, resident.invited_by) if resident.invited_by is not None else None
    if resident.ended_at is not None or host is None or not _still_owns(session, host):
        raise Refusal("LOGIN_REQUIRED")
    return login_of(resident)


def _of_owner(session: Session, owner: OwnerLogin) -> Resident | None:
    return session.scalar(
        select(Resident)
        .join(Claim, Claim.person_hash == Resident.person_hash)
        .where(Claim.id == owner.claim_id, Resident.community_id == owner.community_id)
    )


def _make(session: Session, owner: OwnerLogin, now: int) -> Resident:
    units = sorted(units_of(session, owner.owner_id), key=lambda unit: not unit.counted)
    if not units:
        raise Refusal("LOGIN_REQUIRED")
    made = Resident(
        community_id=owner.community_id,
        kind=ResidentKind.OWNER,
        person_hash=session.get_one(Claim, owner.claim_id).person_hash,
        building=units[0].building,
        entrance=units[0].entrance,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _still_owns(session: Session, host: Resident) -> bool:
    acting = (
        select(Title.id)
        .join(Owner, Owner.id == Title.owner_id)
        .where(Owner.community_id == host.community_id, Title.acts, Title.id_number_key == host.person_hash)
    )
    return bool(session.scalar(select(exists(acting))))
