"""The trustees' board on anvil after the seal: shares and values that it must refuse, and sums opened once by any `t`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from refusals import expect_refusal
from web3 import Web3

from ceremony import Ceremony
from chain_world import TRANSACTION_GAS, build_world, motion
from secret_world import SecretHall
from wanjia.domain.ballots import Choice
from wanjia.wsb.decryption import Aggregate, Sealed, Share, stage_aggregates
from wanjia.wsb.group import G, P, Q, add

OWNERS, VOTERS, IN_FAVOUR, AREA = 56, 42, 22, 9_500
COARSE_AREA = 10
"""An owner's area of 95 m² in the units of coarse sums: rounded up, so far that the lower end is below a half."""
VALUES = [IN_FAVOUR, VOTERS - IN_FAVOUR, IN_FAVOUR * COARSE_AREA, (VOTERS - IN_FAVOUR) * COARSE_AREA]


@dataclass
class Counting:
    """A sealed meeting of one motion, 22 for and 20 against, with five trustees of whom three open."""

    hall: SecretHall

    @property
    def ceremony(self) -> Ceremony:
        """Who holds the keys."""
        return self.hall.ceremony

    def share(self, trustee: int, aggregate: Aggregate) -> Share:
        """A trustee's true share."""
        functions = self.hall.world.secret.functions
        seal = bytes(functions.sealHashOf(self.hall.number).call())
        a = functions.aggregateOf(self.hall.number, aggregate.motion, aggregate.level).call()[:2]
        secret = self.ceremony.trustees[trustee - 1].shares[aggregate.side]
        return Sealed(self.hall.form.context, seal).make_share(trustee, aggregate, secret, (a[0], a[1]))

    def words(self, trustee: int, stage: int = 0) -> list[int]:
        """All true shares of a stage, as they are posted."""
        return [word for one in stage_aggregates(stage, [0]) for word in self.share(trustee, one).words]

    def post(self, words: list[int], stage: int = 0, first: int = 0) -> Any:
        """The call that posts these words."""
        return self.hall.world.board.functions.postShares(self.hall.number, stage, first, words)

    def open(self, trustees: list[int], values: list[int], stage: int = 0, first: int = 0) -> Any:
        """The call that opens sums."""
        functions = self.hall.world.board.functions
        return functions.openSums(self.hall.number, stage, first, trustees, values)

    def send(self, call: Any, trustee: int | None = None) -> None:
        """Send a call as a trustee or as a stranger."""
        account = self.ceremony.trustees[trustee - 1].account if trustee else self.hall.world.stranger
        self.hall.world.send(call, account, TRANSACTION_GAS)

    def refuse(self, error: str, call: Any, trustee: int | None = None) -> tuple[Any, ...]:
        """Check that the board refuses a call of a trustee or of a stranger."""
        account = self.ceremony.trustees[trustee - 1].account if trustee else self.hall.world.stranger
        return expect_refusal(self.hall.world.board, error, call, account)


@pytest.fixture(scope="module")
def _sealed(anvil_chain: Web3) -> Counting:
    world = build_world(anvil_chain)
    world.register(range(1, OWNERS + 1))
    hall = SecretHall.open(world, dict.fromkeys(range(1, OWNERS + 1), AREA), (motion(4),), (5, 3))
    choices = {v: (Choice.FOR if v <= IN_FAVOUR else Choice.AGAINST,) for v in range(1, VOTERS + 1)}
    hall.vote(choices, batch=21)
    hall.close()
    hall.seal()
    return Counting(hall)


@pytest.fixture
def counting(_sealed: Counting) -> Iterator[Counting]:
    """Give the sealed meeting with nothing posted, put back afterwards."""
    provider = _sealed.hall.world.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    yield _sealed
    provider.make_request("evm_revert", [before])


def test_a_share_is_the_trustees_own_and_of_this_sum(counting: Counting) -> None:
    """Strangers, wrong points, others' shares, shares of other sums and numbers out of range are refused."""
    good = counting.words(1)
    counting.refuse("TrusteeBoardNotTrustee", counting.post(good))
    assert (2, 0) == counting.refuse("TrusteeBoardShare", counting.post(good), 2)
    other = counting.share(1, Aggregate(0, 0, 1)).words
    moved = add((good[0], good[1]), G)
    wrong = {
        "another point": [*moved, *good[2:4]],
        "a share of another sum": [*other],
        "x + p": [good[0] + P, *good[1:4]],
        "response + q": [*good[:3], good[3] + Q],
        "off the curve": [1, 1, *good[2:4]],
        "infinity": [0, 0, *good[2:4]],
    }
    for name, words in wrong.items():
        said = counting.refuse("TrusteeBoardShare", counting.post(words), 1)
        assert said == (1, 0), name
    last = [*good[:12], *moved, *good[14:]]
    assert (1, 3) == counting.refuse("TrusteeBoardShare", counting.post(last), 1)
    counting.refuse("TrusteeBoardMalformed", counting.post(good[:5]), 1)


