"""Units of a community: their use, where their area comes from, how their address is written."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Use(StrEnum):
    """What a unit is for."""

    DWELLING = "dwelling"
    APARTMENT = "apartment"
    SHOP = "shop"
    OFFICE = "office"
    PARKING = "parking"
    STOREROOM = "storeroom"


class AreaSource(StrEnum):
    """Where a unit's area was taken from, best first (JS 8)."""

    REGISTERED = "registered"
    SURVEYED = "surveyed"
    CONTRACT = "contract"


class OwnerKind(StrEnum):
    """Who owns: decides who acts for the owner."""

    PERSON = "person"
    JOINT = "joint"
    COMPANY = "company"
    DEVELOPER = "developer"


class SaleState(StrEnum):
    """How far the developer's sale of a unit has come; the first two leave it with the developer (JS 9)."""

    UNSOLD = "unsold"
    SOLD_NOT_HANDED_OVER = "sold-not-handed-over"
    HANDED_OVER = "handed-over"


class TitleRole(StrEnum):
    """How a person stands to an owner. A representative is one of the holders."""

    HOLDER = "holder"
    REPRESENTATIVE = "representative"
    GUARDIAN = "guardian"
    AUTHORISED = "authorised"


@dataclass(frozen=True, slots=True)
class CountingRule:
    """Which units' areas count besides flats, shops and offices (policy: neither, rulebook 2)."""

    parking: bool = False
    storerooms: bool = False

    def counts(self, use: Use) -> bool:
        """Tell whether a unit of this use counts."""
        if use is Use.PARKING:
            return self.parking
        return self.storerooms if use is Use.STOREROOM else True


_SUFFIX = {
    "building": re.compile(r"(?<=.)(号楼|栋|幢|座|楼)$"),
    "entrance": re.compile(r"(?<=.)(单元|门洞)$"),
    "number": re.compile(r"(?<=.)(室|号房|号)$"),
}
_DIGITS = re.compile(r"\d+")


def plain(text: str) -> str:
    """Normalise what people type: full-width to ASCII (NFKC), no spaces around, single spaces inside."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def address_part(part: str, text: str) -> str:
    """Normalise a building, an entrance or a number: ``12栋``, ``１２`` and ``012`` are all building ``12``."""
    bare = _SUFFIX[part].sub("", plain(text)).strip().upper()
    if part != "number" and bare.isascii() and bare.isdigit():
        bare = bare.lstrip("0") or "0"
    return bare


def address_order(*parts: str) -> tuple[tuple[tuple[int, str], ...], ...]:
    """Sort key that puts building 2 before building 10."""
    return tuple(_natural(part) for part in parts)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    pieces = [(-1, piece) for piece in _DIGITS.split(text)]
    numbers = [(int(digits), digits) for digits in _DIGITS.findall(text)]
    mixed = [pieces[0]]
    for number, piece in zip(numbers, pieces[1:], strict=True):
        mixed += [number, piece]
    return tuple(mixed)
