"""Exports of the ledger for people and their spreadsheets: CSV and XLSX. Yuan with two decimals, debit positive."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from wanjia.accounts.balances import balances, building_balances, unit_balances
from wanjia.accounts.chart import Account
from wanjia.accounts.entries import yuan
from wanjia.accounts.ledger import chart_of, entries_of
from wanjia.accounts.texts import label
from wanjia.roll.writing import escaped

_COLUMNS: Final = (
    "number", "day", "kind", "words", "reference", "account", "name", "building", "entrance", "unit", "amount",
    "reverses", "hash",
)  # fmt: skip
_WIDTH: Final = 16
_MONEY: Final = "#,##0.00"

Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of an export: title, header, rows."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def ledger_csv(session: Session, community_id: int, lang: str) -> bytes:
    """Write every posting as a line of CSV (UTF-8 with a byte order mark)."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    sheet = _postings(session, community_id, lang)
    writer.writerow(sheet.header)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def ledger_xlsx(session: Session, community_id: int, lang: str) -> bytes:
    """Write a workbook: every posting, then balances by account, by building and by unit."""
    book = Workbook(write_only=True)
    for sheet in (_postings(session, community_id, lang), *_balance_sheets(session, community_id, lang)):
        _fill(book.create_sheet(sheet.title), sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _postings(session: Session, community_id: int, lang: str) -> Sheet:
    chart = chart_of(session, community_id)
    header = [label(f"column.{column}", lang) for column in _COLUMNS]
    return Sheet(label("sheet.entries", lang), header, _posting_rows(session, community_id, chart, lang))


def _posting_rows(
    session: Session, community_id: int, chart: Mapping[str, Account], lang: str
) -> Iterator[Sequence[Cell]]:
    for entry in entries_of(session, community_id):
        row = entry.row
        for each in entry.postings:
            yield (
                row.number,
                row.day.isoformat(),
                label(f"kind.{row.kind}", lang),
                entry.words,
                row.reference,
                each.account,
                name_of(chart[each.account], lang) if each.account in chart else "",
                each.place.building,
                each.place.entrance,
                each.place.number,
                Decimal(yuan(each.amount)),
                row.reverses if row.reverses is not None else "",
                "0x" + row.hash.hex(),
            )


def _balance_sheets(session: Session, community_id: int, lang: str) -> list[Sheet]:
    chart = chart_of(session, community_id)
    amount = label("column.balance", lang)
    by_account = [
        (code, name_of(chart[code], lang), Decimal(yuan(fen)))
        for code, fen in balances(session, community_id).items()
    ]
    by_building = [
        (building, Decimal(yuan(fen))) for building, fen in building_balances(session, community_id).items()
    ]
    by_unit = [
        (at.building, at.entrance, at.number, Decimal(yuan(fen)))
        for at, fen in unit_balances(session, community_id).items()
    ]
    place = [label(f"column.{part}", lang) for part in ("building", "entrance", "unit")]
    account = [label(f"column.{part}", lang) for part in ("account", "name")]
    return [
        Sheet(label("sheet.accounts", lang), [*account, amount], by_account),
        Sheet(label("sheet.buildings", lang), [place[0], amount], by_building),
        Sheet(label("sheet.units", lang), [*place, amount], by_unit),
    ]


def name_of(account: Account, lang: str) -> str:
    """Give an account's name in a language."""
    return account.zh if lang.startswith("zh") else account.en


def _plain(cell: Cell) -> str:
    return escaped(cell) if isinstance(cell, str) else str(cell)


def _fill(sheet: Any, content: Sheet) -> None:
    for at in range(1, len(content.header) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTH
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, name) for name in content.header])
    for row in content.rows:
        sheet.append([_sheet_cell(sheet, cell) for cell in row])


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _sheet_cell(sheet: Any, value: Cell) -> Any:
    """Money is a number that adds up; texts are texts, however like a formula they begin."""
    content: Any = (
        escaped(value) if isinstance(value, str) else value
    )  # Decimal too: openpyxl writes its digits
    cell = WriteOnlyCell(sheet, value=content)
    cell.number_format = "@" if isinstance(value, str) else _MONEY if isinstance(value, Decimal) else "0"
    return cell