def test_shares_are_posted_once_and_in_order(counting: Counting) -> None:
    """Neither nothing, nor from the middle, nor twice, nor more than there are; a later stage waits."""
    good = counting.words(1)
    order = "TrusteeBoardOrder"
    assert (0, 0, 0) == counting.refuse(order, counting.post([]), 1)
    assert (0, 1, 3) == counting.refuse(order, counting.post(good[4:], first=1), 1)
    assert (0, 0, 5) == counting.refuse(order, counting.post([*good, *good[:4]]), 1)
    counting.send(counting.post(good[:8]), 1)
    assert (2, 0, 4) == counting.refuse(order, counting.post(good), 1)
    counting.send(counting.post(good[8:], first=2), 1)
    assert (4, 0, 4) == counting.refuse(order, counting.post(good), 1)
    for stage in (1, 2):
        counting.refuse("TrusteeBoardNotSealed", counting.post(good[:4], stage), 1)


def test_sums_open_to_what_they_hold_and_once(counting: Counting) -> None:
    """Any three open both stages; too few, out of order, without shares, a value off by one or twice do not."""
    for trustee in (2, 4, 5):
        counting.send(counting.post(counting.words(trustee)), trustee)
    for trustees in ([2, 4], [2, 4, 5, 5], [4, 2, 5], [2, 2, 4], [0, 2, 4], [2, 4, 6], [1, 2, 4]):
        counting.refuse("TrusteeBoardOpeners", counting.open(trustees, VALUES))
    three = [2, 4, 5]
    for at in range(4):
        for by in (1, -1):
            values = [value + by * (at == number) for number, value in enumerate(VALUES)]
            assert (at,) == counting.refuse("TrusteeBoardValue", counting.open(three, values))
    counting.refuse("TrusteeBoardOrder", counting.open(three, VALUES[1:], first=1))
    counting.send(counting.open(three, VALUES[:1]))
    assert (1, 0, 1) == counting.refuse("TrusteeBoardOrder", counting.open(three, VALUES[:1]))
    counting.refuse("TrusteeBoardNotSealed", counting.open(three, [1], stage=1))
    counting.send(counting.open(three, VALUES[1:], first=1))
    assert (4, 0, 4) == counting.refuse("TrusteeBoardOrder", counting.open(three, VALUES))
    assert [0] == counting.hall.undecided()
    coarse = counting.words(2)[8:12]
    assert (2, 0) == counting.refuse("TrusteeBoardShare", counting.post(coarse, 1), 2)
    for trustee in (1, 2, 3):
        counting.send(counting.post(counting.words(trustee, 1), 1), trustee)
    exact = [IN_FAVOUR * AREA]
    assert (0,) == counting.refuse("TrusteeBoardValue", counting.open([1, 2, 3], [exact[0] - 1], stage=1))
    counting.send(counting.open([1, 2, 3], exact, stage=1))
    functions, number = counting.hall.world.board.functions, counting.hall.number
    assert [True, *exact] == functions.sumOf(number, 0, 2, 0).call()
    assert [[True, value] for value in VALUES] == [
        functions.sumOf(number, 0, level, side).call() for level in (0, 1) for side in (0, 1)
    ]
    assert [False, 0] == functions.sumOf(number, 0, 2, 1).call()


def test_there_are_three_levels_and_two_sides(counting: Counting) -> None:
    """A sum that cannot be is asked for by mistake: it is refused, not answered like one that is not open yet."""
    functions, number = counting.hall.world.board.functions, counting.hall.number
    for level, side in ((3, 0), (0, 2), (2, 2), (2**255, 0)):
        asked = functions.sumOf(number, 0, level, side)
        assert (level, side) == counting.refuse("TrusteeBoardUnknownSum", asked)


def test_nothing_more_is_opened_of_a_voided_meeting(counting: Counting) -> None:
    """When the supervisor voids a sealed meeting, trustees post nothing more, and what they posted opens nothing."""
    world, number = counting.hall.world, counting.hall.number
    for trustee in (1, 2, 3):
        counting.send(counting.post(counting.words(trustee)), trustee)
    world.send(world.secret.functions.voidMeeting(number, b"\1" * 32), world.supervisor)
    assert (number,) == counting.refuse("TrusteeBoardVoided", counting.post(counting.words(4)), 4)
    assert (number,) == counting.refuse("TrusteeBoardVoided", counting.open([1, 2, 3], VALUES))
