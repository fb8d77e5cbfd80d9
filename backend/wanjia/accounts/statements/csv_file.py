"""CSV statements as Chinese banks export them: lines above the header, totals below, newest first or last."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from wanjia.accounts.entries import yuan
from wanjia.accounts.statements.amounts import day_of, fen
from wanjia.accounts.statements.mapping import CsvMapping, guess, plain_header
from wanjia.accounts.statements.parsed import ParsedLine, ParsedStatement, check_count, short, whole_statement
from wanjia.domain.errors import Refusal
from wanjia.roll.text_file import decode

_SEPARATORS: Final = ",\t;|，"
_HEADER_PROBE: Final = 60
"""Rows among which the header is looked for."""
_FOOT: Final = re.compile(
    r"(合计|总计|小计|本页|总.{0,4}笔|笔数|累计|借方|贷方|收入|支出|打印|说明|备注|注[:：]|温馨提示|total|sum|page)",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(
    r"(?:[账帐]号|卡号|account(?: number| no\.?)?)[^\d*\n]{0,12}([\d*]{8,32})(?!\d)", re.IGNORECASE
)
_WRAPPED: Final = re.compile(r'="(.*)"')

_MONEY: Final = ("amount", "money_in", "money_out", "balance")

Row = tuple[int, list[str]]


def read_csv(
    data: bytes, mapping: CsvMapping | None = None, *, opening: int | None = None, closing: int | None = None
) -> ParsedStatement:
    """Read a CSV statement. ``opening`` and ``closing`` are needed where it has no column of balances.

    Raises ``Refusal`` naming the row. What a cell holds is never in it: a wrong mapping points at names and numbers.
    """
    try:
        text = decode(data)
    except Refusal:
        raise Refusal("STATEMENT_ENCODING") from None
    found, rows, number = _table(text, mapping)
    lines = list(_lines(rows, found))
    if not lines:
        raise Refusal("STATEMENT_EMPTY")
    if found.balance:
        lines = _in_order(lines)
        first, last = lines[0], lines[-1]
        begins = (first.balance or 0) - first.amount
        return whole_statement(
            "csv",
            lines,
            begins if opening is None else opening,
            (last.balance or 0) if closing is None else closing,
            number=number,
        )
    if opening is None or closing is None:
        raise Refusal("STATEMENT_BALANCE_MISSING")
    ordered = lines if lines[0].day <= lines[-1].day else lines[::-1]
    return whole_statement("csv", ordered, opening, closing, number=number)


def _table(text: str, mapping: CsvMapping | None) -> tuple[CsvMapping, Iterator[Row], str]:
    """Find the header under the separator with which it is one.

    Gives the rows below it by the header's columns, and the account's number where the lines above name it.
    """
    for separator in _SEPARATORS:
        rows = _rows(text, separator)
        above = ""
        for _, cells in (row for row, _ in zip(rows, range(_HEADER_PROBE), strict=False)):
            found = guess(cells) if mapping is None else _if_there(cells, mapping)
            if found:
                header = [plain_header(cell) for cell in cells]
                named = _ACCOUNT.search(above)
                return found, _below(rows, header, found), named[1] if named else ""
            above += "\n" + " ".join(cells)
    columns = ", ".join(mapping.columns.values()) if mapping else "日期, 收入, 支出, 余额"
    raise Refusal("STATEMENT_HEADER", columns=columns)


def _if_there(cells: list[str], mapping: CsvMapping) -> CsvMapping | None:
    """Give the mapping back where a row has all its headers."""
    header = {plain_header(cell) for cell in cells}
    return mapping if all(plain_header(name) in header for name in mapping.columns.values()) else None


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, [_cell(cell) for cell in row]
    except csv.Error:
        raise Refusal("STATEMENT_ROW_BROKEN", row=reader.line_num) from None


def _cell(cell: str) -> str:
    bare = cell.strip().strip("\t")
    wrapped = _WRAPPED.fullmatch(bare)
    return wrapped[1] if wrapped else bare


def _below(rows: Iterator[Row], header: list[str], mapping: CsvMapping) -> Iterator[Row]:
    """Give the cells that are read of each row, in the order of the mapping's columns."""
    places = {field: header.index(plain_header(name)) for field, name in mapping.columns.items()}
    money = [place for field, place in places.items() if field in _MONEY]
    for number, cells in rows:
        padded = cells + [""] * (len(header) - len(cells))
        if not any(cells) or [plain_header(cell) for cell in cells] == header:
            continue
        if day_of(padded[places["day"]], mapping.day_format) is None and _is_foot(cells, padded, money):
            continue
        if any(padded[len(header) :]):
            raise Refusal("STATEMENT_ROW_BROKEN", row=number)
        yield number, [padded[place] for place in places.values()]


