"""Secret ballots: what is made holds, says nothing of the choice by its form, and nothing else holds."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from secret_worlds import CHOICES, CONTEXT, KEYS, MIXED, seeded

from wanjia.domain.ballots import Choice
from wanjia.wsb.ballot import Record, ballot_hash, read_body, split_records
from wanjia.wsb.checking import Fault, Reason, faults_of
from wanjia.wsb.form import Form, groups_of
from wanjia.wsb.group import G, add, multiply, negate
from wanjia.wsb.hashing import keccak
from wanjia.wsb.proving import make_ballot

A, F, N = Choice.ABSTAIN, Choice.FOR, Choice.AGAINST


@settings(max_examples=12, deadline=None)
@given(choices=CHOICES, voter=st.integers(1, 2**32 - 1), seed=st.integers(0, 2**32))
def test_every_choice_within_the_caps_can_be_proven(choices: list[Choice], voter: int, seed: int) -> None:
    """A ballot made for any choices holds, has the form's length and reads back to itself."""
    made = make_ballot(MIXED, voter, choices, seeded(seed))
    assert len(made.bytes) == MIXED.body_bytes
    assert read_body(MIXED, made.bytes) == made
    assert faults_of(MIXED, voter, made.bytes) == []


@pytest.mark.parametrize("choice", list(Choice))
def test_a_ciphertext_opens_to_its_choice(choice: Choice) -> None:
    """With the secrets of the keys ``B − x·A`` is ``G`` on the side that was chosen, else infinity."""
    form = Form(CONTEXT, KEYS, ((0, 0),))
    ((ciphertext, _),) = make_ballot(form, 1, [choice]).motions
    for secret, b, side in ((1234567, ciphertext.b1, F), (7654321, ciphertext.b2, N)):
        assert add(b, negate(multiply(secret, ciphertext.a))) == multiply(int(choice is side), G)


def test_choices_that_cannot_be_proven_are_refused_before_any_proof() -> None:
    """Too few choices, or a group over its cap, raise."""
    with pytest.raises(ValueError, match="4 motions, not 3"):
        make_ballot(MIXED, 1, [A, A, A])
    with pytest.raises(ValueError, match="group 1 is over its cap"):
        make_ballot(MIXED, 1, [A, F, F, A])


def test_the_systems_randomness_makes_two_ballots_differ() -> None:
    """The same choices twice share no point."""
    one, two = (make_ballot(MIXED, 1, [F, F, A, A]) for _ in range(2))
    points = [point for made in (one, two) for ciphertext, _ in made.motions for point in ciphertext.points]
    assert len(set(points)) == len(points)


def test_every_fault_is_listed_in_the_order_of_the_contract() -> None:
    """Motions come before groups; a group with an unreadable motion is not judged."""
    body = make_ballot(MIXED, 1, [F, F, A, F], seeded(1)).bytes
    first = body[:192] + bytes(192) + body[384:]
    assert faults_of(MIXED, 1, first) == [Fault(Reason.INVALID_CHOICE, "motion 0")]
    second = body[:384] + bytes(64) + body[448:]
    assert faults_of(MIXED, 1, second) == [Fault(Reason.MALFORMED, "motion 1")]
    last = body[:-32] + b"\xff" * 32
    assert faults_of(MIXED, 1, last) == [Fault(Reason.MALFORMED, "group 3")]
    assert [str(fault.reason) for fault in faults_of(MIXED, 2, body)] == ["invalid-choice"] * 4 + [
        "over-cap"
    ] * 2
    assert faults_of(MIXED, 1, body[:-32]) == [Fault(Reason.MALFORMED, "body")]


def test_reasons_have_the_contracts_numbers() -> None:
    """Malformed is 7, an invalid choice 3, a group over its cap 4."""
    assert [reason.skip for reason in (Reason.MALFORMED, Reason.INVALID_CHOICE, Reason.OVER_CAP)] == [7, 3, 4]


def test_what_is_signed_depends_on_context_and_body() -> None:
    """The ballot's hash is keccak of the context and of the body's hash."""
    assert ballot_hash(CONTEXT, b"body") == keccak(CONTEXT + keccak(b"body"))


def test_records_are_cut_by_the_forms_length() -> None:
    """A batch reads back to its records; any other length is refused."""
    form = Form(CONTEXT, KEYS, ((0, 0),))
    records = [Record(7, bytes([at]) * 65, bytes([at]) * form.body_bytes) for at in range(2)]
    batch = b"".join(record.pack() for record in records)
    assert len(batch) == 2 * form.record_bytes
    assert list(split_records(form, batch)) == records
    for refused in (b"", batch[:-1]):
        with pytest.raises(ValueError, match="453-byte records"):
            list(split_records(form, refused))
    with pytest.raises(ValueError, match="65 bytes"):
        replace(records[0], signature=b"").pack()


def test_groups_are_read_from_the_motions() -> None:
    """Groups come in ascending number; a proof needs no branch above the number of motions."""
    low, high = groups_of([(9, 1), (0, 0), (2, 5), (9, 1)])
    assert (low.number, low.motions, low.most) == (2, (2,), 1)
    assert (high.number, high.motions, high.most) == (9, (0, 3), 1)
    for refused in ([(1, 1), (1, 2)], [(1, 0)]):
        with pytest.raises(ValueError, match="group 1"):
            groups_of(refused)
