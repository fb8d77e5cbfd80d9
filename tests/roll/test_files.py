"""Files as they come: encodings, separators, headers, sheets, formulas; and those that must be refused."""

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from rolls import TODAY, company_flat, flat, joint_flat, roll_of

from wanjia.domain.errors import Refusal
from wanjia.roll.checking import check_roll
from wanjia.roll.columns import COLUMNS
from wanjia.roll.table import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from wanjia.roll.template import examples, template_csv, template_xlsx
from wanjia.roll.texts import EN, ZH
from wanjia.roll.writing import to_csv, to_xlsx

ROWS = [flat("101", 1), joint_flat("102", 2, 3), company_flat("201", 4)]
TEXT = to_csv(ROWS, ZH).decode("utf-8-sig")
MARK = "\ufeff"


def codes(data: bytes) -> list[tuple[int, str, str]]:
    """Place and code of every finding."""
    return [(each.row, each.column, each.code) for each in check_roll(data, TODAY).findings]


def refusal(data: bytes) -> str:
    """Code with which a file is refused."""
    with pytest.raises(Refusal) as refused:
        check_roll(data, TODAY)
    return refused.value.code


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        (MARK + TEXT).encode(),
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        (MARK + TEXT).encode("utf-16-le"),
        (MARK + TEXT).encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=[
        "utf-8",
        "utf-8-bom",
        "gbk",
        "gb18030",
        "utf-16-le",
        "utf-16-be",
        "utf-16-le bare",
        "utf-16-be bare",
    ],
)
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
def test_encodings_and_line_ends(data: bytes, ends: str) -> None:
    """The same roll out of each."""
    encoding = "utf-16-le" if data[1:2] == b"\0" else None
    if ends != "\r\n" and encoding is None and b"\0" not in data:
        data = data.replace(b"\r\n", ends.encode())
    roll = check_roll(data, TODAY).roll
    assert roll is not None
    assert roll_of(*ROWS).file_hash == roll.file_hash


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("lang", [ZH, EN])
def test_separators_languages_and_any_order_of_columns(separator: str, lang: str) -> None:
    """Headers in Chinese or English, columns backwards, a remark above and blank lines between."""
    columns = list(reversed(COLUMNS))
    lines = ["# remark", separator.join(column.header(lang) for column in columns), ""]
    lines += [separator.join(row.get(column.key, "") for column in columns) for row in ROWS]
    roll = check_roll("\n".join(lines).encode(), TODAY).roll
    assert roll is not None
    assert roll_of(*ROWS).file_hash == roll.file_hash


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    """Remarks, blank rows and line ends inside a cell do not shift the numbers."""
    header = ",".join(column.zh for column in COLUMNS)
    good = ",".join(flat().get(column.key, "") for column in COLUMNS).replace("甲1", '"甲1\n"')
    bad = ",".join(flat("102", 2, area="x").get(column.key, "") for column in COLUMNS)
    assert [(5, "area", "ROLL_AREA_NOT_NUMBER")] == codes(f"# remark\n{header}\n{good}\n\n{bad}\n".encode())


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.required], ids=lambda c: c.key)
def test_a_missing_column(column: object) -> None:
    """Named, on the header's row; rows are not judged without it."""
    lacking = [each for each in COLUMNS if each != column]
    data = ",".join(each.zh for each in lacking) + "\n" + ",".join("x" for _ in lacking)
    assert [(1, column.key, "ROLL_COLUMN_MISSING")] == codes(data.encode())  # type: ignore[attr-defined]


