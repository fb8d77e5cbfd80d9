"""Roll files of Excel (XLSX): looked over while still packed, then read cell by cell, formulas never evaluated."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from wanjia.domain.errors import Refusal
from wanjia.roll.table import EMPTY, MAX_COLUMNS, MAX_SHEET_ROWS, Cell, Table, build_table

MAX_PARTS = 500
MAX_UNPACKED = 64 * 2**20
"""Largest total size of a workbook's parts."""
MAX_CELLS = 400_000
"""Most cells of a sheet."""
MAX_CELLS_A_ROW = 300
"""Empty cells that only carry a format are usual; more of them than this are not."""
MAX_STRINGS = 200_000
"""Most shared strings."""
MAX_OTHER_TAGS = 200_000
"""Most tags of any other part, such as the styles."""
_BLOCK = 2**20
_CELL = re.compile(rb"[<:]c[\s/>]")
_ROW = re.compile(rb"[<:]row[\s/>]")
_STRING = re.compile(rb"[<:]si[\s/>]")
_TAG = re.compile(rb"<")
_UNREADABLE = (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError, NotImplementedError,
               AttributeError, TypeError, IndexError, EOFError)  # fmt: skip


def read_sheet_file(data: bytes) -> Table:
    """Read the sheet named 业主名册 or roll, else the first. Raises ``Refusal`` for what cannot or must not be read."""
    _look_over(data)
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = workbook.worksheets
        named = [sheet for sheet in sheets if sheet.title.strip().lower() in ("业主名册", "roll")]
        sheet = (named or sheets)[0]
        sheet.reset_dimensions()  # what the file says of its size is not believed
        return build_table(_rows(sheet.iter_rows(max_col=MAX_COLUMNS + 1)), MAX_SHEET_ROWS)
    except _UNREADABLE:
        raise Refusal("ROLL_FILE_NOT_XLSX") from None


def _look_over(data: bytes) -> None:
    """Refuse bombs: declared sizes first, then each part unpacked in blocks that are counted and dropped."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Refusal("ROLL_FILE_UNPACKS_TOO_LARGE", limit=f"{MAX_UNPACKED // 2**20} MB")
            for part in parts:
                if _is_markup(archive, part):
                    _scan(archive, part)
    except (*_UNREADABLE, RuntimeError):
        raise Refusal("ROLL_FILE_NOT_XLSX") from None


def _is_markup(archive: ZipFile, part: ZipInfo) -> bool:
    """Tell by its content, not by its name, whether a parser would take the part; UTF-16 is refused."""
    with archive.open(part) as stream:
        head = stream.read(_BLOCK)
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0<")):
        raise BadZipFile
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"<", b"")


def _scan(archive: ZipFile, part: ZipInfo) -> None:
    """Count what a part would make the parser build and refuse entity definitions, which it would expand."""
    sheet = "worksheets/" in part.filename
    limit = MAX_CELLS if sheet else MAX_STRINGS if "sharedStrings" in part.filename else MAX_OTHER_TAGS
    tags = _CELL if sheet else _STRING if "sharedStrings" in part.filename else _TAG
    found = in_row = 0
    rest = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            if b"\0" in block:  # UTF-16 would hide the tags looked for
                raise BadZipFile
            block = rest + block
            cut = max(block.rfind(b"<"), 0)  # a tag on the border belongs to the next block
            block, rest = block[:cut], block[cut:]
            if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
                raise BadZipFile
            found += len(tags.findall(block))
            if found > limit:
                raise Refusal("ROLL_FILE_TOO_MANY_ROWS", limit=MAX_SHEET_ROWS)
            if sheet:
                in_row = _longest_row(block, in_row, found)


def _longest_row(block: bytes, in_row: int, row: int) -> int:
    """Refuse a row of too many cells; give how many the last row has so far."""
    first, *others = _ROW.split(block)
    counts = [in_row + len(_CELL.findall(first)), *(len(_CELL.findall(other)) for other in others)]
    if max(counts) > MAX_CELLS_A_ROW:
        raise Refusal("ROLL_FILE_TOO_MANY_COLUMNS", row=row, limit=MAX_COLUMNS)
    return counts[-1]


def _rows(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for number, row in enumerate(rows, start=1):
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1].text:
            cells.pop()
        yield number, tuple(cells) or (EMPTY,)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Cell("=", formula=True)
    match value:
        case None:
            return EMPTY
        case bool():
            return Cell(str(value).upper())
        case int() | float():
            whole = isinstance(value, int) or value.is_integer()
            return Cell(str(int(value)) if whole else repr(value), numeric=True)
        case datetime():
            return Cell(value.date().isoformat())
    return Cell(str(value).strip().removeprefix("'"))
