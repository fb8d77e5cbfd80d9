"""Vectors of bodies that every implementation refuses, each with the first reason in the contract's order."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import wsb_ballots
import wsb_hashing
from wsb_ballots import KEYS
from wsb_writing import Stream, raw

from wanjia.domain.ballots import Choice
from wanjia.wsb.ballot import Body, Ciphertext
from wanjia.wsb.checking import Reason
from wanjia.wsb.form import MOTION_BYTES, Form
from wanjia.wsb.group import WORD, G, P, Q, add, multiply, negate
from wanjia.wsb.proof import Proof, prove
from wanjia.wsb.proving import make_ballot
from wanjia.wsb.statements import cap_statement, choice_statement

BOARD = wsb_ballots.FORMS["board"]
VOTER = 20
A, F, N = Choice.ABSTAIN, Choice.FOR, Choice.AGAINST
GROUP_AT = MOTION_BYTES * 5

Case = tuple[str, Form, int, bytes, Reason]


def _base() -> Body:
    return wsb_ballots.valid()["two of the board"][4]


def _with_word(body: bytes, at: int, value: int) -> bytes:
    return body[: at * WORD] + (value % 2**256).to_bytes(WORD, "big") + body[(at + 1) * WORD :]


def _word(body: bytes, at: int) -> int:
    return int.from_bytes(body[at * WORD : (at + 1) * WORD], "big")


def _elsewhere(body: bytes) -> Iterator[Case]:
    """The right bytes in the wrong place."""
    yield "another voter", BOARD, VOTER + 1, body, Reason.INVALID_CHOICE
    for name, made in (
        ("another chain", wsb_hashing.context(KEYS, chain=1)),
        ("another meeting", wsb_hashing.context(KEYS, meeting=4)),
        ("another content", wsb_hashing.context(KEYS, convene_hash=b"\x12" * 32)),
    ):
        yield name, replace(BOARD, context=made.hash), VOTER, body, Reason.INVALID_CHOICE
    keys = wsb_ballots.Keys(KEYS.against, KEYS.in_favour)
    yield "keys exchanged", replace(BOARD, keys=keys), VOTER, body, Reason.INVALID_CHOICE
    first, second = body[:MOTION_BYTES], body[MOTION_BYTES : 2 * MOTION_BYTES]
    swapped = second + first + body[2 * MOTION_BYTES :]
    yield "motions permuted", BOARD, VOTER, swapped, Reason.INVALID_CHOICE
    other = make_ballot(BOARD, VOTER, [F, F, A, F, A], Stream("wsb other")).bytes
    yield "proof of another ballot", BOARD, VOTER, body[:192] + other[192:], Reason.INVALID_CHOICE
    yield "cap proof of another ballot", BOARD, VOTER, body[:GROUP_AT] + other[GROUP_AT:], Reason.OVER_CAP
    moved = replace(BOARD, motions=((0, 0), (2, 2), (2, 2), (2, 2), (0, 0)))
    yield "another group", moved, VOTER, body, Reason.OVER_CAP


def _unreadable(body: bytes) -> Iterator[Case]:
    """Words that may not be read."""
    for at, name in enumerate(("A.x", "A.y", "B1.x", "B1.y", "B2.x", "B2.y")):
        yield f"{name} plus p", BOARD, VOTER, _with_word(body, at, _word(body, at) + P), Reason.MALFORMED
    for at, name in ((1, "A"), (3, "B1"), (5, "B2")):
        off = _with_word(body, at, (_word(body, at) + 1) % P)
        yield f"{name} off the curve", BOARD, VOTER, off, Reason.MALFORMED
        none = _with_word(_with_word(body, at - 1, 0), at, 0)
        yield f"{name} at infinity", BOARD, VOTER, none, Reason.MALFORMED
    for at in range(6, 12):
        name = f"{'c' if at < 9 else 's'}_{at % 3}"
        yield f"{name} plus q", BOARD, VOTER, _with_word(body, at, _word(body, at) + Q), Reason.MALFORMED
    yield "s_0 is q", BOARD, VOTER, _with_word(body, 9, Q), Reason.MALFORMED
    yield "A.x is p", BOARD, VOTER, _with_word(body, 0, P), Reason.MALFORMED
    yield "all ones", BOARD, VOTER, b"\xff" * len(body), Reason.MALFORMED
    yield "all zeros", BOARD, VOTER, bytes(len(body)), Reason.MALFORMED
    last = GROUP_AT // WORD
    for at in (last, last + 5):
        changed = _with_word(body, at, _word(body, at) + Q)
        yield f"cap proof, word {at - last} plus q", BOARD, VOTER, changed, Reason.MALFORMED


def _untrue(body: bytes) -> Iterator[Case]:
    """Readable words that prove nothing."""
    for at in range(6, 12):
        name = f"{'c' if at < 9 else 's'}_{at % 3}"
        changed = _with_word(body, at, (_word(body, at) + 1) % Q)
        yield f"{name} plus one", BOARD, VOTER, changed, Reason.INVALID_CHOICE
    last = GROUP_AT // WORD
    for at in range(last, last + 6):
        changed = _with_word(body, at, (_word(body, at) + 1) % Q)
        yield f"cap proof, word {at - last} plus one", BOARD, VOTER, changed, Reason.OVER_CAP
    exchanged = _with_word(_with_word(body, 6, _word(body, 7)), 7, _word(body, 6))
    yield "challenges exchanged", BOARD, VOTER, exchanged, Reason.INVALID_CHOICE
    opposite = _with_word(body, 1, P - _word(body, 1))
    yield "A negated", BOARD, VOTER, opposite, Reason.INVALID_CHOICE
    plain = _with_word(_with_word(body, 2, 1), 3, 2)
    yield "B1 is G", BOARD, VOTER, plain, Reason.INVALID_CHOICE
    plain = _with_word(_with_word(body, 4, 1), 5, 2)
    yield "B2 is G", BOARD, VOTER, plain, Reason.INVALID_CHOICE
    zero = body[:192] + bytes(192) + body[384:]
    yield "proof of zeros", BOARD, VOTER, zero, Reason.INVALID_CHOICE


def _forged(name: str, in_favour: int, against: int, branch: int) -> Case:
    """A ciphertext of anything, with a proof made as if branch ``branch`` were true."""
    form, draw = wsb_ballots.FORMS["one"], Stream(f"wsb forged {name}")
    r = draw()
    ciphertext = Ciphertext(
        multiply(r, G),
        add(multiply(r, KEYS.in_favour), multiply(in_favour, G)),
        add(multiply(r, KEYS.against), multiply(against, G)),
    )
    proof = prove(choice_statement(form, 1, 0, ciphertext), branch, r, draw)
    return name, form, 1, Body(((ciphertext, proof),), ()).bytes, Reason.INVALID_CHOICE


def _over_cap() -> bytes:
    """Three choices for where two are the cap, each ballot proof good, the group's proof made for two."""
    draw = Stream("wsb over cap")
    free = replace(BOARD, motions=((0, 0),) * 5)
    choices = [A, F, F, F, A]
    made = make_ballot(free, VOTER, choices, draw)
    group = BOARD.groups[0]
    statement = cap_statement(BOARD, VOTER, group, [made.motions[at][0] for at in group.motions])
    secret = sum(draw.drawn[6 * at] for at in group.motions) % Q
    return replace(made, groups=(prove(statement, 2, secret, draw),)).bytes


