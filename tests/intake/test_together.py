"""Ballots that arrive at once: one row a ballot, one receipt, numbers without gaps (T10)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from open_world import OpenWorld, choices
from wanjia.domain.errors import Refusal
from wanjia.intake.models import Ballot
from wanjia.relay.models import RelayItem


def test_the_same_ballot_a_thousand_times_at_once(world: OpenWorld) -> None:
    """Through two web processes' intakes: one row, one outbox row, one receipt byte for byte."""
    intakes = [world.intake(), world.intake()]
    ballot = world.ballot(7)
    with ThreadPoolExecutor(24) as pool:
        receipts = list(pool.map(lambda n: intakes[n % 2].receive("garden", 1, *ballot), range(1000)))
    assert len({(r.sequence, r.received_at, r.signature) for r in receipts}) == 1
    assert [r.repeated for r in receipts].count(False) == 1
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Ballot)) == 1
        assert session.scalar(select(func.count()).select_from(RelayItem)) == 1


def test_many_voters_and_rivals_at_once(world: OpenWorld) -> None:
    """Each voter sends two ballots at once: exactly one of the two stands, and the numbers have no gap."""
    intakes = [world.intake(), world.intake(), world.intake()]
    ballots = [
        world.ballot(voter, packed)
        for voter in range(1, 61)
        for packed in (choices(1, 1, 1), choices(2, 2, 2))
    ]

    def send(n: int) -> str | int:
        try:
            return intakes[n % 3].receive("garden", 1, *ballots[n]).sequence
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(send, range(len(ballots))))
    assert Counter(a for a in answers if isinstance(a, str)) == {"BALLOT_DIFFERENT_RECEIVED": 60}
    assert sorted(a for a in answers if isinstance(a, int)) == list(range(1, 61))
