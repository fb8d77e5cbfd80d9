"""A statement changes the lines once, whatever is imported again, and a bad one changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from bank_files import Line, camt, chinese_csv, ofx
from ledgers import NOW, NUMBER, OTHER_NUMBER, Books

from wanjia.accounts.banks import find_bank_account, open_bank_account
from wanjia.accounts.chart import Fund
from wanjia.accounts.importing import Imported, details_of, import_statement
from wanjia.accounts.statement_models import BankLine, BankStatement
from wanjia.accounts.statements.reading import read_statement
from wanjia.domain.errors import Refusal

DAY = date(2026, 7, 1)
LINES = [Line(DAY + timedelta(days=at), 1_000 * (at + 1), f"R{at}", f"第{at}笔") for at in range(10)]
TWINS = [
    Line(DAY, 500, "", "停车"),
    Line(DAY, 500, "", "停车"),
    Line(DAY + timedelta(days=1), 500, "", "停车"),
]


def take(books: Books, data: bytes, code: str = "fund") -> Imported:
    """Import a statement."""
    statement = read_statement(data)
    with books.database.write() as session:
        bank = find_bank_account(session, books.community.id, code)
        return import_statement(session, books.vault, bank, data, statement, now=NOW)


def stored(books: Books) -> list[int]:
    """Amounts of the lines that are stored."""
    with books.database.read() as session:
        return list(session.scalars(sa.select(BankLine.amount).order_by(BankLine.day, BankLine.id)))


def refused(books: Books, data: bytes, code: str = "fund") -> str:
    """Import what must be refused, and see that nothing changed."""
    before = stored(books)
    with pytest.raises(Refusal) as error:
        take(books, data, code)
    assert before == stored(books)
    return error.value.code


def test_the_same_and_overlapping_statements_change_nothing_twice(books: Books) -> None:
    """The same file, the same lines in another order, and a month that overlaps: each line is there once."""
    first = chinese_csv(LINES[:6], 0)
    assert (6, None) == ((made := take(books, first)).new, made.gap)
    assert 0 == take(books, first).new
    again = take(books, chinese_csv(LINES[:6], 0, newest_first=True))
    assert (0, 6) == (again.new, again.known)
    later = take(books, chinese_csv(LINES[4:], sum(line.amount for line in LINES[:4])))
    assert (4, 2, 0) == (later.new, later.known, later.gap)
    assert [line.amount for line in LINES] == stored(books)


def test_the_bank_s_reference_is_known_in_every_format(light_books: Books) -> None:
    """CSV first, then OFX and camt.053 of the same days: no line twice."""
    take(light_books, chinese_csv(LINES, 5))
    assert 0 == take(light_books, ofx(LINES, 5)).new
    assert 0 == take(light_books, camt(LINES, 5)).new
    assert len(LINES) == len(stored(light_books))


def test_lines_without_references_are_known_by_their_place(light_books: Books) -> None:
    """Two alike on one day are two; imported again with a third day they are still two."""
    take(light_books, chinese_csv(TWINS[:2], 0))
    later = take(light_books, chinese_csv(TWINS, 0))
    assert (1, 2) == (later.new, later.known)
    assert [500, 500, 500] == stored(light_books)


def test_a_line_that_vanished_is_refused(light_books: Books) -> None:
    """A statement that covers a known line's day without it contradicts the one before, or is of another format."""
    take(light_books, chinese_csv(LINES, 0))
    changed = [*LINES[:3], Line(LINES[3].day, 4_001, "R3"), *LINES[4:]]
    assert "STATEMENT_LINE_GONE" == refused(light_books, chinese_csv(changed, 0))
    assert "STATEMENT_LINE_GONE" == refused(light_books, chinese_csv(LINES, 0, references=False))


def test_a_missing_month_shows_as_a_gap(light_books: Books) -> None:
    """The opening balance differs from what is known by what the missing statement holds."""
    take(light_books, chinese_csv(LINES[:3], 100))
    known = 100 + sum(line.amount for line in LINES[:3])
    assert 77 == take(light_books, chinese_csv(LINES[5:], known + 77)).gap


def test_another_account_s_statement_is_refused(light_books: Books) -> None:
    """By its number, or by the last digits where the bank masks it; nothing is changed."""
    assert "STATEMENT_OTHER_ACCOUNT" == refused(light_books, camt(LINES, 0), "common")
    assert "STATEMENT_OTHER_ACCOUNT" == refused(light_books, chinese_csv(LINES, 0), "common")
    hidden = camt(LINES, 0).replace(NUMBER.encode(), b"6222********" + NUMBER[-4:].encode())
    assert "STATEMENT_OTHER_ACCOUNT" == refused(light_books, hidden, "common")
    assert len(LINES) == take(light_books, hidden).new
    assert "BANK_ACCOUNT_UNKNOWN" == refused(light_books, camt(LINES, 0), "nowhere")


def test_names_and_numbers_are_sealed(light_books: Books) -> None:
    """The database's file holds neither; what is opened shows the last digits of the other's account."""
    take(light_books, camt([Line(DAY, 5, "R0", "装修押金", "王小明")], 0))
    with light_books.database.read() as session:
        shown = details_of(light_books.vault, session.scalars(sa.select(BankLine)).one())
    assert ("王小明", "****0099", "装修押金") == (shown.party, shown.party_account, shown.words)
    file = Path(str(light_books.database.engine.url.database))
    content = b"".join(
        each.read_bytes() for each in file.parent.glob(file.name + "*")
    )  # the log ahead of it too
    assert b"account_posting" in content
    for secret in ("王小明", "6217000000000000099", NUMBER, "装修押金"):
        assert secret.encode() not in content


def test_two_imports_at_once_store_each_line_once(books: Books) -> None:
    """Four people import the same statement in four formats and orders."""
    files = [chinese_csv(LINES, 5), chinese_csv(LINES, 5, newest_first=True), ofx(LINES, 5), camt(LINES, 5)]
    with ThreadPoolExecutor(4) as pool:
        news = [each.new for each in pool.map(lambda data: take(books, data), files)]
    assert len(LINES) == sum(news) == len(stored(books))


@pytest.mark.parametrize(
    ("code", "number", "name", "error"),
    [("Fund", "62220000", "a", "BANK_ACCOUNT_CODE"), ("fund", "62220000", "a", "BANK_ACCOUNT_EXISTS"),
     ("new", OTHER_NUMBER, "a", "BANK_ACCOUNT_EXISTS"), ("new", "62", "a", "BANK_ACCOUNT_NUMBER"),
     ("new", "62220000", " ", "BANK_ACCOUNT_NUMBER")],
)  # fmt: skip
def test_bank_accounts_are_opened_once(
    light_books: Books, code: str, number: str, name: str, error: str
) -> None:
    """A code or a number that is there, or none."""
    with light_books.database.write() as session, pytest.raises(Refusal, match=error):
        open_bank_account(
            session,
            light_books.vault,
            light_books.community.id,
            code=code,
            fund=Fund.DEPOSITS,
            name=name,
            number=number,
        )


def test_a_statement_is_stored_with_its_balances(light_books: Books) -> None:
    """Opening, closing and days."""
    take(light_books, chinese_csv(LINES, 5))
    with light_books.database.read() as session:
        row = session.scalars(sa.select(BankStatement)).one()
    assert (5, 55_005, "csv", 10) == (row.opening, row.closing, row.format, row.lines)
