"""Checks a roll file as a whole: header, every row, then what rows say together."""

from datetime import date
from difflib import get_close_matches

from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_order
from wanjia.roll.columns import COLUMNS, HEADERS, header_form
from wanjia.roll.facts import RowFacts, RowReading, read_row
from wanjia.roll.findings import Findings
from wanjia.roll.owners import gather_owners
from wanjia.roll.parsed import ParsedRoll, ParsedUnit, RollCheck
from wanjia.roll.sheet_file import read_sheet_file
from wanjia.roll.table import EMPTY, MAX_BYTES, Cell, Table
from wanjia.roll.text_file import read_text_file

_ZIP_START = b"PK\x03\x04"
_OLD_EXCEL_START = b"\xd0\xcf\x11\xe0"


def read_table(data: bytes) -> Table:
    """Read a file by what it holds, whatever its name says. Raises ``Refusal``."""
    if len(data) > MAX_BYTES:
        raise Refusal("TOO_LARGE", limit=f"{MAX_BYTES // 2**20} MB")
    if data.startswith(_OLD_EXCEL_START):
        raise Refusal("ROLL_FILE_OLD_EXCEL")
    return read_sheet_file(data) if data.startswith(_ZIP_START) else read_text_file(data)


def check_roll(data: bytes, today: date) -> RollCheck:
    """Check a whole file and list everything found; the roll comes only with a file free of errors.

    ``today`` decides who is a minor. Raises ``Refusal`` for a file that cannot be read as a table.
    """
    table = read_table(data)
    findings = Findings()
    places = _columns(table, findings)
    if findings.failed:
        return RollCheck(findings.in_order(), None)
    readings = [
        read_row(number, _by_column(number, cells, places, len(table.header), findings), today, findings)
        for number, cells in table.rows
    ]
    _find_doubles(readings, findings)
    facts = [reading.facts for reading in readings if reading.facts is not None]
    roll = _build(facts, today, findings)
    return RollCheck(findings.in_order(), None if findings.failed else roll)


def _columns(table: Table, findings: Findings) -> dict[str, int]:
    """Find each column's place in the header."""
    places: dict[str, int] = {}
    unknown: list[str] = []
    for at, header in enumerate(table.header):
        key = HEADERS.get(header_form(header))
        if key is None:
            if header:
                unknown.append(header)
        elif key in places:
            findings.error(table.header_row, key, "ROLL_COLUMN_TWICE", header=header)
        else:
            places[key] = at
    absent = [column for column in COLUMNS if column.key not in places]
    names = {header_form(name): column for column in absent for name in column.names}
    for header in unknown:
        close = get_close_matches(header_form(header), names, n=1, cutoff=0.6)
        if close:
            likely = names[close[0]].zh
            findings.warn(table.header_row, header[:20], "ROLL_COLUMN_MISSPELT", likely=likely)
        else:
            findings.warn(table.header_row, header[:20], "ROLL_COLUMN_UNKNOWN")
    for column in absent:
        if column.required:
            findings.error(table.header_row, column.key, "ROLL_COLUMN_MISSING", zh=column.zh, en=column.en)
    return places


def _by_column(
    number: int, cells: tuple[Cell, ...], places: dict[str, int], width: int, findings: Findings
) -> dict[str, Cell]:
    if any(cell.text for cell in cells[width:]):
        findings.error(number, "", "ROLL_ROW_TOO_LONG", found=len(cells), expected=width)
    return {key: cells[at] if at < len(cells) else EMPTY for key, at in places.items()}


def _find_doubles(readings: list[RowReading], findings: Findings) -> None:
    first: dict[tuple[str, str, str], int] = {}
    for reading in readings:
        if reading.address is None:
            continue
        if reading.address in first:
            row = first[reading.address]
            findings.error(
                reading.row, "number", "ROLL_UNIT_TWICE", unit="-".join(reading.address), first=row
            )
        else:
            first[reading.address] = reading.row


def _build(facts: list[RowFacts], today: date, findings: Findings) -> ParsedRoll:
    """Put units in order of address and owners in order of their first unit."""
    ordered = sorted(facts, key=lambda row: address_order(*row.address))
    owners, places = gather_owners(ordered, today, findings)
    units = tuple(
        ParsedUnit(*row.address, row.use, row.area, row.area_source, row.sale_state, place)
        for row, place in zip(ordered, places, strict=True)
    )
    return ParsedRoll(units, tuple(owners))