def test_headers_that_are_not_known() -> None:
    """A misspelt one is answered with the likely one, others are passed over; a double is an error."""
    header = [column.zh for column in COLUMNS]
    header[header.index("代表人")] = "代表入"
    values = [flat().get(column.key, "") for column in COLUMNS]
    lines = [",".join([*header, "备忘"]), ",".join([*values, "x"])]
    check = check_roll("\n".join(lines).encode(), TODAY)
    assert [("代表入", "ROLL_COLUMN_MISSPELT"), ("备忘", "ROLL_COLUMN_UNKNOWN")] == sorted(
        (each.column, each.code) for each in check.findings
    )
    assert check.roll is not None
    lines = [",".join([*header, "建筑面积（㎡）"]), ",".join([*values, "1"])]
    assert (1, "area", "ROLL_COLUMN_TWICE") in codes("\n".join(lines).encode())


def test_a_row_longer_than_the_header() -> None:
    """A separator inside a cell without quotes is said to be that."""
    assert (4, "", "ROLL_ROW_TOO_LONG") in codes(TEXT.replace("第4有限公司", "第4,有限公司", 1).encode())


@pytest.mark.parametrize("formula", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)"])
def test_formulas_are_refused_not_evaluated(formula: str) -> None:
    """In text files and in sheets, on their cell."""
    line = ",".join(flat(area=f'"{formula}"').get(column.key, "") for column in COLUMNS)
    header = ",".join(column.zh for column in COLUMNS)
    assert [(2, "area", "ROLL_CELL_FORMULA")] == codes(f"{header}\n{line}".encode())


