"""Tells by its first bytes which format a statement has, and reads it."""

from dataclasses import dataclass

from wanjia.accounts.statements.camt_file import read_camt
from wanjia.accounts.statements.csv_file import read_csv
from wanjia.accounts.statements.mapping import CsvMapping
from wanjia.accounts.statements.ofx_file import read_ofx
from wanjia.accounts.statements.parsed import MAX_BYTES, ParsedStatement
from wanjia.domain.errors import Refusal

_HEAD = 2_000


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person says of a file that does not say it itself. Balances in fen."""

    mapping: CsvMapping | None = None
    opening: int | None = None
    closing: int | None = None


NO_HINTS = Hints()


def read_statement(data: bytes, hints: Hints = NO_HINTS) -> ParsedStatement:
    """Read a statement. Raises ``Refusal`` for one that is too large, malformed or not whole."""
    if len(data) > MAX_BYTES:
        raise Refusal("TOO_LARGE", limit=f"{MAX_BYTES // 2**20} MB")
    if not data.strip():
        raise Refusal("STATEMENT_EMPTY")
    head = data[:_HEAD]
    if b"OFXHEADER" in head or b"<OFX>" in head:
        return read_ofx(data, opening=hints.opening)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return read_camt(data)
    return read_csv(data, hints.mapping, opening=hints.opening, closing=hints.closing)
