"""Reads call data as a contract does: by its offsets, wherever they point, with nothing asked about the rest.

A library refuses offsets that overlap. The contracts do not, and whoever casts could make an honest meeting fail its
audit with an encoding that contract and audit read differently.
"""

import re
from typing import Any

from eth_abi.exceptions import ABITypeError, ParseError
from eth_abi.grammar import ABIType, TupleType, parse

WORD = 32
_FIXED = re.compile(r"(uint256)\[(\d+)\]")


class Unreadable(Exception):
    """The contract would have refused these bytes."""


def read(kinds: list[str], data: bytes) -> list[Any]:
    """Values of a call's arguments. Knows the kinds the audit meets: single words, bytes, and tuples and lists of them.

    A list of a fixed length (``uint256[2]``) is read where it stands among the arguments, as words side by side.
    """
    fixed = [_FIXED.fullmatch(kind) for kind in kinds]
    side_by_side = [
        one
        for kind, found in zip(kinds, fixed, strict=True)
        for one in ([found[1]] * int(found[2]) if found else [kind])
    ]
    try:
        values = iter(_sequence([parse(kind) for kind in side_by_side], data, 0))
    except (ABITypeError, ParseError) as error:
        raise Unreadable("no ABI type") from error
    return [tuple(next(values) for _ in range(int(found[2]))) if found else next(values) for found in fixed]


def _sequence(kinds: list[ABIType], data: bytes, start: int) -> list[Any]:
    """Values that stand side by side, those of no fixed length behind an offset from ``start``."""
    return [
        _tail(kind, data, start + _number(data, start + at * WORD))
        if kind.is_dynamic
        else _single(kind, _word(data, start + at * WORD))
        for at, kind in enumerate(kinds)
    ]


def _tail(kind: ABIType, data: bytes, start: int) -> Any:
    if isinstance(kind, TupleType) and not kind.is_array:
        return tuple(_sequence(list(kind.components), data, start))
    length = _number(data, start)
    start += WORD
    if kind.is_array:
        if start + length * WORD > len(data):
            raise Unreadable("a list beyond the end")
        return tuple(_sequence([kind.item_type] * length, data, start))
    if start + length > len(data):
        raise Unreadable("bytes beyond the end")
    return data[start : start + length]


def _single(kind: ABIType, word: bytes) -> Any:
    match getattr(kind, "base", ""):
        case "uint":
            return int.from_bytes(word, "big")
        case "address":
            return "0x" + word[12:].hex()
        case "bytes":
            return word
        case _:
            raise Unreadable("a kind no call of the audit has")


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(_word(data, at), "big")


def _word(data: bytes, at: int) -> bytes:
    if at + WORD > len(data):
        raise Unreadable("a word beyond the end")
    return data[at : at + WORD]
