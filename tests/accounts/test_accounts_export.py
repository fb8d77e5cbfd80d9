"""Exports hold every posting to the fen, and beancount's own checker accepts its text."""

import csv
from datetime import date
from io import BytesIO, StringIO

from beancount import loader
from beancount.core.data import Open, Transaction
from ledgers import DAY, NOW, Books, lift_cost, opening, parking
from openpyxl import load_workbook

from wanjia.accounts.balances import balances, unit_balances
from wanjia.accounts.beancount_text import ledger_beancount
from wanjia.accounts.chart import EntryKind
from wanjia.accounts.entries import Draft, Place, Posting
from wanjia.accounts.export import ledger_csv, ledger_xlsx
from wanjia.accounts.posting import post, reverse

FORMULA = '=1+1" \\ 换行\n"'


def filled(books: Books) -> None:
    """Post entries of several kinds, with words and addresses that formats must escape."""
    with books.database.write() as session:
        opening(session, books)
        lift_cost(session, books, 99_999)
        post(session, books.community, parking(words=FORMULA, reference="-5"), now=NOW)
        reverse(session, books.community, 3, "记错", day=date(2026, 8, 1), now=NOW)
        odd = (Posting("bank.fund", 7), Posting("maintenance", -7, Place("甲座", "", "1-A")))
        post(session, books.community, Draft(DAY, EntryKind.CONTRIBUTION, "补交", odd), now=NOW)


def test_csv_has_every_posting(light_books: Books) -> None:
    """Sums to zero; nothing begins like a formula."""
    filled(light_books)
    with light_books.database.read() as session:
        data = ledger_csv(session, light_books.community.id, "zh-CN")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert "分录号" == rows[0][0]
    assert 5 + 5 + 2 + 2 + 2 == len(rows) - 1
    assert 0 == sum(round(float(row[10]) * 100) for row in rows[1:])
    assert ("'" + FORMULA, "'-5") == (rows[11][3], rows[11][4])


def test_xlsx_has_entries_and_balances(light_books: Books) -> None:
    """Money is numbers that add up; each sheet's sum is the account's."""
    filled(light_books)
    with light_books.database.read() as session:
        data = ledger_xlsx(session, light_books.community.id, "en")
        units = unit_balances(session, light_books.community.id)
    book = load_workbook(BytesIO(data))
    assert ["Entries", "Accounts", "Buildings", "Units"] == book.sheetnames
    assert 0 == round(sum(row[10].value for row in book["Entries"].iter_rows(min_row=2)), 2)
    for sheet in ("Buildings", "Units"):
        total = sum(row[-1].value for row in book[sheet].iter_rows(min_row=2))
        assert sum(units.values()) == round(total * 100)
    assert "s" == book["Entries"]["D12"].data_type  # the formula is a text


def test_beancount_accepts_its_text(light_books: Books) -> None:
    """No error, every transaction there, balances asserted by beancount itself."""
    filled(light_books)
    with light_books.database.read() as session:
        text = ledger_beancount(session, light_books.community.id)
        held = balances(session, light_books.community.id)
    entries, errors, _ = loader.load_string(text)
    assert [] == errors
    transactions = [each for each in entries if isinstance(each, Transaction)]
    assert [1, 2, 3, 4, 5] == sorted(int(each.meta["number"]) for each in transactions)
    bank = sum(
        posting.units.number
        for each in transactions
        for posting in each.postings
        if posting.account == "Assets:Bank:Fund"
    )
    assert held["bank.fund"] == bank * 100
    assert "Liabilities:Maintenance:B-u7532--u5EA7-:E:N1-u2D-A" in {
        each.account for each in entries if isinstance(each, Open)
    }


def test_beancount_finds_a_changed_amount(light_books: Books) -> None:
    """The text is a check of its own: one fen more anywhere is an error."""
    filled(light_books)
    with light_books.database.read() as session:
        text = ledger_beancount(session, light_books.community.id)
    _, errors, _ = loader.load_string(text.replace("  Assets:Bank:Fund  0.07", "  Assets:Bank:Fund  0.08"))
    assert errors


def test_an_empty_ledger_is_exported_too(light_books: Books) -> None:
    """A header and nothing below; beancount has nothing to complain of."""
    with light_books.database.read() as session:
        assert 1 == ledger_csv(session, light_books.community.id, "en").count(b"\r\n")
        assert load_workbook(BytesIO(ledger_xlsx(session, light_books.community.id, "en")))
        assert [] == loader.load_string(ledger_beancount(session, light_books.community.id))[1]
