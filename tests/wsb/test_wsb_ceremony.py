"""The key ceremony: any t trustees open what the joint keys encrypt, and every lie shows."""

from dataclasses import replace
from itertools import combinations

import pytest
from secret_worlds import seeded

from wanjia.wsb.ceremony import (
    Polynomials,
    Run,
    enrolment,
    evaluate,
    is_share,
    joint_keys,
    possession,
    secret_shares,
    share_key,
    side_of,
    transcript_of,
)
from wanjia.wsb.context import TrusteeSet
from wanjia.wsb.dealing import deal, parts_of, receive
from wanjia.wsb.decryption import lagrange
from wanjia.wsb.group import G, Q, Unreadable, add, multiply, negate
from wanjia.wsb.proof import holds, prove

RUN = Run(31337, "0x" + "22" * 20, 4, 1)
TRUSTEES = (1, 2, 3, 4)
THRESHOLD = 3
POLYNOMIALS = {n: Polynomials.fresh(THRESHOLD, seeded(n)) for n in TRUSTEES}
REVEALS = {n: made.coefficients for n, made in POLYNOMIALS.items()}
SECRETS = {n: 1_000 + n for n in TRUSTEES}
KEYS = {n: multiply(secret, G) for n, secret in SECRETS.items()}
DEALT = {n: deal(RUN, n, POLYNOMIALS[n], KEYS, seeded(10 + n)) for n in TRUSTEES}


def _received(trustee: int) -> dict[int, tuple[int, int]]:
    shares = {n: receive(RUN, n, trustee, SECRETS[trustee], DEALT[n]) for n in TRUSTEES if n != trustee}
    own = POLYNOMIALS[trustee]
    return shares | {trustee: (own.share(0, trustee), own.share(1, trustee))}


def test_every_share_dealt_is_the_promised_one() -> None:
    """What each trustee decrypts fits the dealer's coefficients, for its own number only."""
    for trustee in TRUSTEES:
        for dealer, shares in _received(trustee).items():
            for side in (0, 1):
                assert is_share(REVEALS[dealer], side, trustee, shares[side])
                assert not is_share(REVEALS[dealer], side, trustee % 4 + 1, shares[side])
                assert not is_share(REVEALS[dealer], 1 - side, trustee, shares[side])
                assert not is_share(REVEALS[dealer], side, trustee, shares[side] + Q)


def test_any_three_of_four_hold_the_keys() -> None:
    """The Lagrange combination of any ``t`` secrets is the joint key's; of fewer it is not."""
    secrets = {n: secret_shares(_received(n)) for n in TRUSTEES}
    keys = joint_keys(REVEALS.values())
    for side, key in ((0, keys.in_favour), (1, keys.against)):
        for n in TRUSTEES:
            assert share_key(REVEALS.values(), side, n) == multiply(secrets[n][side], G)
        for size in (2, 3, 4):
            for some in combinations(TRUSTEES, size):
                joint = sum(factor * secrets[n][side] for n, factor in lagrange(some).items())
                assert (multiply(joint, G) == key) is (size >= THRESHOLD)


def test_a_dealing_is_readable_by_its_receiver_only() -> None:
    """Another secret, another run or a changed byte gives no share that fits."""
    dealt = DEALT[1]
    assert [trustee for trustee, _ in parts_of(1, dealt)] == [2, 3, 4]
    assert [trustee for trustee, _ in parts_of(3, DEALT[3])] == [1, 2, 4]
    for shares in (
        receive(RUN, 1, 2, SECRETS[3], dealt),
        receive(replace(RUN, run=2), 1, 2, SECRETS[2], dealt),
        receive(RUN, 1, 2, SECRETS[2], dealt[:95] + bytes([dealt[95] ^ 1]) + dealt[96:]),
    ):
        assert not is_share(REVEALS[1], 0, 2, shares[0])
    with pytest.raises(Unreadable):
        receive(RUN, 1, 2, SECRETS[2], bytes(64) + dealt[64:])
    with pytest.raises(ValueError, match="128 bytes"):
        list(parts_of(1, dealt[:-1]))


def test_a_rogue_key_cannot_be_proven() -> None:
    """A trustee whose constant cancels the others' knows no secret of it: its proof does not hold."""
    others = add(REVEALS[2][0], REVEALS[3][0])
    rogue = add(multiply(5, G), negate(others))
    statement = possession(RUN, 1, 0, rogue)
    assert not holds(statement, prove(statement, 0, 5, seeded(5)))


def test_proofs_are_bound_to_run_trustee_and_side() -> None:
    """A good proof of enrolment or possession holds nowhere else."""
    proof = prove(enrolment(RUN, 1, KEYS[1]), 0, SECRETS[1], seeded(6))
    assert holds(enrolment(RUN, 1, KEYS[1]), proof)
    for other in (enrolment(RUN, 2, KEYS[1]), enrolment(replace(RUN, run=2), 1, KEYS[1])):
        assert not holds(other, proof)
    constant = side_of(REVEALS[1], 1)[0]
    proof = prove(possession(RUN, 1, 1, constant), 0, POLYNOMIALS[1].sides[1][0], seeded(7))
    assert holds(possession(RUN, 1, 1, constant), proof)
    assert not holds(possession(RUN, 1, 0, constant), proof)


def test_a_polynomial_in_the_group_is_the_polynomial() -> None:
    """``Σ i^k·C_k`` is ``f(i)·G``."""
    assert evaluate(side_of(REVEALS[1], 1), 9) == multiply(POLYNOMIALS[1].share(1, 9), G)


def test_the_transcript_depends_on_every_step_and_its_place() -> None:
    """Another order, trustee or hash gives another transcript."""
    trustees = TrusteeSet(
        RUN.chain_id, RUN.board, RUN.meeting, THRESHOLD, tuple(f"0x{n:040x}" for n in TRUSTEES)
    )
    entries = [(1, 1, b"\1" * 32), (1, 2, b"\2" * 32)]
    made = {
        transcript_of(RUN, trustees, given)
        for given in ([], entries[:1], entries, entries[::-1], [(2, 1, b"\1" * 32), entries[1]])
    }
    assert len(made) == 5
