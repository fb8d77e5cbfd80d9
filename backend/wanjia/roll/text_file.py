"""Roll files of separated values: UTF-8, GBK/GB18030 or UTF-16; comma, tab or semicolon."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

from wanjia.domain.errors import Refusal
from wanjia.roll.table import MAX_ROWS, Cell, Table, build_table, known_headers

_SEPARATORS = ",\t;，"
_HEADER_PROBE = 4_096
_FORMULA_STARTS = ("=", "@")


def read_text_file(data: bytes) -> Table:
    """Read separated values. Raises ``Refusal`` for what cannot be read as such."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Refusal("ROLL_FILE_ENCODING")
    if text.count("\n") > 2 * MAX_ROWS:
        raise Refusal("ROLL_FILE_TOO_MANY_ROWS", limit=MAX_ROWS)
    return build_table(_lines(text, _separator(text)), MAX_ROWS)


def decode(data: bytes) -> str:
    """Turn bytes into text: by byte order mark, by the zero bytes of UTF-16, else UTF-8, else GB18030.

    Raises ``Refusal`` when none fits.
    """
    for mark, encoding in ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    head = data[:_HEADER_PROBE]
    if b"\0" in head:  # text in UTF-8 and GB18030 has no zero bytes; line ends and separators of UTF-16 do
        even, odd = head[::2].count(0), head[1::2].count(0)
        return _decode_as(data, "utf-16-be" if even > odd else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, "gb18030")


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("ROLL_FILE_ENCODING") from None


def _separator(text: str) -> str:
    """Give the separator under which most headers are understood, judged by the first line that is no remark."""
    lines = (line for line in text[: 16 * _HEADER_PROBE].splitlines() if line.strip())
    first = next((line for line in lines if not line.lstrip('"').startswith("#")), "")

    def understood(separator: str) -> int:
        return known_headers([part.strip('"') for part in first.split(separator)])

    return max(_SEPARATORS, key=understood)


def _lines(text: str, separator: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    reader = csv.reader(_physical_lines(text), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, tuple(_cell(value) for value in row)
    except csv.Error:
        raise Refusal("ROLL_FILE_BROKEN_ROW", row=number + 1) from None


def _physical_lines(text: str) -> Iterator[str]:
    """Split at line ends only: ``splitlines`` would also split at characters that may stand inside a cell."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def _cell(value: str) -> Cell:
    value = value.strip()
    formula = value.startswith(_FORMULA_STARTS)
    return Cell(value.removeprefix("'"), formula)
