"""Households: an owner lets tenants and family speak by a link that works once, and ends it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.deliberation.models import Concern, ConcernSupport
from wanjia.deliberation.resident_models import HouseholdInvitation, Resident
from wanjia.deliberation.residents import ResidentLogin, login_of
from wanjia.domain.concerns import DAY
from wanjia.domain.errors import Refusal
from wanjia.identity.locks import lock_subject
from wanjia.identity.proof_models import LoginSession
from wanjia.identity.sessions import open_resident_session
from wanjia.identity.tokens import new_token, token_hash
from wanjia.identity.vault import Vault

MEMBERS = 10
"""Members of one owner's household, open invitations among them."""
A_DAY = 20
"""Links one owner may make in 24 hours."""
INVITATION_SECONDS = 7 * DAY
SESSION_SECONDS = 180 * DAY
KEPT = 2 * DAY
"""Seconds a link that works no more is kept."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the household, or an open invitation (then with its end)."""

    id: int
    kind: str
    name: str
    since: int
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """Members who may speak, and links nobody has used yet."""

    members: Sequence[Member]
    invitations: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody who opens a link sees; never who sent it."""

    community: str
    community_name: str
    kind: str
    building: str
    entrance: str
    expires_at: int


class Households:
    """Keeps the households of owners."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def invite(self, owner: ResidentLogin, kind: str, name: str) -> tuple[str, int]:
        """Make a link; give its token, which is not shown again, and until when it works.

        Raises ``Refusal``: ``HOUSEHOLD_FULL``, ``TOO_MANY_REQUESTS``.
        """
        now, token = self._clock(), new_token()
        with self._database.write() as session:
            _lock(session, owner)
            if _made_today(session, owner, now) >= A_DAY:
                raise Refusal("TOO_MANY_REQUESTS")
            if len(_members(session, owner)) + len(_open(session, owner, now)) >= MEMBERS:
                raise Refusal("HOUSEHOLD_FULL", limit=MEMBERS)
            row = HouseholdInvitation(
                resident_id=owner.resident_id,
                kind=kind,
                name=self._vault.seal(name),
                token_hash=token_hash(token),
                created_at=now,
                expires_at=now + INVITATION_SECONDS,
            )
            session.add(row)
        return token, row.expires_at

    def read(self, owner: ResidentLogin) -> Household:
        """Give the owner's household."""
        now = self._clock()
        with self._database.read() as session:
            members = [
                Member(row.id, row.kind, self._vault.open(row.name) if row.name else "", row.created_at)
                for row in _members(session, owner)
            ]
            links = [
                Member(row.id, row.kind, self._vault.open(row.name), row.created_at, row.expires_at)
                for row in _open(session, owner, now)
            ]
        return Household(members, links)

    def end(self, owner: ResidentLogin, member: int) -> None:
        """Let a member speak no more; the session ends now, and what is not ended has their support no more.

        Otherwise one owner could stand behind a concern many times, by one member after the other.
        Raises ``Refusal("NOT_FOUND")``.
        """
        now = self._clock()
        with self._database.write() as session:
            row = session.get(Resident, member)
            if row is None or row.invited_by != owner.resident_id or row.ended_at is not None:
                raise Refusal("NOT_FOUND")
            row.ended_at, row.name = now, None
            session.execute(
                update(LoginSession)
                .where(LoginSession.resident_id == row.id, LoginSession.ended_at.is_(None))
                .values(ended_at=now)
            )
            running = select(Concern.id).where(Concern.ended_at.is_(None))
            session.execute(
                delete(ConcernSupport).where(
                    ConcernSupport.resident_id == row.id, ConcernSupport.concern_id.in_(running)
                )
            )

    def take_back(self, owner: ResidentLogin, invitation: int) -> None:
        """Let a link work no more. Raises ``Refusal("NOT_FOUND")``."""
        now = self._clock()
        with self._database.write() as session:
            _lock(session, owner)
            row = session.get(HouseholdInvitation, invitation)
            if row is None or row not in _open(session, owner, now):
                raise Refusal("NOT_FOUND")
            row.expires_at = now

    def invitation(self, token: str) -> Invitation:
        """Give what a link is for. Raises ``Refusal("HOUSEHOLD_INVITATION_GONE")``."""
        with self._database.read() as session:
            row, owner = _invited(session, token, self._clock())
            community = session.get_one(Community, owner.community_id)
            return Invitation(
                community.slug, community.name, row.kind, owner.building, owner.entrance, row.expires_at
            )

    def join(self, token: str) -> tuple[str, ResidentLogin]:
        """Join by a link; give the session's token. Raises ``Refusal("HOUSEHOLD_INVITATION_GONE")``, also the second time."""
        now = self._clock()
        with self._database.write() as session:
            row, owner = _invited(session, token, now)
            made = Resident(
                community_id=owner.community_id,
                kind=row.kind,
                invited_by=owner.id,
                name=row.name,
                building=owner.building,
                entrance=owner.entrance,
                created_at=now,
            )
            session.add(made)
            session.flush()
            row.taken_by = made.id
            return open_resident_session(session, made.id, now, SESSION_SECONDS), login_of(made)


def sweep_invitations(session: Session, now: int) -> None:
    """Delete links that work no more, with the names in them; who joined by one stays a member."""
    session.execute(delete(HouseholdInvitation).where(HouseholdInvitation.expires_at < now - KEPT))


def _lock(session: Session, owner: ResidentLogin) -> None:
    lock_subject(session, b"hous" + owner.resident_id.to_bytes(8, "big")[-4:])


def _members(session: Session, owner: ResidentLogin) -> Sequence[Resident]:
    return session.scalars(
        select(Resident)
        .where(Resident.invited_by == owner.resident_id, Resident.ended_at.is_(None))
        .order_by(Resident.id)
    ).all()


def _open(session: Session, owner: ResidentLogin, now: int) -> Sequence[HouseholdInvitation]:
    return session.scalars(
        select(HouseholdInvitation)
        .where(
            HouseholdInvitation.resident_id == owner.resident_id,
            HouseholdInvitation.taken_by.is_(None),
            HouseholdInvitation.expires_at > now,
        )
        .order_by(HouseholdInvitation.id)
    ).all()


def _made_today(session: Session, owner: ResidentLogin, now: int) -> int:
    made = select(func.count()).where(
        HouseholdInvitation.resident_id == owner.resident_id, HouseholdInvitation.created_at > now - DAY
    )
    return session.scalar(made) or 0


def _invited(session: Session, token: str, now: int) -> tuple[HouseholdInvitation, Resident]:
    row = session.scalar(
        select(HouseholdInvitation)
        .where(HouseholdInvitation.token_hash == token_hash(token))
        .with_for_update()
    )
    if row is None or row.taken_by is not None or row.expires_at <= now:
        raise Refusal("HOUSEHOLD_INVITATION_GONE")
    return row, session.get_one(Resident, row.resident_id)
