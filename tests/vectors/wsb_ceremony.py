"""Vectors of a key ceremony: three of five trustees, every secret, proof, dealing and transcript step."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import wsb_hashing
from wsb_writing import Stream, number, numbers, point, points, raw

from wanjia.wsb.ceremony import (
    COMMIT,
    DEAL,
    REVEAL,
    Polynomials,
    Run,
    commit_hash,
    commitment,
    enrolment,
    joint_keys,
    possession,
    reveal_hash,
    secret_shares,
    share_key,
    side_of,
    transcript_of,
)
from wanjia.wsb.context import Keys
from wanjia.wsb.dealing import deal, receive
from wanjia.wsb.group import G, P, Point, Q, add, multiply, negate, total
from wanjia.wsb.hashing import keccak
from wanjia.wsb.proof import Proof, Statement, commitments, prove

RUN = Run(wsb_hashing.CHAIN, wsb_hashing.BOARD, wsb_hashing.MEETING, 2)
TRUSTEES = range(1, len(wsb_hashing.ACCOUNTS) + 1)
# not the order of the numbers: the transcript follows the chain
ORDER = {COMMIT: (2, 1, 3, 5, 4), REVEAL: (1, 2, 3, 4, 5), DEAL: (5, 4, 3, 2, 1)}


@dataclass(frozen=True)
class Trustee:
    """What one trustee makes in the run."""

    number: int
    polynomials: Polynomials
    coefficients: tuple[Point, ...]
    secret: int
    key: Point
    enrolment: Proof
    possession: tuple[Proof, Proof]
    nonces: list[int]


@dataclass(frozen=True, eq=False)
class Ceremony:
    """A whole run."""

    trustees: dict[int, Trustee]
    dealings: dict[int, bytes]
    dealing_secrets: dict[int, list[int]]
    entries: list[tuple[int, int, bytes]]
    keys: Keys

    def reveals(self) -> list[tuple[Point, ...]]:
        """All trustees' coefficients."""
        return [trustee.coefficients for trustee in self.trustees.values()]

    @cache  # noqa: B019  one ceremony lives as long as the process
    def received(self, trustee: int) -> dict[int, tuple[int, int]]:
        """What every dealer gave one trustee, itself included."""
        own = self.trustees[trustee]
        shares = {
            dealer: receive(RUN, dealer, trustee, own.secret, dealt)
            for dealer, dealt in self.dealings.items()
            if dealer != trustee
        }
        shares[trustee] = own.polynomials.share(0, trustee), own.polynomials.share(1, trustee)
        return dict(sorted(shares.items()))

    def share_keys(self, trustee: int) -> tuple[Point, Point]:
        """``X`` of one trustee, for and against."""
        return share_key(self.reveals(), 0, trustee), share_key(self.reveals(), 1, trustee)

    def secrets(self, trustee: int) -> tuple[int, int]:
        """What one trustee decrypts with."""
        return secret_shares(self.received(trustee))


def _trustee(number_: int) -> Trustee:
    draw = Stream(f"wsb trustee {number_}")
    polynomials = Polynomials.fresh(wsb_hashing.THRESHOLD, draw)
    secret = draw()
    key = multiply(secret, G)
    coefficients = polynomials.coefficients
    first = len(draw.drawn)
    enrolled = prove(enrolment(RUN, number_, key), 0, secret, draw)
    possessed = [
        prove(
            possession(RUN, number_, side, side_of(coefficients, side)[0]),
            0,
            polynomials.sides[side][0],
            draw,
        )
        for side in range(2)
    ]
    nonces = draw.drawn[first:]
    return Trustee(
        number_, polynomials, coefficients, secret, key, enrolled, (possessed[0], possessed[1]), nonces
    )


@cache
def ceremony() -> Ceremony:
    """The vectors' run."""
    trustees = {number_: _trustee(number_) for number_ in TRUSTEES}
    keys = {number_: trustee.key for number_, trustee in trustees.items()}
    streams = {number_: Stream(f"wsb dealing {number_}") for number_ in TRUSTEES}
    dealings = {n: deal(RUN, n, trustees[n].polynomials, keys, streams[n]) for n in TRUSTEES}
    data = {
        COMMIT: lambda n: commit_hash(commitment(RUN, n, trustees[n].coefficients), trustees[n].key),
        REVEAL: lambda n: reveal_hash(trustees[n].coefficients),
        DEAL: lambda n: keccak(dealings[n]),
    }
    entries = [(step, n, data[step](n)) for step, numbers_ in ORDER.items() for n in numbers_]
    return Ceremony(
        trustees,
        dealings,
        {n: streams[n].drawn for n in TRUSTEES},
        entries,
        joint_keys(trustee.coefficients for trustee in trustees.values()),
    )


def schnorr(statement: Statement, proof: Proof, nonce: int) -> dict[str, Any]:
    """A proof of one branch as it is written."""
    return {
        "nonce": number(nonce),
        "commitments": points(commitments(statement, proof)),
        "c": number(proof.challenges[0]),
        "s": number(proof.responses[0]),
    }


