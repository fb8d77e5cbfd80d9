"""The key ceremony of t of n trustees: polynomials, commitments, proofs, transcript, keys (Pedersen 1991; Feldman 1987)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wanjia.wsb.context import Keys, TrusteeSet
from wanjia.wsb.form import SIDES
from wanjia.wsb.group import G, Point, Q, combine, encode, multiply, total
from wanjia.wsb.hashing import Word, digest, keccak, words
from wanjia.wsb.proof import Draw, Statement, Target, draw_scalar

COMMIT, REVEAL, DEAL = 1, 2, 3
"""The steps of a transcript."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at a meeting's keys; everything said in it is bound to it."""

    chain_id: int
    board: str
    meeting: int
    run: int

    @property
    def words(self) -> tuple[Word, ...]:
        """How statements and hashes name the run."""
        return self.chain_id, self.board, self.meeting, self.run


@dataclass(frozen=True, slots=True)
class Polynomials:
    """A trustee's secret: one polynomial of ``t`` coefficients for each side."""

    sides: tuple[tuple[int, ...], ...]

    @classmethod
    def fresh(cls, threshold: int, draw: Draw = draw_scalar) -> "Polynomials":
        """New polynomials, the one for before the one against."""
        return cls(tuple(tuple(draw() for _ in range(threshold)) for _ in range(SIDES)))

    @property
    def coefficients(self) -> tuple[Point, ...]:
        """What is revealed: ``a_k·G``, those for and then those against."""
        return tuple(multiply(a, G) for side in self.sides for a in side)

    def share(self, side: int, trustee: int) -> int:
        """``f_side(trustee)``."""
        return sum(a * pow(trustee, k, Q) for k, a in enumerate(self.sides[side])) % Q


def enrolment(run: Run, trustee: int, key: Point) -> Statement:
    """The trustee holds the secret of the key that shares will be encrypted to."""
    return Statement("enrolment", words(*run.words, trustee, key), (G,), ((Target(key),),))


def possession(run: Run, trustee: int, side: int, constant: Point) -> Statement:
    """The trustee holds the secret of the constant coefficient revealed, so its key is not made of others'."""
    return Statement("possession", words(*run.words, trustee, side, constant), (G,), ((Target(constant),),))


def commitment(run: Run, trustee: int, coefficients: Sequence[Point]) -> bytes:
    """What binds a trustee to its coefficients before anybody reveals."""
    return digest("commitment", *run.words, trustee, *coefficients)


def commit_hash(committed: bytes, key: Point) -> bytes:
    """``dataHash`` of a commit in the transcript."""
    return keccak(words(committed, key))


def reveal_hash(coefficients: Sequence[Point]) -> bytes:
    """``dataHash`` of a reveal in the transcript."""
    return keccak(encode(*coefficients))


def transcript_of(run: Run, trustees: TrusteeSet, entries: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The transcript after ``(step, trustee, dataHash)`` in the order they came on chain."""
    transcript = digest("transcript", *run.words, trustees.hash)
    for step, trustee, data_hash in entries:
        transcript = keccak(words(transcript, step, trustee, data_hash))
    return transcript


def side_of(coefficients: Sequence[Point], side: int) -> Sequence[Point]:
    """The ``t`` coefficients of one side."""
    threshold = len(coefficients) // SIDES
    return coefficients[side * threshold : (side + 1) * threshold]


def evaluate(coefficients: Sequence[Point], at: int) -> Point:
    """``Σ at^k·C_k``: the polynomial at a trustee's number, in the group."""
    return combine(*((pow(at, k, Q), point) for k, point in enumerate(coefficients)))


def is_share(coefficients: Sequence[Point], side: int, trustee: int, share: int) -> bool:
    """Tell whether a share that was dealt to ``trustee`` is the one the dealer's coefficients promise."""
    return 0 <= share < Q and multiply(share, G) == evaluate(side_of(coefficients, side), trustee)


def joint_keys(reveals: Iterable[Sequence[Point]]) -> Keys:
    """The meeting's keys: the sums of all constant coefficients."""
    revealed = list(reveals)
    return Keys(*(total(side_of(one, side)[0] for one in revealed) for side in range(SIDES)))


def share_key(reveals: Iterable[Sequence[Point]], side: int, trustee: int) -> Point:
    """``X_{i,side}``: what a trustee's decryption shares are checked against."""
    columns = zip(*(side_of(one, side) for one in reveals), strict=True)
    return evaluate([total(column) for column in columns], trustee)


def secret_shares(dealt: Mapping[int, tuple[int, int]]) -> tuple[int, int]:
    """A trustee's two secrets from what every dealer (itself included) gave it."""
    in_favour, against = (sum(shares[side] for shares in dealt.values()) % Q for side in range(SIDES))
    return in_favour, against
