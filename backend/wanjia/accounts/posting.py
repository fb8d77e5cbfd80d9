"""Posts entries: one after the other in a community, each bound to the one before."""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from wanjia.accounts.chart import EntryKind
from wanjia.accounts.entries import (
    SALT_BYTES,
    Draft,
    Posting,
    Sealed,
    check_draft,
    entry_hash,
    first_previous,
    reversal_of,
    words_hash,
)
from wanjia.accounts.ledger import chart_of, draft_of, find_entry, words_of
from wanjia.accounts.models import AccountEntry, AccountPosting, AccountWords
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal

RULE = 0
"""Who posts where nobody of the staff does: the command line, the program's rules."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: how many there are, and the hash that stands for all of them."""

    number: int
    hash: bytes


def head_of(session: Session, community: Community) -> Head:
    """Give the head of the ledger, which is what gets anchored."""
    row = session.execute(
        select(AccountEntry.number, AccountEntry.hash)
        .where(AccountEntry.community_id == community.id)
        .order_by(AccountEntry.number.desc())
        .limit(1)
    ).first()
    return Head(row.number, row.hash) if row else Head(0, first_previous(community.registry_address))


def post(session: Session, community: Community, draft: Draft, *, now: int, by: int = RULE) -> AccountEntry:
    """Post an entry in the caller's unit of work. Raises ``Refusal`` for one that is not right."""
    lock_ledger(session, community)
    check_draft(draft, chart_of(session, community.id))
    if draft.reverses is None and draft.kind is EntryKind.REVERSAL:
        raise ValueError("a reversal names the entry it takes back")
    return _append(session, community, draft, now, by)


def reverse(
    session: Session, community: Community, number: int, words: str, *, day: date, now: int, by: int = RULE
) -> AccountEntry:
    """Take an entry back by its mirror image. Raises ``Refusal`` for one taken back already, or a reversal."""
    lock_ledger(session, community)
    entry = find_entry(session, community.id, number)
    taken_back = session.scalar(
        select(AccountEntry.number).where(
            AccountEntry.community_id == community.id, AccountEntry.reverses == number
        )
    )
    if taken_back is not None or entry.kind == EntryKind.REVERSAL:
        raise Refusal("ENTRY_REVERSED", number=number)
    draft = reversal_of(draft_of(session, entry, words_of(session, entry)), number, day, words)
    check_draft(draft, chart_of(session, community.id))
    return _append(session, community, draft, now, by)


def lock_ledger(session: Session, community: Community) -> None:
    """Let one transaction at a time post in a community; foreign keys to the row need not wait."""
    session.execute(
        select(Community.id).where(Community.id == community.id).with_for_update(key_share=True)
    ).one()


def _append(session: Session, community: Community, draft: Draft, now: int, by: int) -> AccountEntry:
    head = head_of(session, community)
    salt = secrets.token_bytes(SALT_BYTES)
    sealed = Sealed(head.number + 1, now, by, words_hash(salt, draft.words), head.hash)
    entry = AccountEntry(
        community_id=community.id,
        number=sealed.number,
        day=draft.day,
        kind=draft.kind,
        reference=draft.reference,
        words_hash=sealed.words,
        documents=["0x" + each.hex() for each in draft.documents],
        payment=draft.payment,
        reverses=draft.reverses,
        at=now,
        by=by,
        previous=sealed.previous,
        hash=entry_hash(draft, sealed),
    )
    session.add(entry)
    session.flush()
    rows = [_row(entry.id, at, posting) for at, posting in enumerate(draft.postings)]
    session.execute(insert(AccountPosting), rows)
    session.add(AccountWords(entry_id=entry.id, salt=salt, words=draft.words))
    session.flush()
    return entry


def _row(entry_id: int, position: int, posting: Posting) -> dict[str, object]:
    place = posting.place
    return {
        "entry_id": entry_id,
        "position": position,
        "account": posting.account,
        "building": place.building,
        "entrance": place.entrance,
        "unit": place.number,
        "amount": posting.amount,
    }
