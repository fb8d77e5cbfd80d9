"""Deciding by rounded areas never differs from deciding by exact ones, in Python and in the contract's library."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from web3 import Web3

from wanjia.chain.artifacts import load
from wanjia.domain.coarse import UNIT, Interval, Rounding, interval, rounded, verdict
from wanjia.domain.counting import Weight
from wanjia.domain.decision import Majority, reaches

ROLLS = 10_000
ON_CHAIN = 150


@dataclass(frozen=True)
class Count:
    """Those who took part in a meeting over a random roll, and those of them in favour of a motion."""

    majority: Majority
    part: Weight
    rounding: Rounding
    in_favour: Weight
    units: int

    @property
    def exact(self) -> bool:
        """The verdict by the exact area."""
        return reaches(self.majority, self.part, self.in_favour)

    @property
    def area(self) -> Interval:
        """What the rounded areas say of the area in favour."""
        return interval(self.units, self.rounding, self.part.area)

    @property
    def coarse(self) -> bool | None:
        """The verdict by the rounded area, if it settles the motion."""
        return verdict(self.majority, self.part, self.area, self.in_favour.heads)


def _counts(seed: int, rolls: int) -> Iterator[Count]:
    """Rolls of homes, of equal homes and of odd sizes; those in favour mostly near the threshold."""
    chance = random.Random(seed)
    for _ in range(rolls):
        heads = chance.randint(34, 150)
        kind = chance.randrange(4)
        usual = chance.randint(3_000, 14_000)
        spread = {0: 0, 1: 600, 2: 6_000, 3: 2_900}[kind]
        areas = [max(1, usual + chance.randint(-spread, spread)) for _ in range(heads)]
        majority = chance.choice(list(Majority))
        threshold = 0.5 if majority is Majority.ORDINARY else 0.75
        share = chance.choice((chance.random(), threshold, threshold + chance.uniform(-0.03, 0.03)))
        chance.shuffle(areas)
        yes, so_far, aim = [], 0, share * sum(areas)
        for area in areas:
            if so_far < aim:
                yes.append(area)
                so_far += area
        rounding = Rounding()
        for area in areas:
            rounding = rounding.take(area)
        yield Count(
            majority,
            Weight(sum(areas), heads),
            rounding,
            Weight(sum(yes), len(yes)),
            sum(rounded(area) for area in yes),
        )


def test_no_verdict_differs() -> None:
    """Over 10,000 random rolls the rounded area decides as the exact one or does not decide at all."""
    undecided = passed = 0
    for count in _counts(30, ROLLS):
        assert count.area.lower <= count.in_favour.area <= count.area.upper
        if count.coarse is None:
            undecided += 1
            exact = Interval(count.in_favour.area, count.in_favour.area)
            assert verdict(count.majority, count.part, exact, count.in_favour.heads) is count.exact
        else:
            assert count.coarse is count.exact
            passed += count.coarse
    assert ROLLS // 20 < undecided < ROLLS // 2
    assert ROLLS // 10 < passed < ROLLS - ROLLS // 10


@pytest.fixture(scope="module")
def harness(anvil_chain: Web3) -> Any:
    """The contract's library on a chain, by itself."""
    artifact = load("CoarseHarness")
    factory = anvil_chain.eth.contract(abi=artifact.abi, bytecode=artifact.bytecode)
    hash_ = factory.constructor().transact({"from": anvil_chain.eth.accounts[9]})
    address = anvil_chain.eth.wait_for_transaction_receipt(hash_)["contractAddress"]
    return anvil_chain.eth.contract(address=address, abi=artifact.abi)


def test_the_contract_decides_alike(harness: Any) -> None:
    """The contract's bounds and verdicts are those of Python."""
    for count in _counts(31, ON_CHAIN):
        area, settled, passes = harness.functions.decide(
            count.majority is Majority.SPECIAL,
            (count.part.area, count.part.heads),
            count.in_favour.heads,
            count.units,
            count.rounding.above,
            count.rounding.below,
        ).call()
        assert (count.area.lower, count.area.upper) == tuple(area)
        assert settled is (count.coarse is not None)
        assert passes is bool(count.coarse)


def test_areas_are_rounded_alike(harness: Any) -> None:
    """Half a unit goes upwards; the smallest and the largest area a roll can hold fit."""
    for area in (1, UNIT // 2 - 1, UNIT // 2, UNIT, UNIT + UNIT // 2, 2**32 - 1):
        assert rounded(area) == harness.functions.round(area).call()
