"""Open ballots on ganache: what counts, and one test for each reason to skip and each refusal."""

import random
from typing import Any

import pytest
from refusals import expect_refusal
from web3.exceptions import ContractCustomError, ContractLogicError, Web3RPCError
from web3.logs import DISCARD

from chain_world import World, motion, owner_key
from wanjia.chain.signing import ORDER
from wanjia.domain.counting import Weight

NOBODY = {"area": 0, "heads": 0}


def _skips(world: World, receipt: Any) -> list[tuple[int, int, int]]:
    events = world.meeting.events.BallotSkipped().process_receipt(receipt, errors=DISCARD)
    return [(e["args"]["position"], e["args"]["voter"], e["args"]["reason"]) for e in events]


def _only_skip(world: World, meeting: int, ballot: bytes) -> int:
    """Cast one ballot that must be skipped and change nothing; give the reason."""
    before = world.summary(meeting)
    ((position, voter, reason),) = _skips(world, world.cast(meeting, ballot))
    assert (0, int.from_bytes(ballot[:4], "big")) == (position, voter)
    assert before == world.summary(meeting)
    return reason


def test_ballots_count_with_area_and_heads(world: World, roll: dict[int, int]) -> None:
    """For, against and abstentions of each motion are what a recount gives; the whole batch is in the event."""
    meeting = world.open_meeting(roll, motions=[motion(4)] * 7)
    chance = random.Random(7)
    choices = {voter: [chance.randrange(3) for _ in range(7)] for voter in (12, 3, 7, 1, 9)}
    ballots = [
        world.ballot(meeting, v, sum(c << 2 * i for i, c in enumerate(cs))) for v, cs in choices.items()
    ]
    receipt = world.cast(meeting, *ballots[:3])
    (event,) = world.meeting.events.BallotsCast().process_receipt(receipt, errors=DISCARD)
    assert b"".join(ballots[:3]) == event["args"]["records"]
    world.cast(meeting, *ballots[3:])
    for number in range(7):
        decision = world.decision(meeting, number)
        for side, code in (("inFavour", 1), ("against", 2)):
            voters = [voter for voter, cs in choices.items() if cs[number] == code]
            expected = Weight(sum(roll[voter] for voter in voters), len(voters))
            assert {"area": expected.area, "heads": expected.heads} == decision[side]
        assert {"area": sum(roll[v] for v in choices), "heads": 5} == decision["part"]
    cast = [voter for voter in range(14) if world.meeting.functions.hasCast(meeting, voter).call()]
    assert sorted(choices) == cast


def test_thirty_two_motions(world: World, roll: dict[int, int]) -> None:
    """The last bits of the choices belong to the last motion."""
    meeting = world.open_meeting(roll, motions=[motion(9)] * 32)
    world.cast(meeting, world.ballot(meeting, 5, int("10" * 31 + "01", 2)))
    assert {"area": roll[5], "heads": 1} == world.decision(meeting, 0)["inFavour"]
    assert {"area": roll[5], "heads": 1} == world.decision(meeting, 31)["against"]
    assert NOBODY == world.decision(meeting, 31)["inFavour"]


def test_skip_not_on_roll(world: World, roll: dict[int, int]) -> None:
    """Neither an owner outside this meeting's scope nor nobody."""
    meeting = world.open_meeting({voter: area for voter, area in roll.items() if voter != 4})
    assert [1, 1, 1] == [_only_skip(world, meeting, world.ballot(meeting, v, 1)) for v in (4, 0, 2**32 - 1)]


def test_skip_already_cast(world: World, roll: dict[int, int]) -> None:
    """The first ballot stands: against the same again, against another, and within one batch."""
    meeting = world.open_meeting(roll)
    first, second = world.ballot(meeting, 4, 1), world.ballot(meeting, 4, 2)
    assert [(1, 4, 2), (2, 4, 2)] == _skips(world, world.cast(meeting, first, first, second))
    assert 2 == _only_skip(world, meeting, second)
    assert {"area": roll[4], "heads": 1} == world.decision(meeting, 0)["inFavour"]


