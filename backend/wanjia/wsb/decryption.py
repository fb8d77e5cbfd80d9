"""Trustees' decryption shares, their proofs, and what ``t`` of them open a sum to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from wanjia.wsb.form import SIDES
from wanjia.wsb.group import G, Point, Q, add, check_point, combine, multiply
from wanjia.wsb.hashing import words
from wanjia.wsb.proof import Draw, Proof, Statement, Target, check_proof, draw_scalar, holds, prove
from wanjia.wsb.tally import COARSE, EXACT, HEADS

SHARE_WORDS = 4
"""Words of a share as it is posted: its point, challenge and response."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Which sum is decrypted: of a motion, at a level, on a side."""

    motion: int
    level: int
    side: int


def stage_aggregates(stage: int, motions: Sequence[int]) -> list[Aggregate]:
    """The aggregates of a stage in their order.

    ``motions`` are all of the meeting's for stage 0; for stage 1 those that stage 0 left undecided, ascending.
    """
    if stage:
        return [Aggregate(motion, EXACT, 0) for motion in motions]
    return [Aggregate(m, level, side) for m in motions for level in (HEADS, COARSE) for side in range(SIDES)]


@dataclass(frozen=True, slots=True)
class Share:
    """A trustee's share of one aggregate, ``D = x·A``, with its proof."""

    point: Point
    proof: Proof

    @property
    def words(self) -> tuple[int, int, int, int]:
        """The four words that are posted."""
        return (*self.point, self.proof.challenges[0], self.proof.responses[0])


def read_share(posted: Sequence[int]) -> Share:
    """Read the four words of a share. Raises ``Unreadable`` for a point or scalar that may not be read."""
    x, y, c, s = posted
    return Share(check_point((x, y)), check_proof(Proof((c,), (s,))))


@dataclass(frozen=True, slots=True)
class Sealed:
    """What every share of a meeting is bound to."""

    context: bytes
    seal_hash: bytes

    def statement(self, trustee: int, aggregate: Aggregate, key: Point, a: Point, point: Point) -> Statement:
        """The same secret takes ``G`` to the share key and ``A`` to the share."""
        of = (aggregate.motion, aggregate.level, aggregate.side)
        return Statement(
            tag="share",
            words=words(self.context, self.seal_hash, trustee, *of, key, a, point),
            bases=(G, a),
            branches=((Target(key), Target(point)),),
        )

    def make_share(
        self, trustee: int, aggregate: Aggregate, secret: int, a: Point, draw: Draw = draw_scalar
    ) -> Share:
        """A trustee's share of ``A`` with the proof that it is right."""
        point = multiply(secret, a)
        statement = self.statement(trustee, aggregate, multiply(secret, G), a, point)
        return Share(point, prove(statement, 0, secret, draw))

    def share_holds(self, trustee: int, aggregate: Aggregate, key: Point, a: Point, share: Share) -> bool:
        """Tell whether a share that was read is the trustee's share of ``A``."""
        return holds(self.statement(trustee, aggregate, key, a, share.point), share.proof)


def lagrange(trustees: Collection[int]) -> dict[int, int]:
    """``λ_i = Π_{j≠i} j/(j−i)`` for each of these trustees."""
    factors = {}
    for i in trustees:
        above, below = 1, 1
        for j in trustees:
            if j != i:
                above, below = above * j % Q, below * (j - i) % Q
        factors[i] = above * pow(below, -1, Q) % Q
    return factors


def opened(b: Point, shares: Mapping[int, Point]) -> Point:
    """``B − Σ λ_i·D_i``: the sum's value times ``G``, from the shares of exactly ``t`` trustees."""
    factors = lagrange(shares)
    return add(b, combine(*((-factors[i], point) for i, point in shares.items())))
