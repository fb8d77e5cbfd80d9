"""Reconciles a bank account: what matches, what a person accepted or undid, what is unexplained on both sides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from wanjia.accounts.chart import BANK, EntryKind
from wanjia.accounts.entries import yuan
from wanjia.accounts.importing import details_of
from wanjia.accounts.matching import Item, Proposal, Proposed, Rule, propose
from wanjia.accounts.models import AccountEntry, AccountPosting, AccountWords, BankAccount
from wanjia.accounts.statement_models import BankLine, BankMatch, BankMatchLink, BankStatement
from wanjia.accounts.suspicions import Around, Unexplained, suspect
from wanjia.domain.errors import Refusal
from wanjia.identity.vault import Vault


@dataclass(frozen=True, slots=True)
class Side:
    """Lines and postings of one bank account, those matched and those not."""

    lines: tuple[Item, ...]
    postings: tuple[Item, ...]
    matched_lines: tuple[Item, ...]
    matched_postings: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """Every line and posting of a bank account by its id, matched or not."""

    lines: Mapping[int, Item]
    postings: Mapping[int, Item]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Where a bank account stands. ``difference`` is the bank's last balance less the ledger's, in fen.

    Without anything unexplained and with ``opening_difference`` zero it is zero once every proposal is accepted.
    """

    matches: int
    proposed: Proposed
    unexplained: tuple[Unexplained, ...]
    opening_difference: int
    """First statement's opening balance less what was posted as opening."""
    difference: int
    items: Items


def reconcile(session: Session, vault: Vault, bank: BankAccount) -> Reconciliation:
    """Propose matches for what is open, and say of the rest what it probably is."""
    side = _side(session, vault, bank)
    proposed = propose(side.lines, side.postings)
    others = session.scalars(
        select(BankAccount)
        .where(BankAccount.community_id == bank.community_id, BankAccount.id != bank.id)
        .order_by(BankAccount.code)
    )
    elsewhere = [
        propose(each.lines, each.postings) for each in (_side(session, vault, each) for each in others)
    ]
    left_lines, left_postings = set(proposed.lines), set(proposed.postings)
    around = Around(
        [*side.matched_lines, *(each for each in side.lines if each not in left_lines)],
        [*side.matched_postings, *(each for each in side.postings if each not in left_postings)],
        [line for each in elsewhere for line in each.lines],
        [posting for each in elsewhere for posting in each.postings],
    )
    unexplained = suspect(proposed.lines, proposed.postings, around)
    matches = session.scalars(
        select(BankMatch.id).where(BankMatch.bank_account_id == bank.id, BankMatch.undone_at.is_(None))
    ).all()
    opening = _opening_difference(session, bank)
    at_bank = sum(line.amount for line in (*side.lines, *side.matched_lines))
    posted = sum(posting.amount for posting in (*side.postings, *side.matched_postings))
    items = Items(
        {each.id: each for each in (*side.lines, *side.matched_lines)},
        {each.id: each for each in (*side.postings, *side.matched_postings)},
    )
    return Reconciliation(
        len(matches), proposed, tuple(unexplained), opening, opening + at_bank - posted, items
    )


def accept(session: Session, bank: BankAccount, proposal: Proposal, *, now: int, by: int) -> BankMatch:
    """Take lines and postings for the same money. Raises ``Refusal`` unless their sums agree and both are open."""
    _check_parts(session, bank, proposal)
    made = BankMatch(
        bank_account_id=bank.id,
        rule=proposal.rule,
        parts={"lines": list(proposal.lines), "postings": list(proposal.postings), "days": proposal.days},
        made_at=now,
        made_by=by,
    )
    session.add(made)
    session.flush()
    session.add_all(BankMatchLink(match_id=made.id, line_id=line) for line in proposal.lines)
    session.add_all(BankMatchLink(match_id=made.id, posting_id=posting) for posting in proposal.postings)
    session.flush()
    return made


def undo(session: Session, bank: BankAccount, match_id: int, *, now: int, by: int) -> BankMatch:
    """Take a match back; its parts are open again. Raises ``Refusal``."""
    found = session.scalar(
        select(BankMatch)
        .where(BankMatch.id == match_id, BankMatch.bank_account_id == bank.id)
        .with_for_update()
    )
    if found is None:
        raise Refusal("NOT_FOUND")
    if found.undone_at is not None:
        raise Refusal("MATCH_UNDONE")
    found.undone_at, found.undone_by = now, by
    session.execute(delete(BankMatchLink).where(BankMatchLink.match_id == match_id))
    session.flush()
    return found


def standing(session: Session, bank: BankAccount) -> dict[int, Proposal]:
    """Give the matches that stand, number -> what was matched and why."""
    rows = session.scalars(
        select(BankMatch)
        .where(BankMatch.bank_account_id == bank.id, BankMatch.undone_at.is_(None))
        .order_by(BankMatch.id)
    )
    return {
        row.id: Proposal(
            tuple(row.parts["lines"]), tuple(row.parts["postings"]), Rule(row.rule), row.parts["days"]
        )
        for row in rows
    }


