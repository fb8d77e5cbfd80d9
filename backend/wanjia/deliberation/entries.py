"""Adds what happened to a concern: an entry with its sealed words, photographs and salted leaf."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wanjia.deliberation.leaves import SALT_BYTES, Record, leaf_of
from wanjia.deliberation.models import Concern, ConcernEntry, ConcernPhoto
from wanjia.deliberation.photos import Photo
from wanjia.identity.vault import Vault


@dataclass(frozen=True, slots=True)
class Author:
    """Who did it: a resident, a member of staff, or neither for a rule."""

    resident_id: int | None = None
    staff_id: int | None = None


RULE = Author()


def add_entry(
    session: Session,
    vault: Vault,
    concern: Concern,
    kind: str,
    author: Author,
    now: int,
    *,
    text: str = "",
    photos: Sequence[Photo] = (),
    about: int | None = None,
    title: str | None = None,
) -> ConcernEntry:
    """Add an entry at the concern's level as it is now; words of ``raised`` stand with the concern, not here."""
    salt = secrets.token_bytes(SALT_BYTES)
    hashes = [photo.hash for photo in photos]
    record = Record(now, concern.number, kind, concern.level, hashes, text, title).to_json()
    entry = ConcernEntry(
        concern_id=concern.id,
        at=now,
        kind=kind,
        resident_id=author.resident_id,
        staff_id=author.staff_id,
        about=about,
        level=concern.level,
        text=vault.seal(text) if text and title is None else None,
        salt=vault.seal_bytes(salt),
        leaf=leaf_of(salt, record),
    )
    session.add(entry)
    session.flush()
    for number, photo in enumerate(photos, start=1):
        session.add(
            ConcernPhoto(
                entry_id=entry.id,
                number=number,
                media_type=photo.media_type,
                size=photo.size,
                content=photo.sealed,
            )
        )
    return entry
