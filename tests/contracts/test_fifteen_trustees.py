"""The trustees' board at its largest, on a chain whose blocks take 30 M gas: fifteen trustees at any threshold.

Two thresholds besides in every run; ``WANJIA_ALL_THRESHOLDS=1`` takes all from 2 to 15.
"""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from refusals import expect_refusal

from ceremony import Ceremony
from chain_process import anvil
from chain_world import TRANSACTION_GAS, World, build_world, motion
from secret_world import SecretHall
from wanjia.domain.ballots import Choice
from wanjia.wsb.ceremony import secret_shares
from wanjia.wsb.decryption import Sealed, stage_aggregates

TRUSTEES, BLOCK_GAS = 15, 30_000_000
THRESHOLDS = range(2, 16) if os.environ.get("WANJIA_ALL_THRESHOLDS") else (2, 8)
OWNERS, IN_FAVOUR, AGAINST, ABSTAINING = 50, 20, 10, 4
AREA, UNITS = 9_000, 9
VALUES = [IN_FAVOUR, AGAINST, IN_FAVOUR * UNITS, AGAINST * UNITS]
MOST_SUMS = 80
"""Four for each of twenty motions: what a trustee may post, and anybody open, in one call if it fits."""
GAS = {
    "proposeTrustees": 550_000,
    "confirmTrustees": 560_000,
    "commitKeys": 160_000,
    "revealKeys": 1_600_000,
    "dealShares": 160_000,
    "approveKeys": 4_700_000,
    "a share": 140_000,
    "an opening": 450_000,
    "a sum opened": 230_000,
}
"""The most that a call takes at fifteen of fifteen; the last approval makes every share key."""


@pytest.fixture(scope="module")
def _community() -> Iterator[World]:
    block = ("--timestamp", "1800000000", "--gas-limit", str(BLOCK_GAS), "--accounts", str(TRUSTEES + 6))
    with anvil(*block) as w3:
        world = build_world(w3)
        world.register(range(1, OWNERS + 1))
        yield world


@pytest.fixture
def community(_community: World) -> Iterator[World]:
    """Give a community with registered owners; the chain is put back afterwards."""
    provider = _community.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    yield _community
    provider.make_request("evm_revert", [before])


def _quickly(run: Ceremony) -> None:
    """A ceremony whose trustees hand each other their shares by hand: the board cannot tell, it reads no dealing."""
    run.appoint()
    for step in (run.commit, run.reveal):
        for one in run.trustees:
            step(one)
    for one in run.trustees:
        run.world.send(run.call("dealShares", bytes(128 * (TRUSTEES - 1))), one.account)
    for one in run.trustees:
        one.shares = secret_shares(
            {
                other.number: (other.polynomials.share(0, one.number), other.polynomials.share(1, one.number))
                for other in run.trustees
            }
        )
        run.world.send(run.call("approveKeys", run.transcript()), one.account)


def _sealed(community: World, threshold: int, hold: Any = _quickly) -> SecretHall:
    """A sealed meeting of one motion."""
    roll = dict.fromkeys(range(1, OWNERS + 1), AREA)
    hall = SecretHall.open(community, roll, (motion(4),), (TRUSTEES, threshold), hold=hold)
    votes = [Choice.FOR] * IN_FAVOUR + [Choice.AGAINST] * AGAINST + [Choice.ABSTAIN] * ABSTAINING
    hall.vote({voter: (choice,) for voter, choice in enumerate(votes, start=1)}, batch=len(votes))
    hall.close()
    hall.seal()
    return hall


def _post_all(hall: SecretHall) -> int:
    """Every trustee posts its shares; gives the most gas that a share took."""
    functions = hall.world.board.functions
    sealed = Sealed(hall.form.context, bytes(hall.world.secret.functions.sealHashOf(hall.number).call()))
    dearest = 0
    for one in hall.ceremony.trustees:
        words: list[int] = []
        for each in stage_aggregates(0, [0]):
            a = hall.world.secret.functions.aggregateOf(hall.number, each.motion, each.level).call()[:2]
            words += sealed.make_share(one.number, each, one.shares[each.side], (a[0], a[1])).words
        receipt = hall.world.send(functions.postShares(hall.number, 0, 0, words), one.account)
        dearest = max(dearest, receipt["gasUsed"] // len(VALUES))
    return dearest


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_any_set_of_trustees_opens_the_same_values(community: World, threshold: int) -> None:
    """Random sets of as many trustees as are needed open what was voted, and never a value beside it."""
    hall = _sealed(community, threshold)
    _post_all(hall)
    chance, board = random.Random(threshold), hall.world.board
    sets = [sorted(chance.sample(range(1, TRUSTEES + 1), threshold)) for _ in range(5)]
    for trustees in sets:
        opening = board.functions.openSums(hall.number, 0, 0, trustees, VALUES)
        opening.call({"from": hall.world.stranger, "gas": TRANSACTION_GAS})
        for at in range(len(VALUES)):
            values = [value + (at == number) for number, value in enumerate(VALUES)]
            call = board.functions.openSums(hall.number, 0, 0, trustees, values)
            assert (at,) == expect_refusal(board, "TrusteeBoardValue", call, hall.world.stranger)
    hall.world.send(opening, hall.world.stranger)
    assert VALUES == [
        board.functions.sumOf(hall.number, 0, level, side).call()[1] for level in (0, 1) for side in (0, 1)
    ]


def test_fifteen_of_fifteen_fit_a_block(community: World) -> None:
    """The whole ceremony with every dealing checked, all shares and the opening: each call within what is stated."""
    hall = _sealed(community, TRUSTEES, Ceremony.hold)
    used = dict(hall.ceremony.dearest)
    used["a share"] = _post_all(hall)
    opened = [hall.world.send(opening, hall.world.stranger)["gasUsed"] for opening in _openings(hall)]
    used["a sum opened"] = opened[1] - opened[0]
    used["an opening"] = opened[0] - used["a sum opened"]
    assert {name: gas for name, gas in used.items() if gas > GAS[name]} == {}
    assert set(GAS) == set(used)
    assert max(GAS[name] for name in hall.ceremony.dearest) < TRANSACTION_GAS
    assert MOST_SUMS * GAS["a share"] < BLOCK_GAS
    assert GAS["an opening"] + MOST_SUMS * GAS["a sum opened"] < BLOCK_GAS


def _openings(hall: SecretHall) -> Iterator[Any]:
    """One sum, then two more, then the last."""
    everybody = list(range(1, TRUSTEES + 1))
    for first, count in ((0, 1), (1, 2), (3, 1)):
        values = VALUES[first : first + count]
        yield hall.world.board.functions.openSums(hall.number, 0, first, everybody, values)
