"""OFX statements, both the older SGML and the XML form, of one bank account.

The kept reader of OFX (ofxtools) is under the GPL, which this program's licence does not allow to build on; it writes
and reads the tests' statements instead, so that two readers must agree. What is read here is small: tags, one level
of meaning, no entities but the five of XML.
"""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Final

from wanjia.accounts.statements.amounts import day_of, fen
from wanjia.accounts.statements.parsed import ParsedLine, ParsedStatement, check_count, short, whole_statement
from wanjia.domain.errors import Refusal
from wanjia.roll.text_file import decode

_TAG: Final = re.compile(r"<(/?)([A-Z0-9._]{1,40})>([^<]*)")
_FORBIDDEN: Final = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_DAY_DIGITS: Final = 8


def read_ofx(data: bytes, *, opening: int | None = None) -> ParsedStatement:
    """Read an OFX statement. OFX has no opening balance: it follows from the closing one unless it is given.

    Raises ``Refusal`` naming the line (from 1; 0 is the head) and the field.
    """
    try:
        text = decode(data)
    except Refusal:
        raise Refusal("STATEMENT_ENCODING") from None
    start = text.find("<OFX>")
    if start < 0 or _FORBIDDEN.search(text):
        raise Refusal("STATEMENT_XML")
    found = _Collected()
    for path, name, value in _leaves(text[start:]):
        found.take(path, name, value)
    if found.statements != 1:
        raise Refusal("STATEMENT_SEVERAL", count=found.statements)
    if found.current is not None:
        raise Refusal("STATEMENT_XML")
    return _statement(found.head, found.lines, opening)


class _Collected:
    """What of a file counts, as it comes by."""

    def __init__(self) -> None:
        self.head: dict[str, str] = {}
        self.lines: list[ParsedLine] = []
        self.current: dict[str, str] | None = None
        self.statements = 0

    def take(self, path: list[str], name: str, value: str | None) -> None:
        """Take an element with its text, or the begin or end of an aggregate."""
        if value is None:
            self._aggregate(name)
        elif self.current is not None:
            self.current.setdefault(f"TO.{name}" if "BANKACCTTO" in path else name, value)
        elif path and path[-1] in ("BANKACCTFROM", "LEDGERBAL", "BANKTRANLIST", "STMTRS"):
            self.head.setdefault(f"{path[-1]}.{name}", value)

    def _aggregate(self, name: str) -> None:
        if name == "STMTRS":
            self.statements += 1
        elif name == "STMTTRN":
            check_count(len(self.lines) + 1)
            self.current = {}
        elif name == "/STMTTRN" and self.current is not None:
            self.lines.append(_line(len(self.lines) + 1, self.current))
            self.current = None


def _statement(head: dict[str, str], lines: list[ParsedLine], opening: int | None) -> ParsedStatement:
    currency = head.get("STMTRS.CURDEF", "")
    if currency != "CNY":
        raise Refusal("STATEMENT_CURRENCY", currency=currency[:3])
    closing = _fen(head.get("LEDGERBAL.BALAMT", ""), 0, "BALAMT")
    lines.sort(key=lambda line: line.day)  # stable: within a day the file's order
    begins = closing - sum(line.amount for line in lines) if opening is None else opening
    bounds = [head.get(f"BANKTRANLIST.{name}") for name in ("DTSTART", "DTEND")]
    period = (_day(bounds[0], 0, "DTSTART"), _day(bounds[1], 0, "DTEND")) if all(bounds) else None
    number = head.get("BANKACCTFROM.ACCTID", "")
    return whole_statement("ofx", lines, begins, closing, period, number)


def _leaves(text: str) -> Iterator[tuple[list[str], str, str | None]]:
    """Give each element with a text, below its path; aggregates as they open, and closed ones with a slash."""
    path: list[str] = []
    for closes, name, content in _TAG.findall(text):
        value = unescape(content.strip())
        if closes:
            if name in path:
                while path.pop() != name:
                    pass
                yield path, "/" + name, None
        elif value:
            yield path, name, value
        else:
            path.append(name)
            yield path, name, None


def _line(row: int, values: dict[str, str]) -> ParsedLine:
    amount = _fen(values.get("TRNAMT", ""), row, "TRNAMT")
    if not amount:
        raise Refusal("STATEMENT_FIELD", row=row, field="TRNAMT")
    return ParsedLine(
        row,
        _day(values.get("DTPOSTED"), row, "DTPOSTED"),
        amount,
        short(values.get("FITID")),
        short(values.get("MEMO")),
        short(values.get("NAME")),
        short(values.get("TO.ACCTID")),
    )


def _fen(text: str, row: int, field: str) -> int:
    amount = fen(text.replace(",", ".") if "." not in text else text, "")
    if amount is None:
        raise Refusal("STATEMENT_FIELD", row=row, field=field)
    return amount


def _day(text: str | None, row: int, field: str) -> date:
    found = day_of((text or "")[:_DAY_DIGITS], "%Y%m%d")
    if found is None:
        raise Refusal("STATEMENT_FIELD", row=row, field=field)
    return found
