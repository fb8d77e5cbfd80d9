"""A roll file as rows of text, whatever it was stored as, and the limits it must keep."""

from collections.abc import Iterator
from dataclasses import dataclass

from wanjia.domain.errors import Refusal
from wanjia.roll.columns import HEADERS, header_form

MAX_BYTES = 16 * 2**20
"""Largest file taken, packed or not."""
MAX_ROWS = 100_000
"""Most rows of a text file."""
MAX_SHEET_ROWS = 20_000
"""Most rows of a sheet: XLSX costs twenty times as much to read."""
MAX_COLUMNS = 60
MAX_CELL = 2_000
"""Most characters of a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, whether it holds a formula, whether a spreadsheet kept it as a number."""

    text: str
    formula: bool = False
    numeric: bool = False


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and the rows below it, each with its number in the file (from 1)."""

    header_row: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def build_table(lines: Iterator[tuple[int, tuple[Cell, ...]]], limit: int) -> Table:
    """Take the first row that is neither empty nor a remark (``#``) as header and keep the others.

    Raises ``Refusal`` for too many rows, columns or characters, and for a file without rows.
    """
    header: tuple[int, tuple[str, ...]] | None = None
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, cells in lines:
        if number > limit:
            raise Refusal("ROLL_FILE_TOO_MANY_ROWS", limit=limit)
        if len(cells) > MAX_COLUMNS:
            raise Refusal("ROLL_FILE_TOO_MANY_COLUMNS", row=number, limit=MAX_COLUMNS)
        if any(len(cell.text) > MAX_CELL for cell in cells):
            raise Refusal("ROLL_FILE_CELL_TOO_LONG", row=number, limit=MAX_CELL)
        if not any(cell.text for cell in cells) or cells[0].text.startswith("#"):
            continue
        if header is None:
            header = number, tuple(cell.text for cell in cells)
        else:
            rows.append((number, cells))
    if header is None or not rows:
        raise Refusal("ROLL_FILE_EMPTY")
    return Table(header[0], header[1], tuple(rows))


def known_headers(cells: list[str]) -> int:
    """Count the headers of a line that the roll understands."""
    return sum(header_form(cell) in HEADERS for cell in cells)
