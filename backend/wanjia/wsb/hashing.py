"""Hashing of WSB-1: 32-byte words one after the other, and 512 bits reduced to a scalar."""

from sha3 import keccak_256

from wanjia.wsb.group import WORD, Point, Q

Word = int | bytes | str
"""A number, 32 bytes, or an address as hex with 0x: each is one word."""


def keccak(data: bytes) -> bytes:
    """Hash bytes to 32 bytes."""
    return bytes(keccak_256(data).digest())


def tag(name: str) -> bytes:
    """The word that stands for a tag: the keccak256 of ``WSB-1 <name>``."""
    return keccak(f"WSB-1 {name}".encode())


def words(*values: Word | Point) -> bytes:
    """Write values as ``abi.encode`` does: a number, 32 bytes or an address one word, a point two."""
    parts = []
    for value in values:
        if isinstance(value, tuple):
            parts += [int(coordinate).to_bytes(WORD, "big") for coordinate in value]
        elif isinstance(value, bytes):
            if len(value) != WORD:
                raise ValueError(f"a word has 32 bytes, not {len(value)}")
            parts.append(value)
        else:
            number = int(value, 16) if isinstance(value, str) else int(value)
            parts.append(number.to_bytes(WORD, "big"))
    return b"".join(parts)


def digest(name: str, *values: Word | Point) -> bytes:
    """``keccak256(abi.encode(tag, …))``."""
    return keccak(tag(name) + words(*values))


def to_scalar(name: str, data: bytes) -> int:
    """``H(tag, …)`` over words that are written already: 512 bits of hash modulo ``Q``."""
    seed = keccak(tag(name) + data)
    high = keccak(seed + bytes(WORD))
    low = keccak(seed + (1).to_bytes(WORD, "big"))
    return int.from_bytes(high + low, "big") % Q


def challenge(name: str, *values: Word | Point) -> int:
    """``H(tag, …)`` of the page, a scalar."""
    return to_scalar(name, words(*values))
