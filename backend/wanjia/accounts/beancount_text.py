"""The ledger as beancount text, which any copy of beancount checks anew: every entry balances, every balance holds."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from wanjia.accounts.chart import BANK, MAINTENANCE, AccountKind
from wanjia.accounts.entries import Place, Posting, yuan
from wanjia.accounts.ledger import PostedEntry, chart_of, entries_of

_ROOTS: Final = {
    AccountKind.ASSET: "Assets",
    AccountKind.HELD: "Liabilities",
    AccountKind.INCOME: "Income",
    AccountKind.EXPENSE: "Expenses",
}


def ledger_beancount(session: Session, community_id: int) -> str:
    """Write accounts, entries, and the balance of every account the day after the last entry."""
    entries = list(entries_of(session, community_id))
    kinds = {code: account.kind for code, account in chart_of(session, community_id).items()}
    sums: dict[str, int] = defaultdict(int)
    for entry in entries:
        for posting in entry.postings:
            sums[account_name(posting, kinds[posting.account])] += posting.amount
    if not entries:
        return 'option "operating_currency" "CNY"\n'
    first, last = min(each.row.day for each in entries), max(each.row.day for each in entries)
    closing = last + timedelta(days=1)
    lines = ['option "operating_currency" "CNY"', ""]
    lines += [f"{first} open {name} CNY" for name in sorted(sums)]
    for entry in entries:
        lines += ["", *_entry(entry, kinds)]
    lines += ["", *(f"{closing} balance {name} {yuan(fen)} CNY" for name, fen in sorted(sums.items()))]
    return "\n".join(lines) + "\n"


def account_name(posting: Posting, kind: AccountKind) -> str:
    """Name an account as beancount does, a unit's share of the maintenance fund below the fund."""
    parts = posting.account.removeprefix(BANK).split(".")
    if posting.account.startswith(BANK):
        parts = ["bank", *parts]
    elif kind in (AccountKind.INCOME, AccountKind.EXPENSE):
        parts = parts[1:]
    names = [part[:1].upper() + part[1:] for part in parts]
    if posting.account == MAINTENANCE:
        names += _place(posting.place)
    return ":".join([_ROOTS[kind], *names])


def _place(place: Place) -> list[str]:
    return [_part("B", place.building), _part("E", place.entrance), _part("N", place.number)]


def _part(prefix: str, text: str) -> str:
    """Keep ASCII letters and digits, write any other character by its number, so that two addresses are never one name."""
    return prefix + "".join(
        each if each.isascii() and each.isalnum() else f"-u{ord(each):X}-" for each in text
    )


def _entry(entry: PostedEntry, kinds: dict[str, AccountKind]) -> Iterator[str]:
    row = entry.row
    yield f'{row.day} * "{_quoted(entry.words)}"'
    yield f"  number: {row.number}"
    yield f'  kind: "{row.kind}"'
    yield f'  hash: "0x{row.hash.hex()}"'
    if row.reference:
        yield f'  reference: "{_quoted(row.reference)}"'
    if row.reverses is not None:
        yield f"  reverses: {row.reverses}"
    for each in entry.postings:
        yield f"  {account_name(each, kinds[each.account])}  {yuan(each.amount)} CNY"


def _quoted(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
