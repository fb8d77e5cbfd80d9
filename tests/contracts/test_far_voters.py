"""Owners whose numbers lie far apart: the words of cast bits that a batch holds at hand have to make room for each other."""

import random

import pytest
from web3.logs import DISCARD

from chain_world import World, motion
from wanjia.domain.counting import Weight

MOTIONS = 32
LAST = 2**32 - 1
LINE = 16 * 256
"""Owners that share a place at hand stand this far apart."""
VOTERS = [
    1,
    255,
    256,
    1 + LINE,
    1 + 2 * LINE,
    255 + LINE,
    256 + LINE,
    LAST,
    LAST - LINE,
    LAST - 255,
    LAST - 256,
]
JUNK = bytes(65)


def _publish(world: World, meeting: int, roll: dict[int, int]) -> None:
    words: dict[int, int] = {}
    for voter, area in roll.items():
        words[voter >> 3] = words.get(voter >> 3, 0) | area << 32 * (voter & 7)
    for place, word in words.items():
        world.send(world.meeting.functions.publishRoll(meeting, place, [word]), world.committee)


@pytest.mark.parametrize("seed", range(3))
def test_each_counts_once_in_any_order(world: World, seed: int) -> None:
    """Every owner comes three times and junk in their name between, in three batches: each is counted once."""
    chance = random.Random(seed)
    world.register([voter for voter in VOTERS if voter > 12])
    roll = {voter: chance.choice((1, 2**32 - 1, chance.randrange(1, 2**32))) for voter in VOTERS}
    meeting = world.convene(motions=[motion(9, 7, 20)] * 16 + [motion(4)] * 16)
    world.consent(meeting)
    _publish(world, meeting, roll)
    world.seal(meeting)
    world.move_to(world.summary(meeting)["opensAt"])

    records = [
        (voter, sum(chance.choice((0, 1, 2)) << 2 * at for at in range(MOTIONS)), good)
        for voter in VOTERS
        for good in (True, True, True, False)
    ]
    chance.shuffle(records)
    counted: dict[int, int] = {}
    for batch in (records[:20], records[20:21], records[21:]):
        expected = []
        for position, (voter, choices, good) in enumerate(batch):
            if voter in counted or not good:
                expected.append((position, voter, 2 if voter in counted else 6))
            else:
                counted[voter] = choices
        signed = [
            world.ballot(meeting, voter, choices)
            if good
            else voter.to_bytes(4, "big") + choices.to_bytes(8, "big") + JUNK
            for voter, choices, good in batch
        ]
        skips = world.meeting.events.BallotSkipped().process_receipt(
            world.cast(meeting, *signed), errors=DISCARD
        )
        said = [(e["args"]["position"], e["args"]["voter"], e["args"]["reason"]) for e in skips]
        assert expected == said

    assert set(VOTERS) == set(counted)
    assert all(world.meeting.functions.hasCast(meeting, voter).call() for voter in VOTERS)
    assert not any(
        world.meeting.functions.hasCast(meeting, voter).call() for voter in (0, 2, 254, 257, LAST - 1)
    )
    for at in range(MOTIONS):
        decision = world.decision(meeting, at)
        for side, choice in (("inFavour", 1), ("against", 2)):
            areas = [roll[voter] for voter, choices in counted.items() if choices >> 2 * at & 3 == choice]
            weight = Weight(sum(areas), len(areas))
            assert {"area": weight.area, "heads": weight.heads} == decision[side]
        assert {"area": sum(roll.values()), "heads": len(roll)} == decision["part"] == decision["total"]
