"""camt.053 (ISO 20022, bank to customer statement), every version, of one bank account.

The packages that read it either bring a web framework with them or flatten batches into details whose amounts need
not add up; the dozen elements that count are read here, through defusedxml: no document types, no entities.
"""

import re
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from wanjia.accounts.statements.amounts import day_of, fen
from wanjia.accounts.statements.parsed import ParsedLine, ParsedStatement, check_count, short, whole_statement
from wanjia.domain.errors import Refusal

_SPACE: Final = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d{2}\}Document")
_OPENING: Final = ("OPBD", "PRCD")
"""Opening booked balance, or the one the statement before closed with."""


def read_camt(data: bytes) -> ParsedStatement:
    """Read a camt.053 statement. Raises ``Refusal`` naming the entry (from 1; 0 is the head) and the element."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refusal("STATEMENT_XML") from None
    if not _SPACE.fullmatch(root.tag):
        raise Refusal("STATEMENT_FORMAT")
    for element in root.iter():  # versions differ by their namespace only
        element.tag = element.tag.rpartition("}")[2]
    statements = root.findall("BkToCstmrStmt/Stmt")
    if len(statements) != 1:
        raise Refusal("STATEMENT_SEVERAL", count=len(statements))
    return _statement(statements[0])


def _statement(found: Element) -> ParsedStatement:
    balances = {_text(balance, "Tp/CdOrPrtry/Cd"): _signed(balance, 0) for balance in found.findall("Bal")}
    opening = next((balances[code] for code in _OPENING if code in balances), None)
    closing = balances.get("CLBD")
    if opening is None or closing is None:
        raise Refusal("STATEMENT_BALANCE_MISSING")
    entries = found.findall("Ntry")
    check_count(len(entries))
    lines = [_line(entry, row) for row, entry in enumerate(entries, start=1) if _is_booked(entry)]
    lines.sort(key=lambda line: line.day)  # stable: within a day the file's order
    bounds = [_text(found, f"FrToDt/{name}") for name in ("FrDtTm", "ToDtTm")]
    days = (day_of(bounds[0][:10]), day_of(bounds[1][:10]))
    period = (days[0], days[1]) if days[0] and days[1] else None
    number = _text(found, "Acct/Id/IBAN") or _text(found, "Acct/Id/Othr/Id")
    return whole_statement("camt", lines, opening, closing, period, number)


def _line(entry: Element, row: int) -> ParsedLine:
    """One booked entry; a batch stays one line, as it is on the account."""
    incoming = _text(entry, "CdtDbtInd") == "CRDT"
    details = entry.find("NtryDtls/TxDtls")
    other = "Dbtr" if incoming else "Cdtr"
    words = [] if details is None else [each.text for each in details.findall("RmtInf/Ustrd")]
    party = "" if details is None else _party(details, f"RltdPties/{other}")
    account = "" if details is None else _account(details, f"RltdPties/{other}Acct/Id")
    return ParsedLine(
        row,
        _day(entry, row),
        _signed(entry, row),
        short(_text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")),
        short(" ".join(filter(None, words)) or _text(entry, "AddtlNtryInf")),
        short(party),
        short(account),
    )


def _is_booked(entry: Element) -> bool:
    """Pending and informational entries are not on the account yet."""
    return (_text(entry, "Sts/Cd") or _text(entry, "Sts")) == "BOOK"


def _signed(found: Element, row: int) -> int:
    amount = found.find("Amt")
    indicator = _text(found, "CdtDbtInd")
    value = None if amount is None else fen(amount.text or "", "")
    if amount is None or value is None or value < 0 or (row and not value):
        raise Refusal("STATEMENT_FIELD", row=row, field="Amt")
    if amount.get("Ccy") != "CNY":
        raise Refusal("STATEMENT_CURRENCY", currency=(amount.get("Ccy") or "")[:3])
    if indicator not in ("CRDT", "DBIT"):
        raise Refusal("STATEMENT_FIELD", row=row, field="CdtDbtInd")
    return value if indicator == "CRDT" else -value


def _day(entry: Element, row: int) -> date:
    text = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")
    found = day_of(text[:10])
    if found is None:
        raise Refusal("STATEMENT_FIELD", row=row, field="BookgDt")
    return found


def _party(details: Element, path: str) -> str:
    """A name stands right below in older versions, one level lower since version 8."""
    return _text(details, f"{path}/Nm") or _text(details, f"{path}/Pty/Nm")


def _account(details: Element, path: str) -> str:
    return _text(details, f"{path}/IBAN") or _text(details, f"{path}/Othr/Id")


def _text(found: Element, path: str) -> str:
    return (found.findtext(path) or "").strip()
