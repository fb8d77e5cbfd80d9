"""Proofs of WSB-1: one secret scalar fits at least one of several branches, and the proof does not tell which.

Every proof of the page is of this form (Cramer, Damgård, Schoenmakers 1994; Chaum, Pedersen 1992), most of
them with one branch. A branch names a target for each base; it is true when one scalar takes every base to its
target. The challenge covers the whole statement and all commitments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from secrets import randbelow

from wanjia.wsb.group import WORD, Point, Q, check_scalar, combine, encode, multiply
from wanjia.wsb.hashing import to_scalar

Draw = Callable[[], int]
"""Gives a fresh secret scalar, 1 to ``Q - 1``."""


def draw_scalar() -> int:
    """A scalar from the system's randomness."""
    return 1 + randbelow(Q - 1)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is claimed: ``words`` is the statement as it is hashed, before the commitments."""

    tag: str
    words: bytes
    bases: tuple[Point, ...]
    branches: tuple[tuple[Point, ...], ...]


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
    return [
        combine((s, base), (-c, target))
        for c, s, targets in zip(proof.challenges, proof.responses, statement.branches, strict=True)
        for base, target in zip(statement.bases, targets, strict=True)
    ]


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
    simulated = {at: (draw(), draw()) for at in others}
    made: list[Point] = []
    for at, targets in enumerate(statement.branches):
        if at == branch:
            made += [multiply(nonce, base) for base in statement.bases]
        else:
            c, s = simulated[at]
            made += [combine((s, b), (-c, t)) for b, t in zip(statement.bases, targets, strict=True)]
    own = (challenge(statement, made) - sum(c for c, _ in simulated.values())) % Q
    simulated[branch] = own, (nonce + own * secret) % Q
    ordered = [simulated[at] for at in range(len(statement.branches))]
    return Proof(tuple(c for c, _ in ordered), tuple(s for _, s in ordered))