def test_formulas_of_a_sheet_are_refused_and_its_rounded_numbers_found() -> None:
    """A formula with a kept result is still a formula; a long number kept as a figure has lost its end."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([column.en for column in COLUMNS])
    sheet.append([flat().get(column.key, "") for column in COLUMNS])
    sheet.append([flat("102", 2).get(column.key, "") for column in COLUMNS])
    sheet.append([flat("103", 3).get(column.key, "") for column in COLUMNS])
    place = {column.key: at + 1 for at, column in enumerate(COLUMNS)}
    sheet.cell(2, place["area"], 89.35)
    sheet.cell(2, place["phones"], 15400000001)
    sheet.cell(2, place["building"], 1.0)
    sheet.cell(3, place["area"], "=80+9.35")
    sheet.cell(4, place["id_numbers"], int("51010019800101" + "0030"))
    out = BytesIO()
    book.save(out)
    assert [(3, "area", "ROLL_CELL_FORMULA"), (4, "id_numbers", "ROLL_ID_SPOILED_BY_SHEET")] == codes(
        out.getvalue()
    )


def test_written_cells_cannot_become_formulas_and_read_back() -> None:
    """A name that a spreadsheet would run is quoted on the way out, in both kinds of file."""
    row = flat(holders="=HYPERLINK(1)", number="+1")
    text = to_csv([row], ZH).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert ",'+1," in text
    sheet = load_workbook(BytesIO(to_xlsx({"roll": [row]}, ZH, {})))["roll"]
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    for data in (text.encode(), to_xlsx({"roll": [row]}, ZH, {})):
        roll = check_roll(data, TODAY).roll
        assert roll is not None
        assert ("=HYPERLINK(1)", "+1") == (roll.owners[0].holders[0].name, roll.units[0].number)


@pytest.mark.parametrize("lang", [ZH, EN])
def test_templates(lang: str) -> None:
    """An empty template holds no roll; with the examples copied in it is one, whatever other sheets there are."""
    assert "ROLL_FILE_EMPTY" == refusal(template_csv(lang))
    assert "ROLL_FILE_EMPTY" == refusal(template_xlsx(lang))
    book = load_workbook(BytesIO(template_xlsx(lang)))
    for row in book.worksheets[1].iter_rows(min_row=2, values_only=True):
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    roll = check_roll(out.getvalue(), TODAY).roll
    assert roll is not None
    assert roll_of(*examples()).file_hash == roll.file_hash


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP file of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_sheet(sheet: bytes) -> bytes:
    """A workbook whose first sheet is replaced."""
    with zipfile.ZipFile(BytesIO(to_xlsx({"roll": ROWS}, ZH, {}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if "worksheets/" in name)
    return packed(parts | {name: sheet})


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELL = b'<c r="A1" t="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("ROLL_FILE_EMPTY", b""),
        ("ROLL_FILE_EMPTY", "# 只有说明\n".encode()),
        ("ROLL_FILE_EMPTY", TEXT.splitlines()[0].encode()),
        ("ROLL_FILE_ENCODING", b"\xff\xff\xff\xfe\x81"),
        ("ROLL_FILE_BROKEN_ROW", TEXT.replace("甲1", '"甲1', 1).encode()),
        ("ROLL_FILE_OLD_EXCEL", b"\xd0\xcf\x11\xe0" + bytes(100)),
        ("ROLL_FILE_NOT_XLSX", b"PK\x03\x04" + bytes(100)),
        ("ROLL_FILE_NOT_XLSX", packed({"a.txt": b"x"})),
        ("ROLL_FILE_NOT_XLSX", with_sheet(b'<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET % b"")),
        ("ROLL_FILE_NOT_XLSX", with_sheet("<worksheet/>".encode("utf-16"))),
        ("ROLL_FILE_TOO_MANY_COLUMNS", (",".join("x" * (MAX_COLUMNS + 1)) + "\n1").encode()),
        ("ROLL_FILE_CELL_TOO_LONG", (TEXT + "x" * 2001).encode()),
    ],
)
def test_files_that_cannot_be_read(code: str, data: bytes) -> None:
    """One refusal each, that says what to do."""
    assert code == refusal(data)


BOMBS = {
    "large file": lambda: b"x" * (MAX_BYTES + 1),
    "million rows": lambda: TEXT.encode() + b"1,1,1\n" * (2 * 10**6),
    "rows": lambda: TEXT.encode() + b"1,1,1\n" * (MAX_ROWS + 5),
    "zeros": lambda: packed({f"{at}.bin": bytes(2**24) for at in range(20)}),
    "many parts": lambda: packed({f"{at}.xml": b"" for at in range(2000)}),
    "million sheet rows": lambda: with_sheet(SHEET % (b"<row>" + CELL + b"</row>") + b"<row/>" * 10**6),
    "one wide row": lambda: with_sheet(SHEET % (b"<row>" + CELL * 10**6 + b"</row>")),
    "prefixed cells": lambda: with_sheet(b"<x:row>" + b"<x:c\n/>" * (2 * 10**6)),
    "row at the end": lambda: with_sheet(SHEET % (b'<row r="1048576">' + CELL + b"</row>")),
    "cells under another name": lambda: packed({"xl/a.png": b"<row>" + CELL * 10**6}),
    "fat styles": lambda: packed({"xl/styles.xml": b"<font/>" * 10**6}),
    "quarter million cells": lambda: with_sheet(SHEET % (b"<row>" + CELL * 240_000 + b"</row>")),
}
PROBE = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from wanjia.domain.errors import Refusal
from wanjia.roll.checking import check_roll
data = Path(sys.argv[1]).read_bytes()
start = time.process_time()
try:
    code = [each.code for each in check_roll(data, date(2026, 11, 1)).errors][0]
except Refusal as refusal:
    code = refusal.code
took = time.process_time() - start
status = Path("/proc/self/status")  # the high-water mark of this program; getrusage counts the parent's before exec
if status.exists():
    peak = int(status.read_text().split("VmHWM:")[1].split()[0])
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([code, took, peak / 1024]))
"""


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_two_seconds_and_200_mb(name: str, tmp_path: Path) -> None:
    """T25: processor time and memory of a process of its own."""
    bomb = tmp_path / "bomb"
    bomb.write_bytes(BOMBS[name]())
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, str(bomb)], capture_output=True, check=True, text=True, env=environment
    )
    code, seconds, megabytes = json.loads(ran.stdout)
    assert code.startswith(("ROLL_FILE_", "TOO_LARGE", "ROLL_COLUMN_"))
    assert seconds < 2
    assert megabytes < 200
