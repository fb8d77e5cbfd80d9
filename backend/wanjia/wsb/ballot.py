"""The bytes of a secret ballot: body, hash and record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wanjia.wsb.form import CHOICES, HEAD_BYTES, MOTION_BYTES, Form
from wanjia.wsb.group import WORD, Point, encode, read_words
from wanjia.wsb.hashing import keccak
from wanjia.wsb.proof import Proof


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """One motion's encrypted choice: ``A = r·G``, ``B1 = r·Y_for + [for]·G``, ``B2`` likewise against."""

    a: Point
    b1: Point
    b2: Point

    @property
    def points(self) -> tuple[Point, Point, Point]:
        """The three points in the order they are written."""
        return self.a, self.b1, self.b2


@dataclass(frozen=True, slots=True)
class Body:
    """A ballot without voter and signature. What is read from bytes is not checked yet."""

    motions: tuple[tuple[Ciphertext, Proof], ...]
    groups: tuple[Proof, ...]

    @property
    def bytes(self) -> bytes:
        """The body as it is cast."""
        motions = b"".join(encode(*ciphertext.points) + proof.bytes for ciphertext, proof in self.motions)
        return motions + b"".join(proof.bytes for proof in self.groups)


def read_body(form: Form, body: bytes) -> Body:
    """Cut a body into its words. Raises ``ValueError`` when its length is not the form's."""
    if len(body) != form.body_bytes:
        raise ValueError(f"a body of this meeting has {form.body_bytes} bytes, not {len(body)}")
    motions = []
    for at in range(0, MOTION_BYTES * len(form.motions), MOTION_BYTES):
        ax, ay, b1x, b1y, b2x, b2y, *scalars = read_words(body[at : at + MOTION_BYTES])
        motions.append((Ciphertext((ax, ay), (b1x, b1y), (b2x, b2y)), _proof(scalars, CHOICES)))
    at = MOTION_BYTES * len(form.motions)
    groups = []
    for group in form.groups:
        groups.append(_proof(read_words(body[at : at + group.bytes]), group.most + 1))
        at += group.bytes
    return Body(tuple(motions), tuple(groups))


def points_of(form: Form, body: bytes) -> tuple[bytes, ...]:
    """The ``A`` of each motion as 64 bytes: what no other ballot of the meeting may hold."""
    return tuple(body[at : at + 2 * WORD] for at in range(0, len(form.motions) * MOTION_BYTES, MOTION_BYTES))


def _proof(scalars: Sequence[int], branches: int) -> Proof:
    return Proof(tuple(scalars[:branches]), tuple(scalars[branches:]))


def ballot_hash(context: bytes, body: bytes) -> bytes:
    """What an owner signs of a ballot: ``keccak256(abi.encode(context, keccak256(body)))``."""
    return keccak(context + keccak(body))


@dataclass(frozen=True, slots=True)
class Record:
    """One ballot of a batch: voter, signature of 65 bytes (r, s, v), body."""

    voter: int
    signature: bytes
    body: bytes

    def pack(self) -> bytes:
        """The bytes the contract reads."""
        if len(self.signature) != 65:  # noqa: PLR2004  r, s, v
            raise ValueError("a signature has 65 bytes")
        return self.voter.to_bytes(4, "big") + self.signature + self.body


def split_records(form: Form, records: bytes) -> Iterator[Record]:
    """Read the records of a batch. Raises ``ValueError`` when the length is no multiple of a record's."""
    if not records or len(records) % form.record_bytes:
        raise ValueError(f"a batch of this meeting is made of {form.record_bytes}-byte records")
    for at in range(0, len(records), form.record_bytes):
        one = records[at : at + form.record_bytes]
        yield Record(int.from_bytes(one[:4], "big"), one[4:HEAD_BYTES], one[HEAD_BYTES:])