def _order(body: bytes) -> Iterator[Case]:
    """Two faults: the first in the contract's order is the reason."""
    bad_choice = _with_word(body, 6, (_word(body, 6) + 1) % Q)
    second = MOTION_BYTES // WORD
    yield (
        "motion 0 untrue, motion 1 unreadable",
        BOARD,
        VOTER,
        _with_word(bad_choice, second + 6, Q),
        Reason.INVALID_CHOICE,
    )
    yield (
        "motion 0 unreadable, motion 1 untrue",
        BOARD,
        VOTER,
        _with_word(_with_word(body, 6, Q), second + 6, 5),
        Reason.MALFORMED,
    )
    last = GROUP_AT // WORD
    yield (
        "choice untrue, cap proof unreadable",
        BOARD,
        VOTER,
        _with_word(bad_choice, last, Q),
        Reason.INVALID_CHOICE,
    )
    form = wsb_ballots.FORMS["two groups"]
    _, voter, _, _, two = wsb_ballots.valid()["two groups"]
    # groups ascending: group 2 (cap 5 on two motions: six words) stands before group 7 (cap 1: four words)
    start = 4 * second
    untrue = _with_word(two.bytes, start, (_word(two.bytes, start) + 1) % Q)
    yield "group 2 untrue, group 7 unreadable", form, voter, _with_word(untrue, start + 6, Q), Reason.OVER_CAP
    unreadable = _with_word(two.bytes, start, Q)
    yield (
        "group 2 unreadable, group 7 untrue",
        form,
        voter,
        _with_word(unreadable, start + 6, 5),
        Reason.MALFORMED,
    )
    groups = (two.groups[1], two.groups[0])
    exchanged = replace(two, groups=groups).bytes
    yield "groups exchanged", form, voter, exchanged, Reason.OVER_CAP


