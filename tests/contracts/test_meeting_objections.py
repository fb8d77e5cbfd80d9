"""Objections to a declared result on ganache, and every refusal."""

from typing import Any

from eth_utils import keccak
from refusals import expect_refusal

from chain_world import World, owner_key
from wanjia.chain.eip712 import objection_digest
from wanjia.chain.signing import sign_digest, to_compact

REASON = keccak(text="reason")


def _objection(world: World, meeting: int, voter: int, key: bytes | None = None) -> Any:
    digest = objection_digest(world.chain_id, world.meeting.address, meeting, voter, REASON)
    signature = to_compact(sign_digest(key or owner_key(voter), digest))
    return world.meeting.functions.raiseObjection(meeting, voter, REASON, *signature)


def _declared(world: World, roll: dict[int, int]) -> int:
    meeting = world.open_meeting(roll)
    world.declare(meeting)
    return meeting


def test_objections_are_answered_before_the_final_result(world: World, roll: dict[int, int]) -> None:
    """Raised by owners' signatures, counted from 1, answered by the supervisor."""
    meeting = _declared(world, roll)
    world.send(_objection(world, meeting, 4), world.stranger)
    receipt = world.send(_objection(world, meeting, 5), world.stranger)
    (event,) = world.meeting.events.ObjectionRaised().process_receipt(receipt)
    assert (2, 5) == (event["args"]["objection"], event["args"]["voter"])
    assert 2 == world.summary(meeting)["openObjections"]
    for objection in (2, 1):
        world.send(world.meeting.functions.answerObjection(meeting, objection, REASON), world.supervisor)
    world.finalize(meeting)
    assert 0 == world.summary(meeting)["openObjections"]


def test_owners_meeting_open_objections(world: World, roll: dict[int, int]) -> None:
    """No final result over an open objection."""
    meeting = _declared(world, roll)
    world.send(_objection(world, meeting, 4), world.stranger)
    world.move_to(world.summary(meeting)["objectionsEndAt"])
    call = world.meeting.functions.finalize(meeting)
    assert (1, 1) == expect_refusal(world.meeting, "OwnersMeetingOpenObjections", call, world.stranger)


def test_owners_meeting_objections_ended(world: World, roll: dict[int, int]) -> None:
    """After the period nobody objects, even though nobody has made the result final yet."""
    meeting = _declared(world, roll)
    world.move_to(world.summary(meeting)["objectionsEndAt"])
    call = _objection(world, meeting, 4)
    expect_refusal(world.meeting, "OwnersMeetingObjectionsEnded", call, world.stranger)


def test_owners_meeting_not_on_roll(world: World, roll: dict[int, int]) -> None:
    """Only owners of this meeting's roll object."""
    meeting = _declared(world, {voter: area for voter, area in roll.items() if voter != 4})
    call = _objection(world, meeting, 4)
    assert (1, 4) == expect_refusal(world.meeting, "OwnersMeetingNotOnRoll", call, world.stranger)


def test_owners_meeting_already_objected(world: World, roll: dict[int, int]) -> None:
    """One objection an owner."""
    meeting = _declared(world, roll)
    world.send(_objection(world, meeting, 4), world.stranger)
    call = _objection(world, meeting, 4)
    expect_refusal(world.meeting, "OwnersMeetingAlreadyObjected", call, world.stranger)


def test_owners_meeting_bad_objection_signature(world: World, roll: dict[int, int]) -> None:
    """Another owner's key does not object for this one; nor does a broken signature."""
    meeting = _declared(world, roll)
    broken = world.meeting.functions.raiseObjection(meeting, 4, REASON, b"\0" * 32, b"\0" * 32)
    for call in (_objection(world, meeting, 4, owner_key(5)), broken):
        expect_refusal(world.meeting, "OwnersMeetingBadObjectionSignature", call, world.stranger)


def test_owners_meeting_unknown_objection(world: World, roll: dict[int, int]) -> None:
    """Objections count from 1."""
    meeting = _declared(world, roll)
    for number in (0, 1):
        call = world.meeting.functions.answerObjection(meeting, number, REASON)
        expect_refusal(world.meeting, "OwnersMeetingUnknownObjection", call, world.supervisor)


def test_owners_meeting_objection_answered(world: World, roll: dict[int, int]) -> None:
    """One answer each."""
    meeting = _declared(world, roll)
    world.send(_objection(world, meeting, 4), world.stranger)
    call = world.meeting.functions.answerObjection(meeting, 1, REASON)
    world.send(call, world.supervisor)
    expect_refusal(world.meeting, "OwnersMeetingObjectionAnswered", call, world.supervisor)
