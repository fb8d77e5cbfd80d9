"""Destroys what somebody said: texts, photographs and salts go, entries and leaves stay and say nothing any more."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wanjia.deliberation.models import Concern, ConcernEntry, ConcernPhoto
from wanjia.deliberation.resident_models import HouseholdInvitation, Resident
from wanjia.identity.claim_models import Claim
from wanjia.identity.proof_models import LoginSession


def forget_owner_words(session: Session, owner_id: int, now: int) -> int:
    """Destroy what the people who act for an owner, and those they let in, said; gives how many entries.

    Their sessions as household members end. To be called while the owner's claims still name the people.
    """
    people = set(session.scalars(select(Claim.person_hash).where(Claim.owner_id == owner_id)))
    heads = list(session.scalars(select(Resident.id).where(Resident.person_hash.in_(people))))
    members = list(session.scalars(select(Resident.id).where(Resident.invited_by.in_(heads))))
    entries = list(
        session.scalars(select(ConcernEntry).where(ConcernEntry.resident_id.in_([*heads, *members])))
    )
    for entry in entries:
        destroy_words(session, entry)
    session.execute(
        update(Resident)
        .where(Resident.id.in_([*heads, *members]), Resident.ended_at.is_(None))
        .values(ended_at=now, name=None, person_hash=None)
    )
    _end(session, heads, members, now)
    return len(entries)


def destroy_words(session: Session, entry: ConcernEntry) -> None:
    """Destroy an entry's words, photographs and salt; of ``raised`` the concern's own words too."""
    entry.text = entry.salt = None
    session.execute(update(ConcernPhoto).where(ConcernPhoto.entry_id == entry.id).values(content=None))
    if entry.kind == "raised":
        concern = session.get_one(Concern, entry.concern_id)
        concern.title = concern.text = None


def _end(session: Session, heads: Collection[int], members: Collection[int], now: int) -> None:
    session.execute(
        update(LoginSession)
        .where(LoginSession.resident_id.in_(members), LoginSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.execute(
        update(HouseholdInvitation)
        .where(HouseholdInvitation.resident_id.in_(heads), HouseholdInvitation.expires_at > now)
        .values(expires_at=now)
    )