def _is_foot(cells: list[str], padded: list[str], money: list[int]) -> bool:
    """Totals by their first word, and remarks without any amount; of rows without a day nothing else is left out."""
    return bool(_FOOT.match(next(filter(None, cells)))) or not any(padded[place] for place in money)


def _lines(rows: Iterator[Row], mapping: CsvMapping) -> Iterator[ParsedLine]:
    names = list(mapping.columns)
    for count, (number, cells) in enumerate(rows, start=1):
        check_count(count)
        cell = dict(zip(names, cells, strict=True))
        day = day_of(cell["day"], mapping.day_format)
        if day is None:
            raise Refusal("STATEMENT_DATE", row=number)
        yield ParsedLine(
            number,
            day,
            _amount(cell, number, mapping),
            short(cell.get("reference")),
            short(cell.get("words")),
            short(cell.get("party")),
            short(cell.get("party_account")),
            _read(cell["balance"], number, mapping, "balance") if mapping.balance else None,
        )


def _amount(cell: dict[str, str], row: int, mapping: CsvMapping) -> int:
    if mapping.money_in:
        came, went = (
            _read(cell[name], row, mapping, name) if cell[name] not in ("", "-", "--") else 0
            for name in ("money_in", "money_out")
        )
        if bool(came) == bool(went):
            raise Refusal("STATEMENT_ONE_AMOUNT", row=row)
        return came - went
    amount = _read(cell["amount"], row, mapping, "amount")
    if not amount:
        raise Refusal("STATEMENT_ONE_AMOUNT", row=row)
    if not mapping.direction:
        return amount
    word = cell["direction"].strip().lower()
    if amount < 0 or (word in mapping.words_in) == (word in mapping.words_out):
        raise Refusal("STATEMENT_DIRECTION", row=row)
    return amount if word in mapping.words_in else -amount


def _read(cell: str, row: int, mapping: CsvMapping, field: str) -> int:
    amount = fen(cell, mapping.thousands)
    if amount is None:
        raise Refusal("STATEMENT_AMOUNT", row=row, column=getattr(mapping, field))
    return amount


def _in_order(lines: list[ParsedLine]) -> list[ParsedLine]:
    """Give the lines oldest first, whichever way their balances follow. Raises ``Refusal`` at the first that does not."""
    upwards, downwards = _break(lines), _break(lines[::-1])
    if upwards is None:
        return lines
    if downwards is None:
        return lines[::-1]
    newest_first = lines[0].day > lines[-1].day
    at = downwards if newest_first else upwards
    before, line = (lines[::-1] if newest_first else lines)[at - 1 : at + 1]
    expected = (before.balance or 0) + line.amount
    raise Refusal("STATEMENT_BALANCE", row=line.row, expected=yuan(expected), found=yuan(line.balance or 0))


def _break(lines: list[ParsedLine]) -> int | None:
    """Find the first line whose balance does not follow from the one before."""
    for at in range(1, len(lines)):
        if (lines[at - 1].balance or 0) + lines[at].amount != lines[at].balance:
            return at
    return None