@pytest.mark.parametrize("choices", [0b11, 0b11 << 8, 1 << 10, 1 << 63])
def test_skip_invalid_choice(world: World, roll: dict[int, int], choices: int) -> None:
    """3 is no choice, and beyond the last motion there is nothing."""
    meeting = world.open_meeting(roll)
    assert 3 == _only_skip(world, meeting, world.ballot(meeting, 4, choices))


def test_skip_over_group_cap(world: World, roll: dict[int, int]) -> None:
    """No more of a group than its cap; against and abstentions are free, other groups are apart."""
    motions = [motion(3, 1, 2)] * 3 + [motion(3, 2, 1)] * 2 + [motion(4)]
    meeting = world.open_meeting(roll, motions=motions)
    assert 4 == _only_skip(world, meeting, world.ballot(meeting, 4, 0b010101))
    assert 4 == _only_skip(world, meeting, world.ballot(meeting, 4, 0b0101 << 6))
    good = [world.ballot(meeting, 4, 0b010110_0101_10), world.ballot(meeting, 5, 0b01_0001_010100)]
    over = world.ballot(meeting, 6, 0b010101)
    # 0b010110010110: motions 1, 4, 5 for; 0, 2, 3 as the bits say, none over its cap.
    assert [(1, 6, 4)] == _skips(
        world, world.cast(meeting, good[1], over, world.ballot(meeting, 7, 0b01_0110_101001))
    )


def test_skip_not_registered(world: World, roll: dict[int, int]) -> None:
    """On the roll, but without a key."""
    meeting = world.open_meeting({**roll, 40: 5_000})
    assert 5 == _only_skip(world, meeting, world.ballot(meeting, 40, 1))


def _forgeries(world: World, meeting: int) -> dict[str, bytes]:
    good = world.ballot(meeting, 4, 1)
    high_s = (ORDER - int.from_bytes(good[44:76], "big")).to_bytes(32, "big")
    other = world.ballot(meeting, 4, 2)
    return {
        "another key": world.ballot(meeting, 4, 1, owner_key(5)),
        "other choices": good[:12] + other[12:],
        "another voter": world.ballot(meeting, 5, 1)[:4] + good[4:],
        "high s": good[:44] + high_s + bytes([55 - good[76]]),
        "v of 0": good[:76] + bytes([good[76] - 27]),
        "v of 255": good[:76] + b"\xff",
        "all zero": good[:12] + bytes(65),
        "r beyond the order": good[:12] + b"\xff" * 32 + good[44:],
        "random": good[:12] + random.Random(9).randbytes(64) + b"\x1b",
    }


def test_skip_bad_signature(world: World, roll: dict[int, int]) -> None:
    """Forgeries of every kind are skipped, each with the reason, and count nothing."""
    meeting = world.open_meeting(roll)
    forged = _forgeries(world, meeting)
    receipt = world.cast(meeting, *forged.values())
    assert [6] * len(forged) == [reason for _, _, reason in _skips(world, receipt)]
    assert NOBODY == world.summary(meeting)["part"]


def test_a_ballot_for_another_meeting_does_not_count(world: World, roll: dict[int, int]) -> None:
    """Two meetings open at once: the signature names the meeting and its content."""
    opens_at = world.now() + 20 * 86_400
    meetings = [world.convene(opensAt=opens_at) for _ in range(2)]
    for meeting in meetings:
        world.consent(meeting)
        world.publish(meeting, roll)
    for meeting in meetings:
        world.seal(meeting)
    world.move_to(opens_at)
    assert 6 == _only_skip(world, meetings[1], world.ballot(meetings[0], 4, 1))