def _describe(made: Ceremony, own: Trustee) -> dict[str, Any]:
    n, (in_favour, against) = own.number, made.share_keys(own.number)
    secrets = made.secrets(n)
    return {
        "trustee": n,
        "polynomial_for": numbers(own.polynomials.sides[0]),
        "polynomial_against": numbers(own.polynomials.sides[1]),
        "coefficients": points(own.coefficients),
        "commitment": raw(commitment(RUN, n, own.coefficients)),
        "secret": number(own.secret),
        "key": point(own.key),
        "enrolment": schnorr(enrolment(RUN, n, own.key), own.enrolment, own.nonces[0]),
        "possession": [
            schnorr(
                possession(RUN, n, side, side_of(own.coefficients, side)[0]),
                own.possession[side],
                own.nonces[1 + side],
            )
            for side in range(2)
        ],
        "dealing_randomness": numbers(made.dealing_secrets[n]),
        "dealing": raw(made.dealings[n]),
        "received": [
            {"dealer": dealer, "for": number(shares[0]), "against": number(shares[1])}
            for dealer, shares in made.received(n).items()
        ],
        "share_for": number(secrets[0]),
        "share_against": number(secrets[1]),
        "share_key_for": point(in_favour),
        "share_key_against": point(against),
    }


def _refused(
    name: str, of: str, run: Run, trustee: int, key: Point, proof: Proof, side: int = 0
) -> dict[str, Any]:
    return {
        "name": name,
        "of": of,
        "run": run.run,
        "trustee": trustee,
        "side": side,
        "point": point(key),
        "c": number(proof.challenges[0]),
        "s": number(proof.responses[0]),
    }


def refused_proofs(made: Ceremony) -> list[dict[str, Any]]:
    """Proofs of enrolment and possession that no implementation accepts."""
    one, c0 = made.trustees[1], made.trustees[1].coefficients[0]
    proof, possessed = one.enrolment, one.possession[0]
    others = total(made.trustees[n].coefficients[0] for n in TRUSTEES if n != 1)
    rogue = add(multiply(12345, G), negate(others))
    statement = possession(RUN, 1, 0, rogue)
    (c,), (s,) = proof.challenges, proof.responses
    return [
        _refused("another trustee", "enrolment", RUN, 2, one.key, proof),
        _refused("another run", "enrolment", replace(RUN, run=3), 1, one.key, proof),
        _refused("another key", "enrolment", RUN, 1, made.trustees[2].key, proof),
        _refused("s plus one", "enrolment", RUN, 1, one.key, Proof((c,), ((s + 1) % Q,))),
        _refused("s plus q", "enrolment", RUN, 1, one.key, Proof((c,), (s + Q,))),
        _refused("c plus q", "enrolment", RUN, 1, one.key, Proof((c + Q,), (s,))),
        _refused("x plus p", "enrolment", RUN, 1, (one.key[0] + P, one.key[1]), proof),
        _refused("off the curve", "enrolment", RUN, 1, (one.key[0], one.key[1] + 1), proof),
        _refused("infinity", "enrolment", RUN, 1, (0, 0), proof),
        _refused("enrolment as possession", "possession", RUN, 1, one.key, proof),
        _refused("the other side", "possession", RUN, 1, c0, possessed, 1),
        _refused("another trustee", "possession", RUN, 2, c0, possessed),
        _refused("rogue key", "possession", RUN, 1, rogue, prove(statement, 0, 12345, Stream("wsb rogue"))),
    ]


def build() -> dict[str, Any]:
    """The content of ``wsb-ceremony.json``."""
    made, trustees = ceremony(), wsb_hashing.trustee_set()
    steps = [
        {
            "step": step,
            "trustee": trustee,
            "data_hash": raw(data_hash),
            "transcript": raw(transcript_of(RUN, trustees, made.entries[: at + 1])),
        }
        for at, (step, trustee, data_hash) in enumerate(made.entries)
    ]
    return {
        "note": (
            "steps of the transcript: 1 commit, 2 reveal, 3 dealing. dealing_randomness: one for each other "
            "trustee ascending. refused: of enrolment (point is E) or possession (point is C_0)"
        ),
        "chain_id": RUN.chain_id,
        "board": RUN.board,
        "meeting": RUN.meeting,
        "run": RUN.run,
        "threshold": wsb_hashing.THRESHOLD,
        "accounts": list(wsb_hashing.ACCOUNTS),
        "trustee_set_hash": raw(trustees.hash),
        "trustees": [_describe(made, trustee) for trustee in made.trustees.values()],
        "transcript_start": raw(transcript_of(RUN, trustees, [])),
        "transcript": steps,
        "y_for": point(made.keys.in_favour),
        "y_against": point(made.keys.against),
        "refused": refused_proofs(made),
    }