def _weak() -> Iterator[Case]:
    """Proofs whose challenge leaves something out of the hash."""
    form, draw = wsb_ballots.FORMS["one"], Stream("wsb weak")
    r = draw()
    ciphertext = Ciphertext(multiply(r, G), multiply(r, KEYS.in_favour), multiply(r, KEYS.against))
    statement = choice_statement(form, 1, 0, ciphertext)
    for name, words in (
        ("challenge without the context", statement.words[WORD:]),
        ("challenge without the ciphertext", statement.words[: 3 * WORD]),
        ("challenge of the commitments alone", b""),
    ):
        proof = prove(replace(statement, words=words), 0, r, draw)
        yield name, form, 1, Body(((ciphertext, proof),), ()).bytes, Reason.INVALID_CHOICE
    proof = prove(replace(statement, tag="cap"), 0, r, draw)
    yield (
        "challenge under another tag",
        form,
        1,
        Body(((ciphertext, proof),), ()).bytes,
        Reason.INVALID_CHOICE,
    )
    mirrored = Ciphertext(negate(ciphertext.a), negate(ciphertext.b1), negate(ciphertext.b2))
    proof = prove(statement, 0, r, draw)
    negated = Proof(proof.challenges, tuple(-s % Q for s in proof.responses))
    yield "everything negated", form, 1, Body(((mirrored, negated),), ()).bytes, Reason.INVALID_CHOICE


def cases() -> Iterator[Case]:
    """Every refused body: name, form, voter, body, reason."""
    body = _base().bytes
    yield from _elsewhere(body)
    yield from _unreadable(body)
    yield from _untrue(body)
    yield _forged("two choices at once, proven as for", 1, 1, 1)
    yield _forged("two choices at once, proven as against", 1, 1, 2)
    yield _forged("two for", 2, 0, 1)
    yield _forged("minus one for", Q - 1, 0, 0)
    yield _forged("for proven as abstain", 1, 0, 0)
    yield "three for under a cap of two", BOARD, VOTER, _over_cap(), Reason.OVER_CAP
    yield from _order(body)
    yield from _weak()


def build() -> dict[str, Any]:
    """The content of ``wsb-negative.json``."""
    return {
        "note": "reason: malformed is 7 Malformed, invalid-choice 3 InvalidChoice, over-cap 4 OverGroupCap",
        "cases": [
            {
                "name": name,
                "form": wsb_ballots.describe_form(form),
                "voter": voter,
                "body": raw(body),
                "reason": str(reason),
            }
            for name, form, voter, body, reason in cases()
        ],
    }
