"""What the cells of a row mean. Each reader notes what is wrong and gives ``None`` where it found no value."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Final, TypeVar

from wanjia.domain.premises import address_part, plain
from wanjia.domain.rollwords import MAX_AREA
from wanjia.domain.scope import RESERVED
from wanjia.roll.findings import Findings
from wanjia.roll.table import EMPTY, Cell

NONE_MARKS: Final = frozenset({"-", "无", "/", "none"})
"""What stands for an empty place in a list."""
MAX_ADDRESS: Final = 40
MAX_NAME: Final = 120
MAX_SHEET_DIGITS: Final = 15
MAX_SHOWN: Final = 20

Choice = TypeVar("Choice")

_LIST = re.compile(r"[、;,|\n]")
_AREA_UNIT = re.compile(r"(m2|平方米|平米|平方)$")
_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "点": ".", "。": "."})


class RowReader:
    """One row of the file, read column by column."""

    def __init__(self, number: int, cells: dict[str, Cell], findings: Findings) -> None:
        self.number = number
        self._cells = cells
        self._findings = findings

    def error(self, column: str, code: str, **values: str | int) -> None:
        """Note an error at a column of this row."""
        self._findings.error(self.number, column, code, **values)

    def raw(self, column: str) -> str:
        """Text of a cell, normalised; formulas are noted and read as empty."""
        cell = self._cells.get(column, EMPTY)
        if cell.formula:
            self.error(column, "ROLL_CELL_FORMULA")
            return ""
        return plain(cell.text) if "\n" not in cell.text else "\n".join(map(plain, cell.text.splitlines()))

    def needed(self, column: str) -> str | None:
        """Text of a cell that must not be empty."""
        value = self.raw(column)
        if value:
            return value
        if not self._cells.get(column, EMPTY).formula:
            self.error(column, "ROLL_CELL_EMPTY")
        return None

    def address(self, column: str, needed: bool = True) -> str | None:
        """A building, an entrance or a number in its normal spelling."""
        text = self.needed(column) if needed else self.raw(column)
        if text is None:
            return None
        value = address_part(column, text)
        if len(value) > MAX_ADDRESS or (column != "number" and any(each in value for each in RESERVED)):
            self.error(column, "ROLL_ADDRESS_INVALID", limit=MAX_ADDRESS)
            return None
        return value

    def one_of(self, column: str, code: str, choices: Mapping[Choice, tuple[str, ...]]) -> Choice | None:
        """One of some words; a wrong one is answered with the closest."""
        text = self.needed(column)
        return None if text is None else self.match(column, code, choices, text)

    def maybe_one_of(
        self, column: str, code: str, choices: Mapping[Choice, tuple[str, ...]], default: Choice
    ) -> Choice | None:
        """One of some words, with a meaning for the empty cell."""
        text = self.raw(column)
        return self.match(column, code, choices, text) if text else default

    def match(
        self, column: str, code: str, choices: Mapping[Choice, tuple[str, ...]], text: str
    ) -> Choice | None:
        """Find a word among the known ones, or note the closest."""
        spellings = {word: choice for choice, words in choices.items() for word in words}
        found = spellings.get(text.lower())
        if found is None:
            usual = [word for words in choices.values() for word in words[:2]]
            close = get_close_matches(text.lower(), usual, n=1, cutoff=0.3)
            close = close or get_close_matches(text.lower(), spellings, n=1, cutoff=0.3)
            likely = close[0] if close else next(iter(spellings))
            listed = "、".join(f"{words[0]} ({words[1]})" for words in choices.values())
            self.error(column, code, value=_shown(text), likely=likely, choices=listed)
        return found

    def area(self) -> int | None:
        """Area in 0.01 m², from 0.01 to the 32 bits the chain keeps."""
        text = self.needed("area")
        if text is None:
            return None
        bare = _AREA_UNIT.sub("", text.replace(" ", ""))
        try:
            value = Decimal(bare) if bare.isascii() else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or "_" in bare:
            self.error("area", "ROLL_AREA_NOT_NUMBER", value=_shown(text), likely=_likely_area(bare))
            return None
        if value <= 0 or value > Decimal(MAX_AREA) / 100:
            limit = f"{MAX_AREA // 100}.{MAX_AREA % 100:02}"
            self.error("area", "ROLL_AREA_OUT_OF_RANGE", value=_shown(text), limit=limit)
            return None
        hundredths = value * 100
        if hundredths != hundredths.to_integral_value():
            rounded = value.quantize(Decimal("0.01"))
            self.error("area", "ROLL_AREA_TOO_PRECISE", value=_shown(text), likely=str(rounded))
            return None
        return int(hundredths)

    def listed(self, column: str, count: int | None = None) -> list[str] | None:
        """Entries of a list, "" for a mark of none; ``count`` is how many there must be."""
        text = self.raw(column)
        entries = [plain(each) for each in _LIST.split(text)] if text else []
        if len(entries) > 1 and not entries[-1]:
            entries.pop()  # a separator at the end
        entries = ["" if entry.lower() in NONE_MARKS else entry for entry in entries]
        if count is not None and entries and len(entries) != count:
            self.error(column, "ROLL_LIST_LENGTH", found=len(entries), expected=count)
            return None
        return entries

    def names(self) -> list[str] | None:
        """Names of the title holders, none of them empty."""
        if self.needed("holders") is None:
            return None
        names = self.listed("holders") or []
        if not all(names) or any(len(name) > MAX_NAME for name in names):
            self.error("holders", "ROLL_NAME_INVALID", limit=MAX_NAME)
            return None
        return names

    def spoiled_number(self, column: str, text: str) -> bool:
        """Tell whether a spreadsheet has rounded a long number (15 digits is all it keeps); note it if so."""
        numeric = self._cells.get(column, EMPTY).numeric and len(text) > MAX_SHEET_DIGITS
        if numeric or _SCIENTIFIC.match(text):
            self.error(column, "ROLL_ID_SPOILED_BY_SHEET")
            return True
        return False


def _likely_area(text: str) -> str:
    """Guess the figure meant, reading letters that look like digits; an example where there is no guess."""
    read = text.translate(_LOOKALIKES)
    digits = "".join(each for each in read if each in "0123456789.")
    return digits if any(each != "." for each in digits) and digits.count(".") <= 1 else "88.88"


def _shown(text: str) -> str:
    """What of a cell a finding shows: not more than is needed to find it."""
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
