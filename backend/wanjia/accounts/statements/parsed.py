"""A statement as it was read, whatever its format, and the check that it is whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from wanjia.accounts.entries import MAX_AMOUNT, yuan
from wanjia.domain.errors import Refusal

MAX_BYTES: Final = 8 * 2**20
MAX_LINES: Final = 20_000
MAX_TEXT: Final = 300
"""Characters kept of a line's words, names and references."""


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One line. ``row`` is its place in the file, ``amount`` fen that came in (negative: went out)."""

    row: int
    day: date
    amount: int
    reference: str = ""
    words: str = ""
    party: str = ""
    party_account: str = ""
    balance: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """Lines in order of time, and the balances they lead from and to. ``number`` is the account's, if the file says."""

    format: str
    lines: tuple[ParsedLine, ...]
    opening: int
    closing: int
    first_day: date
    last_day: date
    number: str = ""


def whole_statement(
    kind: str,
    lines: Sequence[ParsedLine],
    opening: int,
    closing: int,
    period: tuple[date, date] | None = None,
    number: str = "",
) -> ParsedStatement:
    """Put a statement together. Raises ``Refusal`` unless opening + lines = closing."""
    if not lines:
        raise Refusal("STATEMENT_EMPTY")
    check_count(len(lines))
    if max(abs(opening), abs(closing)) > MAX_AMOUNT:
        raise Refusal("STATEMENT_FIELD", row=0, field="balance")
    moved = sum(line.amount for line in lines)
    if opening + moved != closing:
        raise Refusal("STATEMENT_SUM", opening=yuan(opening), lines=yuan(moved), closing=yuan(closing))
    days = [line.day for line in lines] + list(period or ())
    return ParsedStatement(kind, tuple(lines), opening, closing, min(days), max(days), number)


def check_count(lines: int) -> None:
    """Refuse too many lines while they are read."""
    if lines > MAX_LINES:
        raise Refusal("STATEMENT_TOO_MANY_LINES", limit=MAX_LINES)


def short(text: str | None) -> str:
    """Bring words to one line of bounded length."""
    return " ".join((text or "").split())[:MAX_TEXT]
