"""Vectors of ballots that hold: several shapes, with the randomness and every commitment and challenge."""

from functools import cache
from typing import Any

import wsb_hashing
from eth_keys import keys as eth_keys
from wsb_writing import Stream, number, numbers, point, points, raw

from wanjia.domain.ballots import Choice
from wanjia.wsb.ballot import Body, Record, ballot_hash
from wanjia.wsb.context import Keys
from wanjia.wsb.form import Form
from wanjia.wsb.group import G, Q, multiply
from wanjia.wsb.hashing import keccak, words
from wanjia.wsb.proof import Proof, Statement, challenge, commitments
from wanjia.wsb.proving import make_ballot
from wanjia.wsb.statements import cap_statement, choice_statement

_SECRETS = Stream("wsb keys")
KEYS = Keys(multiply(_SECRETS(), G), multiply(_SECRETS(), G))
CONTEXT = wsb_hashing.context(KEYS).hash
OWNER = bytes.fromhex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")
A, F, N = Choice.ABSTAIN, Choice.FOR, Choice.AGAINST

FORMS = {
    "one": Form(CONTEXT, KEYS, ((0, 0),)),
    "five": Form(CONTEXT, KEYS, ((0, 0),) * 5),
    "board": Form(CONTEXT, KEYS, ((0, 0), (1, 2), (1, 2), (1, 2), (0, 0))),
    "two groups": Form(CONTEXT, KEYS, ((7, 1), (2, 5), (7, 1), (2, 5))),
    "alone in its group": Form(CONTEXT, KEYS, ((1, 3),)),
}

BALLOTS: tuple[tuple[str, str, int, list[Choice]], ...] = (
    ("abstain", "one", 1, [A]),
    ("for", "one", 1, [F]),
    ("against", "one", 2**32 - 1, [N]),
    ("five motions", "five", 17, [F, N, A, F, N]),
    ("nobody of the board", "board", 18, [F, A, N, A, N]),
    ("one of the board", "board", 19, [A, N, F, A, F]),
    ("two of the board", "board", 20, [F, F, A, F, A]),
    ("two groups", "two groups", 21, [F, F, N, F]),
    ("two groups, none", "two groups", 22, [A, N, N, A]),
    ("alone in its group", "alone in its group", 23, [F]),
)


class _Opposite:
    """A stream that repeats another's, save that one ``r`` cancels another: the group's SA is infinity."""

    def __init__(self, seed: str, at: int, cancels: int) -> None:
        self.stream, self.at, self.cancels = Stream(seed), at, cancels
        self.drawn: list[int] = []

    def __call__(self) -> int:
        value = self.stream()
        if len(self.drawn) == self.at:
            value = Q - self.drawn[self.cancels]
        self.drawn.append(value)
        return value


def zero_branch(form: Form) -> tuple[Body, list[int]]:
    """A ballot whose simulated branches are all zero, so that six commitments are infinity."""
    stream = Stream("wsb zero")
    drawn: list[int] = []

    def draw() -> int:
        drawn.append(stream() if len(drawn) < 2 else 0)
        return drawn[-1]

    return make_ballot(form, 24, [F], draw), drawn


def _proof(statement: Statement, proof: Proof) -> dict[str, Any]:
    made = commitments(statement, proof)
    return {
        "commitments": points(made),
        "challenge": number(challenge(statement, made)),
        "challenges": numbers(proof.challenges),
        "responses": numbers(proof.responses),
    }


def describe(
    name: str, form_name: str, voter: int, choices: list[Choice], drawn: list[int], body: Body
) -> dict[str, Any]:
    """One ballot as it is written."""
    form = FORMS[form_name]
    motions = [
        {
            "a": point(ciphertext.a),
            "b1": point(ciphertext.b1),
            "b2": point(ciphertext.b2),
            **_proof(choice_statement(form, voter, motion, ciphertext), proof),
        }
        for motion, (ciphertext, proof) in enumerate(body.motions)
    ]
    groups = []
    for group, proof in zip(form.groups, body.groups, strict=True):
        statement = cap_statement(form, voter, group, [body.motions[at][0] for at in group.motions])
        sum_a, sum_b = (target.point for target in statement.branches[0])
        groups.append(
            {"group": group.number, "sum_a": point(sum_a), "sum_b": point(sum_b), **_proof(statement, proof)}
        )
    return {
        "name": name,
        "form": form_name,
        "voter": voter,
        "choices": [int(choice) for choice in choices],
        "randomness": numbers(drawn),
        "motions": motions,
        "groups": groups,
        "body": raw(body.bytes),
        "ballot_hash": raw(ballot_hash(form.context, body.bytes)),
        "record": signed(voter, form.context, body.bytes),
    }


def signed(voter: int, context: bytes, body: bytes) -> dict[str, str]:
    """The EIP-712 digest of the ballot, its signature by the vectors' owner and the record of ``cast``."""
    domain = keccak(
        keccak(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
        + words(keccak(b"Wanjia SecretMeeting"), keccak(b"1"), wsb_hashing.CHAIN, wsb_hashing.SECRET_MEETING)
    )
    struct = keccak(
        keccak(b"SecretBallot(uint256 meeting,uint32 voter,bytes32 ballotHash)")
        + words(wsb_hashing.MEETING, voter, ballot_hash(context, body))
    )
    digest = keccak(b"\x19\x01" + domain + struct)
    made = eth_keys.PrivateKey(OWNER).sign_msg_hash(digest)
    signature = words(made.r, made.s) + bytes([27 + made.v])
    return {
        "digest": raw(digest),
        "signature": raw(signature),
        "record": raw(Record(voter, signature, body).pack()),
    }


@cache
def valid() -> dict[str, tuple[str, int, list[Choice], list[int], Body]]:
    """Every ballot of the vectors by its name."""
    made = {}
    for name, form_name, voter, choices in BALLOTS:
        draw = Stream(f"wsb ballot {name}")
        made[name] = (
            form_name,
            voter,
            choices,
            draw.drawn,
            make_ballot(FORMS[form_name], voter, choices, draw),
        )
    # six scalars a motion: the thirteenth is motion 2's r; motions 0 and 2 share group 7
    opposite = _Opposite("wsb opposite", 12, 0)
    choices = [F, F, A, N]
    body = make_ballot(FORMS["two groups"], 25, choices, opposite)
    made["sum of a group at infinity"] = "two groups", 25, choices, opposite.drawn, body
    body, drawn = zero_branch(FORMS["one"])
    made["zero in the simulated branches"] = "one", 24, [F], drawn, body
    return made


def build() -> dict[str, Any]:
    """The content of ``wsb-ballots.json``."""
    return {
        "note": (
            "randomness: for each motion r, then its proof's (the nonce of the true branch, then challenge and "
            "response of each other branch ascending); for each group its proof's. record: signed by secret"
        ),
        "chain_id": wsb_hashing.CHAIN,
        "secret_meeting": wsb_hashing.SECRET_MEETING,
        "meeting": wsb_hashing.MEETING,
        "secret": raw(OWNER),
        "forms": {name: describe_form(form) for name, form in FORMS.items()},
        "ballots": [
            describe(name, form_name, voter, choices, drawn, body)
            for name, (form_name, voter, choices, drawn, body) in valid().items()
        ],
    }


def describe_form(form: Form) -> dict[str, Any]:
    """A form as it is written."""
    return {
        "context": raw(form.context),
        "y_for": point(form.keys.in_favour),
        "y_against": point(form.keys.against),
        "motions": [{"group": group, "cap": cap} for group, cap in form.motions],
        "body_bytes": form.body_bytes,
        "record_bytes": form.record_bytes,
    }