def test_the_order_of_the_checks(world: World, roll: dict[int, int]) -> None:
    """A record with several faults is skipped for the first of them."""
    meeting = world.open_meeting({**roll, 40: 5_000}, motions=[motion(3, 1, 1)] * 2)
    world.cast(meeting, world.ballot(meeting, 4, 1))
    junk = bytes(65)
    faults = [(999, 0b11, 1), (4, 0b11, 2), (40, 0b110101, 3), (40, 0b0101, 4), (40, 0b01, 5), (5, 0b01, 6)]
    records = [v.to_bytes(4, "big") + c.to_bytes(8, "big") + junk for v, c, _ in faults]
    assert [reason for *_, reason in faults] == [r for *_, r in _skips(world, world.cast(meeting, *records))]


def test_one_bad_ballot_among_twenty_costs_a_tenth_at_most(world: World) -> None:
    """Eleven good ones around a bad one are counted in the same transaction, for about the same gas."""
    roll = {voter: 5_000 + voter for voter in range(1, 21)}
    world.register(range(13, 21))
    meeting = world.open_meeting(roll)
    good = [world.ballot(meeting, voter, 0b0101010101) for voter in roll]
    bad = [*good[:9], good[9][:12] + bytes(65), *good[10:]]
    functions = world.meeting.functions
    gas = [
        functions.cast(meeting, b"".join(one)).estimate_gas({"from": world.stranger}) for one in (good, bad)
    ]
    assert gas[1] <= gas[0] * 1.1
    assert [(9, 10, 6)] == _skips(world, world.cast(meeting, *bad))
    assert 19 == world.summary(meeting)["part"]["heads"]


def test_a_change_of_key_never_touches_a_cast_ballot(world: World, roll: dict[int, int]) -> None:
    """The old ballot stays, a second one by the new key is refused, and the old key casts nothing any more."""
    meeting = world.open_meeting(roll)
    world.cast(meeting, world.ballot(meeting, 4, 1))
    before = world.decision(meeting, 0)
    for voter in (4, 5):
        _change_key(world, voter)
    assert before == world.decision(meeting, 0)
    assert 2 == _only_skip(world, meeting, world.ballot(meeting, 4, 2, owner_key(4, 1)))
    assert 6 == _only_skip(world, meeting, world.ballot(meeting, 5, 1))
    assert [] == _skips(world, world.cast(meeting, world.ballot(meeting, 5, 1, owner_key(5, 1))))


def _change_key(world: World, voter: int) -> None:
    entry = world.registration(voter, owner_key(voter, 1))
    functions = world.registry.functions
    world.send(functions.requestKeyChange(*entry), world.operator)
    world.send(functions.approveKeyChange(voter, entry[1]), world.supervisor)
    world.move_to(world.now() + 48 * 3600)
    world.send(functions.completeKeyChange(voter), world.stranger)


@pytest.mark.parametrize("length", [0, 76, 78, 153])
def test_open_meeting_records_length(world: World, roll: dict[int, int], length: int) -> None:
    """A batch is one or more whole records."""
    call = world.meeting.functions.cast(world.open_meeting(roll), bytes(length))
    values = expect_refusal(world.meeting, "OpenMeetingRecordsLength", call, world.stranger)
    assert (length,) == values


def test_open_meeting_gas_floor(world: World, roll: dict[int, int]) -> None:
    """With too little gas the batch is undone: no gas limit makes it skip a good ballot or count a part."""
    meeting = world.open_meeting(roll)
    ballots = b"".join(world.ballot(meeting, voter, 1) for voter in (4, 5))
    call = world.meeting.functions.cast(meeting, ballots)
    expect_refusal(world.meeting, "OpenMeetingGasFloor", call, world.stranger, gas=150_000)
    outcomes = set()
    for gas in range(60_000, 320_000, 20_000):
        before = world.w3.provider.make_request("evm_snapshot", [])["result"]
        try:
            receipt = world.w3.eth.wait_for_transaction_receipt(
                call.transact({"from": world.stranger, "gas": gas})
            )
        except (ContractCustomError, ContractLogicError, Web3RPCError):
            outcomes.add((world.summary(meeting)["part"]["heads"], 0))
        else:
            outcomes.add((world.summary(meeting)["part"]["heads"], len(_skips(world, receipt))))
        world.w3.provider.make_request("evm_revert", [before])
    assert {(0, 0), (2, 0)} == outcomes
