"""Reads what is posted: the chart with a community's bank accounts, entries with their postings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.accounts.chart import FIXED, Account, EntryKind, Fund, bank_account
from wanjia.accounts.entries import Draft, Place, Posting
from wanjia.accounts.models import AccountEntry, AccountPosting, AccountWords, BankAccount
from wanjia.domain.errors import Refusal

_PAGE = 200


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """An entry as it stands. Words that were taken down are empty and have no salt."""

    row: AccountEntry
    postings: tuple[Posting, ...]
    words: str
    salt: bytes | None

    @property
    def draft(self) -> Draft:
        """What was posted. Raises ``ValueError`` where the row was changed into something that is no entry."""
        return _draft(self.row, self.words, self.postings)


def chart_of(session: Session, community_id: int) -> dict[str, Account]:
    """Give the chart of a community: what every one has, and its bank accounts."""
    banks = session.scalars(
        select(BankAccount).where(BankAccount.community_id == community_id).order_by(BankAccount.code)
    )
    made = (bank_account(bank.code, Fund(bank.fund), bank.name) for bank in banks)
    return {**FIXED, **{account.code: account for account in made}}


def find_entry(session: Session, community_id: int, number: int) -> AccountEntry:
    """Find an entry by its number. Raises ``Refusal("NOT_FOUND")``."""
    entry = session.scalar(
        select(AccountEntry).where(AccountEntry.community_id == community_id, AccountEntry.number == number)
    )
    if entry is None:
        raise Refusal("NOT_FOUND")
    return entry


def words_of(session: Session, entry: AccountEntry) -> str:
    """Give the words of an entry, empty where they were taken down."""
    found = session.get(AccountWords, entry.id)
    return found.words if found else ""


def draft_of(session: Session, entry: AccountEntry, words: str) -> Draft:
    """Give back what was posted."""
    return _draft(entry, words, tuple(_postings(session, [entry.id])[entry.id]))


def entries_of(session: Session, community_id: int) -> Iterator[PostedEntry]:
    """Give every entry in order of its number, a page at a time."""
    last = 0
    while page := _page(session, community_id, last):
        ids = [entry.id for entry in page]
        postings = _postings(session, ids)
        words = {
            row.entry_id: (row.words, row.salt)
            for row in session.scalars(select(AccountWords).where(AccountWords.entry_id.in_(ids)))
        }
        for entry in page:
            yield PostedEntry(entry, tuple(postings[entry.id]), *words.get(entry.id, ("", None)))
        last = page[-1].number


def _page(session: Session, community_id: int, after: int) -> Sequence[AccountEntry]:
    return session.scalars(
        select(AccountEntry)
        .where(AccountEntry.community_id == community_id, AccountEntry.number > after)
        .order_by(AccountEntry.number)
        .limit(_PAGE)
    ).all()


def _postings(session: Session, entry_ids: list[int]) -> dict[int, list[Posting]]:
    found: dict[int, list[Posting]] = defaultdict(list)
    columns = AccountPosting
    rows = session.execute(
        select(
            columns.entry_id,
            columns.account,
            columns.amount,
            columns.building,
            columns.entrance,
            columns.unit,
        )
        .where(columns.entry_id.in_(entry_ids))
        .order_by(columns.entry_id, columns.position)
    )
    for entry_id, account, amount, *address in rows:
        found[entry_id].append(Posting(account, amount, Place(*address)))
    return found


def _draft(entry: AccountEntry, words: str, postings: tuple[Posting, ...]) -> Draft:
    return Draft(
        entry.day,
        EntryKind(entry.kind),
        words,
        postings,
        entry.reference,
        tuple(bytes.fromhex(each.removeprefix("0x")) for each in entry.documents),
        entry.reverses,
        entry.payment,
    )
