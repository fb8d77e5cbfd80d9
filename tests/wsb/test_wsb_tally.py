"""Sums, shares and opening: what comes out is what the ballots say, and nothing else opens."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from secret_worlds import CONTEXT, KEYS, seeded

from wanjia.domain.ballots import Choice
from wanjia.domain.coarse import Rounding, rounded
from wanjia.domain.counting import Weight
from wanjia.wsb.decryption import (
    Aggregate,
    Sealed,
    Share,
    lagrange,
    opened,
    read_share,
    stage_aggregates,
)
from wanjia.wsb.discrete_log import MAX_SPAN, OutOfRange, discrete_log
from wanjia.wsb.form import Form
from wanjia.wsb.group import G, P, Q, Unreadable, add, multiply
from wanjia.wsb.proof import Proof
from wanjia.wsb.proving import encrypt
from wanjia.wsb.tally import COARSE, EXACT, HEADS, add_up, seal_hash

FORM = Form(CONTEXT, KEYS, ((0, 0), (0, 0)))
SECRETS = (1234567, 7654321)
"""The secrets of both keys; shared out among trustees by lines through them."""
SLOPES = (31, 41)
SEALED = Sealed(CONTEXT, b"\7" * 32)
FOR = Aggregate(0, COARSE, 0)


def _secret(trustee: int, side: int) -> int:
    return SECRETS[side] + SLOPES[side] * trustee


def test_two_of_three_trustees_open_what_the_ballots_say() -> None:
    """Heads, coarse and exact areas of both sides and motions come out of the sums."""
    chance, draw = random.Random(1), seeded(1)
    voters = [(chance.randint(1, 2**24), chance.choices(list(Choice), k=2)) for _ in range(12)]
    sums = add_up(
        2, [(area, [encrypt(FORM, choice, draw()) for choice in chosen]) for area, chosen in voters]
    )
    for motion in range(2):
        for side, choice in ((0, Choice.FOR), (1, Choice.AGAINST)):
            chosen = [area for area, choices in voters if choices[motion] is choice]
            said = {HEADS: len(chosen), COARSE: sum(map(rounded, chosen)), EXACT: sum(chosen)}
            for level, value in said.items():
                a, b = sums.pair(motion, level, side)
                for some in ((1, 2), (1, 3), (2, 3)):
                    shares = {n: multiply(_secret(n, side), a) for n in some}
                    assert discrete_log(opened(b, shares), 0, 2**28) == value


def test_a_share_holds_for_what_it_was_made_for_alone() -> None:
    """Another trustee, aggregate, key, sum, seal or point, and the proof fails."""
    a, secret = multiply(99, G), _secret(2, 0)
    key = multiply(secret, G)
    share = SEALED.make_share(2, FOR, secret, a, seeded(2))
    assert read_share(share.words) == share
    assert SEALED.share_holds(2, FOR, key, a, share)
    assert not SEALED.share_holds(1, FOR, key, a, share)
    assert not SEALED.share_holds(2, Aggregate(0, COARSE, 1), key, a, share)
    assert not SEALED.share_holds(2, FOR, multiply(_secret(1, 0), G), a, share)
    assert not SEALED.share_holds(2, FOR, key, multiply(98, G), share)
    assert not SEALED.share_holds(2, FOR, key, a, Share(add(share.point, G), share.proof))
    assert not Sealed(CONTEXT, bytes(32)).share_holds(2, FOR, key, a, share)


def test_shares_are_read_strictly() -> None:
    """Infinity, coordinates from ``P`` on and scalars from ``Q`` on are unreadable."""
    x, y, c, s = SEALED.make_share(2, FOR, 5, G, seeded(3)).words
    for refused in ((0, 0, c, s), (x + P, y, c, s), (x, y, c + Q, s), (x, y, c, s + Q), (x, P - y + 1, c, s)):
        with pytest.raises(Unreadable):
            read_share(refused)


def test_stages_count_their_aggregates_in_order() -> None:
    """Stage 0: motion, heads then coarse, for then against; stage 1: the exact area for."""
    assert stage_aggregates(0, range(2))[:5] == [
        Aggregate(0, HEADS, 0),
        Aggregate(0, HEADS, 1),
        Aggregate(0, COARSE, 0),
        Aggregate(0, COARSE, 1),
        Aggregate(1, HEADS, 0),
    ]
    assert stage_aggregates(1, [3, 7]) == [Aggregate(3, EXACT, 0), Aggregate(7, EXACT, 0)]


def test_the_seal_covers_everything_it_freezes() -> None:
    """A change of context, participation, rounding or any sum changes the seal."""
    draw = seeded(4)
    one, two = (add_up(1, [(5_000, [encrypt(FORM, Choice.FOR, draw())])]) for _ in range(2))
    part, rounding = Weight(5_000, 1), Rounding(1, 2)
    made = {
        seal_hash(CONTEXT, part, rounding, one),
        seal_hash(bytes(32), part, rounding, one),
        seal_hash(CONTEXT, Weight(5_001, 1), rounding, one),
        seal_hash(CONTEXT, Weight(5_000, 2), rounding, one),
        seal_hash(CONTEXT, part, Rounding(2, 1), one),
        seal_hash(CONTEXT, part, rounding, two),
    }
    assert len(made) == 6


@given(trustees=st.sets(st.integers(1, 15), min_size=2))
def test_lagrange_factors_find_the_value_at_zero(trustees: set[int]) -> None:
    """They take the values of any polynomial of fewer coefficients than trustees to its constant."""
    coefficients = [7 + 3 * k for k in range(len(trustees))]
    values = {i: sum(c * i**k for k, c in enumerate(coefficients)) for i in trustees}
    assert sum(factor * values[i] for i, factor in lagrange(trustees).items()) % Q == coefficients[0]


@settings(max_examples=60, deadline=None)
@given(low=st.integers(0, 5_000), span=st.integers(0, 3_000), data=st.data())
def test_every_value_of_a_range_is_found(low: int, span: int, data: st.DataObject) -> None:
    """Whatever lies in the range is found, the ends included."""
    value = data.draw(st.sampled_from([low, low + span, low + span // 2]) | st.integers(low, low + span))
    assert discrete_log(multiply(value, G), low, low + span) == value


def test_a_value_out_of_range_is_an_error_that_says_so() -> None:
    """Beyond either end the search stops and names the range."""
    for value, low, high in ((11, 0, 10), (4, 5, 10), (Q - 1, 0, 10**6), (0, 1, 100), (10**6 + 1, 0, 10**6)):
        with pytest.raises(OutOfRange, match=f"from {low} to {high}"):
            discrete_log(multiply(value, G), low, high)
    for low, high in ((5, 4), (-1, 4), (0, MAX_SPAN + 1)):
        with pytest.raises(ValueError, match="cannot search"):
            discrete_log(G, low, high)


def test_a_large_sum_is_found() -> None:
    """A million square metres to the 0.01 m² (10^8) is one search."""
    assert discrete_log(multiply(99_999_999, G), 0, 10**8) == 99_999_999


def test_a_value_off_by_one_does_not_open() -> None:
    """``B − Σ λ·D`` is the value's multiple of ``G`` and no other's."""
    ciphertext = encrypt(FORM, Choice.FOR, 77)
    point = opened(ciphertext.b1, {n: multiply(_secret(n, 0), ciphertext.a) for n in (1, 3)})
    assert point == multiply(1, G)
    assert point not in (multiply(0, G), multiply(2, G))


def test_a_proof_of_another_base_does_not_hold() -> None:
    """The same response under a challenge of zero is no proof."""
    share = SEALED.make_share(1, FOR, 5, G, seeded(5))
    assert not SEALED.share_holds(
        1, FOR, multiply(5, G), G, Share(share.point, Proof((0,), share.proof.responses))
    )
