"""Amounts and days as banks write them. ``None`` for what is not one to the fen, or no day."""

import re
import unicodedata
from datetime import date, datetime
from typing import Final

_MARKS: Final = re.compile(r"^(CNY|RMB|人民币|¥)|元$")
_PLAIN: Final = re.compile(r"[+-]?\d{1,13}(\.\d{1,2}0*)?|[+-]?\.\d{1,2}")
_DAY: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?!\d)(?:[ T].*)?")
_DAY_RUN: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[ T]?[\d:.]{6,12})?")


def fen(text: str, thousands: str = ",") -> int | None:
    """Read yuan as fen: ``1,234.50``, ``(12.00)``, ``￥5``, full-width digits; groups of thousands must be of three."""
    bare = _MARKS.sub("", "".join(unicodedata.normalize("NFKC", text).split()).upper())
    sign = 1
    if bare.startswith("(") and bare.endswith(")"):
        sign, bare = -1, bare[1:-1]
    if thousands and thousands in bare:
        head, *groups = bare.partition(".")[0].split(thousands)
        if not head.lstrip("+-") or len(head.lstrip("+-")) > 3 or any(len(group) != 3 for group in groups):  # noqa: PLR2004
            return None
        bare = bare.replace(thousands, "")
    if not bare.isascii() or not _PLAIN.fullmatch(bare):
        return None
    whole, _, part = bare.lstrip("+-").partition(".")
    amount = int(whole or "0") * 100 + int(part[:2].ljust(2, "0") or "0")
    return sign * (-amount if bare.startswith("-") else amount)


def day_of(text: str, form: str = "") -> date | None:
    """Read a day in ``form`` (as ``strptime``), or written year first; a time after it is left out."""
    bare = unicodedata.normalize("NFKC", text).strip()
    try:
        if form:
            return datetime.strptime(bare, form).date()  # noqa: DTZ007  a bank's day has no zone
        found = _DAY_RUN.fullmatch(bare) or _DAY.fullmatch(bare)
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
