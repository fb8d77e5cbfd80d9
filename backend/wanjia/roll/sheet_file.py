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
MAX_CELLS = 500_000
"""Most rows, cells and shared strings together, of a part."""
MAX_OTHER_TAGS = 200_000
"""Most tags of any other part, such as the styles."""
_BLOCK = 2**20
_OVERLAP = 16
"""Longest tag looked for, less one: so that none hides on the border of two blocks."""
_CELL = re.compile(rb"[<:](?:c|row|si)[\s/>]")
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
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _scan(archive, part)
    except (*_UNREADABLE, RuntimeError):
        raise Refusal("ROLL_FILE_NOT_XLSX") from None


def _scan(archive: ZipFile, part: ZipInfo) -> None:
    """Count what a part would make the parser build and refuse entity definitions, which it would expand."""
    held = "worksheets/" in part.filename or "sharedStrings" in part.filename
    limit = MAX_CELLS if held else MAX_OTHER_TAGS
    found = 0
    tail = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            if b"\0" in block:  # UTF-16 would hide the tags looked for
                raise BadZipFile
            block = tail + block
            if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
                raise BadZipFile
            tail = block[-_OVERLAP:]
            found += _count(block, held) - _count(tail, held)
            if found > limit:
                raise Refusal("ROLL_FILE_TOO_MANY_ROWS", limit=MAX_SHEET_ROWS)


def _count(block: bytes, cells: bool) -> int:
    return len(_CELL.findall(block)) if cells else block.count(b"<")


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
