"""The encrypted sums of a meeting and its seal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wanjia.domain.coarse import Rounding, rounded
from wanjia.domain.counting import Weight
from wanjia.wsb.ballot import Ciphertext
from wanjia.wsb.group import Point, encode
from wanjia.wsb.hashing import digest, keccak
from wanjia.wsb.sums import weighted

HEADS, COARSE, EXACT = 0, 1, 2
"""The levels of a sum: owners, area in units of 10 m², area in 0.01 m²."""
LEVELS = 3


@dataclass(frozen=True, slots=True)
class Sums:
    """The ciphertexts a meeting adds up: ``of[motion][level]``."""

    of: tuple[tuple[Ciphertext, Ciphertext, Ciphertext], ...]

    def pair(self, motion: int, level: int, side: int) -> tuple[Point, Point]:
        """``A`` and ``B_side`` of one aggregate: what trustees decrypt."""
        one = self.of[motion][level]
        return one.a, (one.b1, one.b2)[side]

    @property
    def hash(self) -> bytes:
        """``sums`` of the seal."""
        return keccak(b"".join(encode(*one.points) for levels in self.of for one in levels))


def add_up(motions: int, ballots: Iterable[tuple[int, Sequence[Ciphertext]]]) -> Sums:
    """Add up the good ballots, each with its owner's area in 0.01 m²."""
    counted = list(ballots)
    areas = [area for area, _ in counted]
    weights = ([1] * len(areas), [rounded(area) for area in areas], areas)
    rows = []
    for motion in range(motions):
        columns = [[ballot[motion].points[at] for _, ballot in counted] for at in range(3)]
        heads, rough, exact = (Ciphertext(*(weighted(w, column) for column in columns)) for w in weights)
        rows.append((heads, rough, exact))
    return Sums(tuple(rows))


def seal_hash(context: bytes, part: Weight, rounding: Rounding, sums: Sums) -> bytes:
    """What ``seal`` freezes and every share is bound to."""
    return digest("seal", context, part.area, part.heads, rounding.above, rounding.below, sums.hash)