def by_hand(lines: Iterable[int], postings: Iterable[int]) -> Proposal:
    """Make the match a person chose."""
    return Proposal(tuple(lines), tuple(postings), Rule.BY_HAND, 0)


def _check_parts(session: Session, bank: BankAccount, proposal: Proposal) -> None:
    # one at a time for an account: two people may take the same line
    session.execute(
        select(BankAccount.id).where(BankAccount.id == bank.id).with_for_update(key_share=True)
    ).one()
    lines = session.execute(
        select(BankLine.id, BankLine.amount).where(
            BankLine.id.in_(proposal.lines), BankLine.bank_account_id == bank.id
        )
    ).all()
    postings = session.execute(
        select(AccountPosting.id, AccountPosting.amount)
        .join(AccountEntry, AccountEntry.id == AccountPosting.entry_id)
        .where(
            AccountPosting.id.in_(proposal.postings),
            AccountPosting.account == BANK + bank.code,
            AccountEntry.community_id == bank.community_id,
        )
    ).all()
    named = len(proposal.lines) + len(proposal.postings)
    if not proposal.postings or named < 2 or len(lines) + len(postings) != named:  # noqa: PLR2004  two make a match
        raise Refusal("MATCH_PARTS")
    came, posted = sum(row.amount for row in lines), sum(row.amount for row in postings)
    if came != posted:
        raise Refusal("MATCH_AMOUNT", lines=yuan(came), postings=yuan(posted))
    taken = select(BankMatchLink.id).where(
        BankMatchLink.line_id.in_(proposal.lines) | BankMatchLink.posting_id.in_(proposal.postings)
    )
    if session.scalar(taken.limit(1)) is not None:
        raise Refusal("MATCH_TAKEN")


def _side(session: Session, vault: Vault, bank: BankAccount) -> Side:
    linked = session.execute(
        select(BankMatchLink.line_id, BankMatchLink.posting_id)
        .join(BankMatch, BankMatch.id == BankMatchLink.match_id)
        .where(BankMatch.bank_account_id == bank.id)
    ).all()
    taken_lines, taken_postings = {row[0] for row in linked}, {row[1] for row in linked}
    lines, postings = _lines(session, vault, bank), _postings(session, bank)
    return Side(
        tuple(each for each in lines if each.id not in taken_lines),
        tuple(each for each in postings if each.id not in taken_postings),
        tuple(each for each in lines if each.id in taken_lines),
        tuple(each for each in postings if each.id in taken_postings),
    )


def _lines(session: Session, vault: Vault, bank: BankAccount) -> list[Item]:
    found = []
    rows = session.scalars(
        select(BankLine).where(BankLine.bank_account_id == bank.id).order_by(BankLine.day, BankLine.id)
    )
    for row in rows:
        details = details_of(vault, row)
        found.append(Item(row.id, row.day, row.amount, details.reference, details.words))
    return found


def _postings(session: Session, bank: BankAccount) -> list[Item]:
    """Give postings to the bank's account; opening balances are no movement, the statement's own stands for them."""
    rows = session.execute(
        select(AccountPosting.id, AccountPosting.amount, AccountEntry, AccountWords.words)
        .join(AccountEntry, AccountEntry.id == AccountPosting.entry_id)
        .outerjoin(AccountWords, AccountWords.entry_id == AccountEntry.id)
        .where(
            AccountEntry.community_id == bank.community_id,
            AccountPosting.account == BANK + bank.code,
            ~_is_opening(bank),
        )
        .order_by(AccountEntry.day, AccountPosting.id)
    )
    return [
        Item(at, entry.day, amount, entry.reference, words or "", entry.number, entry.reverses)
        for at, amount, entry, words in rows
    ]


def _opening_difference(session: Session, bank: BankAccount) -> int:
    first = session.scalar(
        select(BankStatement.opening)
        .where(BankStatement.bank_account_id == bank.id)
        .order_by(BankStatement.first_day, BankStatement.id)
        .limit(1)
    )
    amounts: Sequence[int] = session.scalars(
        select(AccountPosting.amount)
        .join(AccountEntry, AccountEntry.id == AccountPosting.entry_id)
        .where(
            AccountEntry.community_id == bank.community_id,
            AccountPosting.account == BANK + bank.code,
            _is_opening(bank),
        )
    ).all()
    return (first or 0) - sum(amounts)


def _is_opening(bank: BankAccount) -> ColumnElement[bool]:
    """An opening entry, or one that takes an opening entry back."""
    openings = select(AccountEntry.number).where(
        AccountEntry.community_id == bank.community_id, AccountEntry.kind == EntryKind.OPENING
    )
    taken_back = AccountEntry.reverses.is_not(None) & AccountEntry.reverses.in_(openings.correlate(None))
    return (AccountEntry.kind == EntryKind.OPENING) | taken_back
