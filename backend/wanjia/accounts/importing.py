"""Imports a bank statement, all of it or nothing; a line already known is not taken twice."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.accounts.banks import masked
from wanjia.accounts.entries import yuan
from wanjia.accounts.models import BankAccount
from wanjia.accounts.statement_models import BankLine, BankStatement
from wanjia.accounts.statements.parsed import ParsedLine, ParsedStatement
from wanjia.domain.errors import Refusal
from wanjia.identity.locks import lock_subject
from wanjia.identity.vault import Vault

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed. ``gap`` is what the opening balance differs by from the lines known so far, in fen."""

    statement: BankStatement
    new: int
    known: int
    gap: int | None
    """``None`` for the first statement; not zero means that a statement in between is missing."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a line says besides day and amount; sealed as one text."""

    reference: str
    words: str
    party: str
    party_account: str
    """The last digits of the other side's account."""


def import_statement(
    session: Session, vault: Vault, bank: BankAccount, data: bytes, statement: ParsedStatement, *, now: int
) -> Imported:
    """Store the lines of a checked statement that are not known yet, in the caller's unit of work.

    A line is known by the bank's reference with its day and amount, or by its place: day, amount, balance, words and
    which of several such. Raises ``Refusal`` for another account's statement, and where a line known from before is
    missing in the days this one covers.
    """
    lock_subject(session, vault.lookup(f"bank account {bank.id}"))
    _check_account(vault, bank, statement.number)
    file_key = vault.lookup(hashlib.sha256(data).hexdigest())
    before = session.scalar(
        select(BankStatement).where(
            BankStatement.bank_account_id == bank.id, BankStatement.file_key == file_key
        )
    )
    if before is not None:
        return Imported(before, 0, before.lines, _gap(session, bank, statement))
    keys = _keys(vault, statement.lines)
    known = _known(session, bank, statement, set(keys))
    gap = _gap(session, bank, statement)
    made = BankStatement(
        bank_account_id=bank.id,
        file_key=file_key,
        format=statement.format,
        first_day=statement.first_day,
        last_day=statement.last_day,
        opening=statement.opening,
        closing=statement.closing,
        lines=len(statement.lines),
        imported_at=now,
    )
    session.add(made)
    session.flush()
    fresh = [
        BankLine(
            bank_account_id=bank.id,
            statement_id=made.id,
            key=key,
            day=line.day,
            amount=line.amount,
            details=_sealed(vault, line),
        )
        for key, line in zip(keys, statement.lines, strict=True)
        if key not in known
    ]
    session.add_all(fresh)
    session.flush()
    return Imported(made, len(fresh), len(known), gap)


def details_of(vault: Vault, line: BankLine) -> Details:
    """Open what a line says."""
    return Details(**json.loads(vault.open(line.details)))


def _sealed(vault: Vault, line: ParsedLine) -> bytes:
    shown = masked(line.party_account) if line.party_account else ""
    fields = {
        "reference": line.reference,
        "words": line.words,
        "party": line.party,
        "party_account": shown,
    }
    return vault.seal(json.dumps(fields, ensure_ascii=False))


def _check_account(vault: Vault, bank: BankAccount, number: str) -> None:
    """Compare the statement's account where it names one; of a masked number the last digits."""
    bare = "".join(number.split())
    if not bare or vault.lookup(bare) == bank.number_key:
        return
    if "*" not in bare or bare[-_SHOWN:] != bank.masked[-_SHOWN:]:
        raise Refusal("STATEMENT_OTHER_ACCOUNT")


def _keys(vault: Vault, lines: Sequence[ParsedLine]) -> list[bytes]:
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        own = f"ref|{line.reference}" if line.reference else f"place|{line.balance}|{line.words}|{line.party}"
        text = f"{own}|{line.day.isoformat()}|{line.amount}"
        seen[text] += 1
        keys.append(vault.lookup(f"{text}|{seen[text]}"))
    return keys


def _known(session: Session, bank: BankAccount, statement: ParsedStatement, keys: set[bytes]) -> set[bytes]:
    """Give which lines are known; refuse when one of the days covered is not in this statement."""
    rows = session.execute(
        select(BankLine.key, BankLine.day, BankLine.amount)
        .where(
            BankLine.bank_account_id == bank.id,
            BankLine.day.between(statement.first_day, statement.last_day),
        )
        .order_by(BankLine.day, BankLine.id)
    ).all()
    for key, day, amount in rows:
        if key not in keys:
            raise Refusal("STATEMENT_LINE_GONE", day=day.isoformat(), amount=yuan(amount))
    return {row.key for row in rows}


def _gap(session: Session, bank: BankAccount, statement: ParsedStatement) -> int | None:
    """Compare the opening balance with the first statement's and all known lines up to it."""
    first = session.scalar(
        select(BankStatement)
        .where(BankStatement.bank_account_id == bank.id)
        .order_by(BankStatement.first_day, BankStatement.id)
        .limit(1)
    )
    if first is None or statement.first_day < first.first_day:
        return None
    moved = session.scalar(
        select(func.coalesce(func.sum(BankLine.amount), 0)).where(
            BankLine.bank_account_id == bank.id, BankLine.day < statement.first_day
        )
    )
    return statement.opening - (first.opening + int(moved or 0))
