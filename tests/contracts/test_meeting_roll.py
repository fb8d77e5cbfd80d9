"""The roll of a meeting on ganache: summed, corrected, sealed, and every refusal on the way."""

from eth_abi import encode
from eth_utils import keccak
from refusals import expect_refusal

from chain_world import DAY, World
from wanjia.domain.rollwords import pack_roll

REASON = keccak(text="reason")


def test_the_roll_is_summed_and_corrected(world: World, roll: dict[int, int]) -> None:
    """A word published again moves the totals by the difference; the digest chains the publications."""
    meeting = world.convene()
    words = pack_roll(roll)
    world.publish(meeting, roll)
    corrected = {**roll, 9: roll[9] + 1}
    del corrected[10]
    world.send(world.meeting.functions.publishRoll(meeting, 1, pack_roll(corrected)[1:]), world.committee)
    first = keccak(encode(["bytes32", "uint32", "uint256[]"], [b"\0" * 32, 0, words]))
    second = keccak(encode(["bytes32", "uint32", "uint256[]"], [first, 1, pack_roll(corrected)[1:]]))
    summary = world.summary(meeting)
    assert summary["total"] == {"area": sum(corrected.values()), "heads": 11}
    assert second == summary["rollDigest"]
    areas = [world.meeting.functions.areaOf(meeting, voter).call() for voter in (9, 10, 5000)]
    assert areas == [roll[9] + 1, 0, 0]


def _noticed(world: World) -> int:
    meeting = world.convene()
    world.consent(meeting)
    return meeting


def test_owners_meeting_roll_words(world: World) -> None:
    """Some words, and none that no voter index reaches."""
    meeting = world.convene()
    for first, words in ((0, []), (2**29, [1]), (2**29 - 1, [1, 1])):
        call = world.meeting.functions.publishRoll(meeting, first, words)
        values = expect_refusal(world.meeting, "OwnersMeetingRollWords", call, world.committee)
        assert (first, len(words)) == values


def test_owners_meeting_voter_zero(world: World) -> None:
    """Voter 0 is nobody."""
    call = world.meeting.functions.publishRoll(world.convene(), 0, [1])
    expect_refusal(world.meeting, "OwnersMeetingVoterZero", call, world.committee)


def test_owners_meeting_roll_too_large(world: World) -> None:
    """2**40 and more of area does not fit the sums; one word less does."""
    meeting = world.convene()
    full = 2**256 - 1
    world.send(world.meeting.functions.publishRoll(meeting, 1, [full] * 32), world.committee)
    call = world.meeting.functions.publishRoll(meeting, 33, [full])
    values = expect_refusal(world.meeting, "OwnersMeetingRollTooLarge", call, world.committee)
    assert (33 * 8 * (2**32 - 1), 33 * 8) == values


def test_owners_meeting_roll_empty(world: World) -> None:
    """Totals of zero are never sealed, published or not."""
    meeting = _noticed(world)
    call = world.meeting.functions.sealRoll(meeting, b"\0" * 32, 0, 0)
    expect_refusal(world.meeting, "OwnersMeetingRollEmpty", call, world.supervisor)
    world.send(world.meeting.functions.publishRoll(meeting, 0, [0]), world.committee)
    call = world.meeting.functions.sealRoll(meeting, world.summary(meeting)["rollDigest"], 0, 0)
    expect_refusal(world.meeting, "OwnersMeetingRollEmpty", call, world.supervisor)


def test_owners_meeting_roll_period(world: World, roll: dict[int, int]) -> None:
    """Owners have the roll period to check it, from the last publication on."""
    meeting = _noticed(world)
    world.publish(meeting, roll)
    summary = world.summary(meeting)
    world.move_to(summary["rollPublishedAt"] + 7 * DAY - 60)
    call = world.meeting.functions.sealRoll(meeting, summary["rollDigest"], *summary["total"].values())
    values = expect_refusal(world.meeting, "OwnersMeetingRollPeriod", call, world.supervisor)
    assert (meeting, summary["rollPublishedAt"] + 7 * DAY) == values


def test_owners_meeting_roll_mismatch(world: World, roll: dict[int, int]) -> None:
    """The supervisor seals exactly what was published (one area off by 0.01 m² is another roll)."""
    meeting = _noticed(world)
    world.publish(meeting, roll)
    summary = world.summary(meeting)
    world.move_to(summary["rollPublishedAt"] + 7 * DAY)
    digest, area, heads = summary["rollDigest"], *summary["total"].values()
    for wrong in ((REASON, area, heads), (digest, area + 1, heads), (digest, area, heads - 1)):
        call = world.meeting.functions.sealRoll(meeting, *wrong)
        values = expect_refusal(world.meeting, "OwnersMeetingRollMismatch", call, world.supervisor)
        assert (meeting, digest, area, heads) == values


def test_owners_meeting_roll_sealed(world: World, roll: dict[int, int]) -> None:
    """After the seal nothing is published and nothing sealed again."""
    meeting = _noticed(world)
    world.publish(meeting, roll)
    world.seal(meeting)
    summary = world.summary(meeting)
    functions = world.meeting.functions
    call = functions.publishRoll(meeting, 9, [256])
    expect_refusal(world.meeting, "OwnersMeetingRollSealed", call, world.committee)
    call = functions.sealRoll(meeting, summary["rollDigest"], *summary["total"].values())
    expect_refusal(world.meeting, "OwnersMeetingRollSealed", call, world.supervisor)


def test_owners_meeting_roll_not_sealed(world: World) -> None:
    """No denominators, no decision."""
    call = world.meeting.functions.decisionOf(world.convene(), 0)
    expect_refusal(world.meeting, "OwnersMeetingRollNotSealed", call, world.stranger)
