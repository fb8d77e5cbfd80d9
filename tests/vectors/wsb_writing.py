"""How the vectors of WSB-1 are written: every number as 32 bytes of hex, randomness from a seed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wanjia.wsb.group import Point, Q

FOLDER = Path(__file__).parent


def number(value: int) -> str:
    """A number as 0x and 64 hex digits."""
    return f"0x{int(value):064x}"


def numbers(values: Iterable[int]) -> list[str]:
    """Numbers as they are written."""
    return [number(value) for value in values]


def point(value: Point) -> list[str]:
    """A point as its two coordinates."""
    return numbers(value)


def points(values: Iterable[Point]) -> list[list[str]]:
    """Points as they are written."""
    return [point(value) for value in values]


def raw(value: bytes) -> str:
    """Bytes as hex."""
    return "0x" + value.hex()


class Stream:
    """Scalars drawn from a seed, remembered in the order they were drawn."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.drawn: list[int] = []

    def __call__(self) -> int:
        """The next scalar, 1 to ``Q - 1``."""
        data = hashlib.sha512(f"{self.seed}/{len(self.drawn)}".encode()).digest()
        self.drawn.append(1 + int.from_bytes(data, "big") % (Q - 1))
        return self.drawn[-1]


def text_of(content: dict[str, Any]) -> str:
    """A vector file's text."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
