"""How a trustee sends the others their shares over the board: hashed Diffie-Hellman, 128 bytes each."""

from collections.abc import Iterator, Mapping

from wanjia.wsb.ceremony import Polynomials, Run
from wanjia.wsb.form import SIDES
from wanjia.wsb.group import WORD, G, Point, encode, multiply, read_point, read_words
from wanjia.wsb.hashing import digest
from wanjia.wsb.proof import Draw, draw_scalar

DEALT_BYTES = 4 * WORD
"""A point and two encrypted shares."""


def deal(
    run: Run, dealer: int, polynomials: Polynomials, keys: Mapping[int, Point], draw: Draw = draw_scalar
) -> bytes:
    """Encrypt every other trustee's shares to its key. ``keys`` has all trustees by number."""
    parts = []
    for trustee in sorted(keys):
        if trustee == dealer:
            continue
        secret = draw()
        public, common = multiply(secret, G), multiply(secret, keys[trustee])
        parts.append(encode(public))
        for side in range(SIDES):
            pad = _pad(run, dealer, trustee, side, public, common)
            parts.append((polynomials.share(side, trustee) ^ pad).to_bytes(WORD, "big"))
    return b"".join(parts)


def receive(run: Run, dealer: int, trustee: int, secret: int, shares: bytes) -> tuple[int, int]:
    """Decrypt what ``dealer`` sent to ``trustee``: the share for and the one against, not checked yet.

    Raises ``Unreadable`` when the point sent with them may not be read or the bytes do not reach that far.
    """
    part = dict(parts_of(dealer, shares))[trustee]
    public = read_point(part[: 2 * WORD])
    common = multiply(secret, public)
    in_favour, against = (
        sent ^ _pad(run, dealer, trustee, side, public, common)
        for side, sent in enumerate(read_words(part[2 * WORD :]))
    )
    return in_favour, against


def parts_of(dealer: int, shares: bytes) -> Iterator[tuple[int, bytes]]:
    """Each trustee's 128 bytes, by its number: all trustees but the dealer, ascending."""
    if len(shares) % DEALT_BYTES:
        raise ValueError(f"shares are {DEALT_BYTES} bytes for each trustee")
    for position in range(len(shares) // DEALT_BYTES):
        trustee = position + 1 if position + 1 < dealer else position + 2
        yield trustee, shares[position * DEALT_BYTES : (position + 1) * DEALT_BYTES]


def _pad(run: Run, dealer: int, trustee: int, side: int, public: Point, common: Point) -> int:
    made = digest("dealing", *run.words, dealer, trustee, side, public, common)
    return int.from_bytes(made, "big")
