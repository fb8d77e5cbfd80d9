"""Writes roll files: CSV that spreadsheets open as Chinese text, and XLSX with every cell a text."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from wanjia.roll.columns import COLUMNS

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_COLUMN_WIDTH = 16
_TEXT_FORMAT = "@"

Row = Mapping[str, str]
"""One row by column key; what is left out is empty."""


def escaped(value: str) -> str:
    """Make a cell harmless that a spreadsheet would take for a formula. A lone dash (none) is none."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) and value != "-" else value


def to_csv(rows: Iterable[Row], lang: str, remarks: Sequence[str] = ()) -> bytes:
    """Write UTF-8 with a byte order mark: header, remarks, rows."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.header(lang) for column in COLUMNS])
    writer.writerows([f"# {remark}"] for remark in remarks)
    writer.writerows([escaped(row.get(column.key, "")) for column in COLUMNS] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_xlsx(
    sheets: Mapping[str, Iterable[Row]], lang: str, notes: Mapping[str, Iterable[Sequence[str]]]
) -> bytes:
    """Write sheets of rolls, then sheets of notes. Every cell is a text: long numbers keep their digits."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        lines = ([row.get(column.key, "") for column in COLUMNS] for row in rows)
        _fill(book.create_sheet(title), [column.header(lang) for column in COLUMNS], lines)
    for title, texts in notes.items():
        _fill(book.create_sheet(title), [], texts)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    width = len(header) or 4
    for at in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(at)].width = _COLUMN_WIDTH
        sheet.column_dimensions[get_column_letter(at)].number_format = _TEXT_FORMAT
    if header:
        sheet.freeze_panes = "A2"
        sheet.append([_text_cell(sheet, name, bold=True) for name in header])
    for line in lines:
        sheet.append([_text_cell(sheet, escaped(value)) for value in line])


def _text_cell(sheet: Any, value: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = _TEXT_FORMAT
    if bold:
        cell.font = Font(bold=True)
    return cell
