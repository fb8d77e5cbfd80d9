"""Proofs of WSB-1: one secret scalar fits at least one of several branches, and the proof does not tell which.

Every proof of the page is of this form (Cramer, Damgård, Schoenmakers 1994; Chaum, Pedersen 1992), most of
them with one branch. A branch names a target for each base; it is true when one scalar takes every base to its
target. The challenge covers the whole statement and all commitments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from secrets import randbelow

from wanjia.wsb.group import INFINITY, WORD, G, Point, Q, check_scalar, encode
from wanjia.wsb.hashing import to_scalar
from wanjia.wsb.jacobian import Jacobian, affine
from wanjia.wsb.multiplication import fixed_base, interleave, odd_multiples

Draw = Callable[[], int]
"""Gives a fresh secret scalar, 1 to ``Q - 1``."""


def draw_scalar() -> int:
    """A scalar from the system's randomness."""
    return 1 + randbelow(Q - 1)


@dataclass(frozen=True, slots=True)
class Target:
    """``point − less·G``: kept apart, so that branches share the point's table."""

    point: Point
    less: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What is claimed: ``words`` is the statement as it is hashed, before the commitments.

    The first ``lasting`` of the bases occur in many statements and are worth a table of their own.
    """

    tag: str
    words: bytes
    bases: tuple[Point, ...]
    branches: tuple[tuple[Target, ...], ...]
    lasting: int = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and a response for each branch."""

    challenges: tuple[int, ...]
    responses: tuple[int, ...]

    @property
    def bytes(self) -> bytes:
        """All challenges, then all responses, one word each."""
        return b"".join(int(x).to_bytes(WORD, "big") for x in (*self.challenges, *self.responses))


def challenge(statement: Statement, commitments: Sequence[Point]) -> int:
    """What the branches' challenges must add up to."""
    return to_scalar(statement.tag, statement.words + encode(*commitments))


def commitments(statement: Statement, proof: Proof) -> list[Point]:
    """``s·base − c·target`` for each branch and base, in the order they are hashed."""
    distinct = {target.point for targets in statement.branches for target in targets} - {INFINITY}
    passing = {base for base in statement.bases[statement.lasting :] if base != INFINITY}
    points = list(distinct | passing)
    odds = dict(zip(points, odd_multiples(points), strict=True))
    made: list[Jacobian] = []
    for c, s, targets in zip(proof.challenges, proof.responses, statement.branches, strict=True):
        for at, (base, target) in enumerate(zip(statement.bases, targets, strict=True)):
            terms = [(-c, odds[target.point])] if target.point in odds else []
            if at >= statement.lasting and base in odds:
                terms.append((s, odds[base]))
            result = interleave(terms)
            if at < statement.lasting and base != INFINITY:
                result = fixed_base(base).times(s, result)
            if target.less:
                result = fixed_base(G).times(c * target.less, result)
            made.append(result)
    return affine(*made)


def holds(statement: Statement, proof: Proof) -> bool:
    """Tell whether a proof of scalars that may be read proves the statement."""
    return sum(proof.challenges) % Q == challenge(statement, commitments(statement, proof))


def check_proof(proof: Proof) -> Proof:
    """Give the proof back if all its scalars may be read, else raise ``Unreadable``."""
    for scalar in (*proof.challenges, *proof.responses):
        check_scalar(scalar)
    return proof


def prove(statement: Statement, branch: int, secret: int, draw: Draw = draw_scalar) -> Proof:
    """Prove with the secret of the one true branch.

    Draws its nonce first, then challenge and response of each other branch, ascending.
    """
    nonce = draw()
    others = [at for at in range(len(statement.branches)) if at != branch]
    answers = {branch: (0, nonce)} | {at: (draw(), draw()) for at in others}
    # with a challenge of 0 the response is the nonce: the same commitments in every branch
    ordered = [answers[at] for at in range(len(statement.branches))]
    drawn = Proof(tuple(c for c, _ in ordered), tuple(s for _, s in ordered))
    own = (challenge(statement, commitments(statement, drawn)) - sum(drawn.challenges)) % Q
    answers[branch] = own, (nonce + own * secret) % Q
    ordered = [answers[at] for at in range(len(statement.branches))]
    return Proof(tuple(c for c, _ in ordered), tuple(s for _, s in ordered))
