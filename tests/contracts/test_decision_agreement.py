"""`wanjia.domain.decision` and the contract's decision library say the same, case by case."""

import itertools
import random
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest
from web3 import Web3

from wanjia.chain.artifacts import load
from wanjia.domain.counting import Weight
from wanjia.domain.decision import Majority, decide

RANDOM_CASES = 100_000
BATCH = 2_000
REFUSED = 0xFF
MOST_AREA, MOST_HEADS = 2**64 - 1, 2**32 - 1


class Case(NamedTuple):
    """One question put to both."""

    special: bool
    total: Weight
    part: Weight
    in_favour: Weight

    def pack(self) -> bytes:
        """The 37 bytes the harness reads."""
        weights = (self.total, self.part, self.in_favour)
        return bytes([self.special]) + b"".join(
            w.area.to_bytes(8, "big") + w.heads.to_bytes(4, "big") for w in weights
        )

    def verdict(self) -> int:
        """What the Python rule says, in the harness's byte."""
        majority = Majority.SPECIAL if self.special else Majority.ORDINARY
        try:
            decision = decide(majority, self.total, self.part, self.in_favour)
        except ValueError:
            return REFUSED
        return int(decision.quorum) | int(decision.passed) << 1


@pytest.fixture(scope="module")
def harness(anvil_chain: Web3) -> Any:
    """The decision library on a chain, by itself."""
    artifact = load("DecisionHarness")
    factory = anvil_chain.eth.contract(abi=artifact.abi, bytecode=artifact.bytecode)
    hash_ = factory.constructor().transact({"from": anvil_chain.eth.accounts[9]})
    address = anvil_chain.eth.wait_for_transaction_receipt(hash_)["contractAddress"]
    return anvil_chain.eth.contract(address=address, abi=artifact.abi)


def _disagreements(harness: Any, cases: Iterable[Case]) -> tuple[int, list[tuple[Case, int, int]], set[int]]:
    """How many cases were put, those answered differently, and which verdicts occurred."""
    count, different, seen = 0, [], set()
    pending = iter(cases)
    while batch := list(itertools.islice(pending, BATCH)):
        packed = b"".join(case.pack() for case in batch)
        answers = harness.functions.decideMany(packed).call({"gas": 39_000_000})
        assert len(batch) == len(answers)
        count += len(batch)
        for case, answer in zip(batch, answers, strict=True):
            seen.add(answer)
            if answer != (expected := case.verdict()):
                different.append((case, answer, expected))
    return count, different, seen


def _random_cases(seed: int) -> Iterator[Case]:
    """Cases of all sizes, many near a threshold, a few impossible."""
    chance = random.Random(seed)

    def near(of: int, most: int) -> int:
        """Zero, all, or near a threshold of `of`."""
        numerator, denominator = chance.choice(((2, 3), (1, 2), (3, 4), (1, 1), (0, 1), (chance.random(), 1)))
        return min(most, max(0, int(of * numerator) // denominator + chance.choice((-1, 0, 0, 0, 1))))

    for _ in range(RANDOM_CASES):
        area = chance.choice((chance.randrange(20), chance.randrange(10**9), chance.randrange(MOST_AREA + 1)))
        heads = chance.choice(
            (chance.randrange(20), chance.randrange(5_000), chance.randrange(MOST_HEADS + 1))
        )
        part = Weight(near(area, MOST_AREA), near(heads, MOST_HEADS))
        in_favour = Weight(near(part.area, MOST_AREA), near(part.heads, MOST_HEADS))
        yield Case(chance.random() < 0.5, Weight(area, heads), part, in_favour)


def _threshold_cases() -> Iterator[Case]:
    """Every side at, just below and just above each exact threshold, for totals of every remainder and at the limits."""
    totals = [Weight(a, h) for a in (1, 2, 3, 4, 11, 12, 13) for h in (1, 2, 3, 12)]
    totals.append(Weight(MOST_AREA, MOST_HEADS))
    for total in totals:
        for part in _around(total, (2, 3), (1, 1)):
            for special, in_favour in itertools.product((False, True), _around(part, (1, 2), (3, 4), (1, 1))):
                yield Case(special, total, part, in_favour)


def _around(whole: Weight, *fractions: tuple[int, int]) -> set[Weight]:
    def values(of: int, most: int) -> set[int]:
        found = {of * n // d + step for n, d in fractions for step in (-1, 0, 1)} | {0}
        return {value for value in found if 0 <= value <= most}

    return {
        Weight(area, heads)
        for area, heads in itertools.product(values(whole.area, MOST_AREA), values(whole.heads, MOST_HEADS))
    }


def test_a_hundred_thousand_random_cases(harness: Any) -> None:
    """No random case is decided differently, and every verdict occurs among them."""
    count, different, seen = _disagreements(harness, _random_cases(20_261_122))
    assert (RANDOM_CASES, []) == (count, different[:3])
    assert {0, 1, 3, REFUSED} == seen


def test_every_exact_threshold(harness: Any) -> None:
    """Two thirds and three quarters include the number itself, one half does not: the same in both."""
    count, different, seen = _disagreements(harness, _threshold_cases())
    assert count > 5_000
    assert [] == different[:3]
    assert {0, 1, 3, REFUSED} == seen


def test_special_matters(harness: Any) -> None:
    """6, 7 and 8 need the special majority; 5, using the fund, does not."""
    assert [6, 7, 8] == [m for m in range(1, 10) if harness.functions.isSpecial(m).call()]


def test_decision_zero_total(harness: Any) -> None:
    """A roll without area or without heads is an error, not a pass."""
    zero, one = Weight(0, 0), Weight(1, 1)
    for total in (Weight(0, 1), Weight(1, 0), zero):
        assert REFUSED == _ask(harness, Case(False, total, zero, zero))
    assert 0 == _ask(harness, Case(False, one, zero, zero))


def test_decision_impossible_counts(harness: Any) -> None:
    """More taking part than exist, or more approving than take part, on either side."""
    three = Weight(3, 3)
    for part, in_favour in (
        (Weight(4, 3), three),
        (Weight(3, 4), three),
        (Weight(2, 3), three),
        (Weight(3, 2), three),
    ):
        assert REFUSED == _ask(harness, Case(True, three, part, in_favour))
    assert 3 == _ask(harness, Case(True, three, three, three))


def _ask(harness: Any, case: Case) -> int:
    (answer,) = harness.functions.decideMany(case.pack()).call()
    return int(answer)
