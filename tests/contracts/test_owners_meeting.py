"""The course of a meeting on ganache: happy paths, and one test for each refusal."""

from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak
from refusals import expect_refusal

from chain_world import DAY, World, motion
from wanjia.domain.rollwords import pack_roll

STATES = ("None", "Convened", "Notice", "Open", "Closed", "Declared", "Final", "Lapsed", "Void")
REASON = keccak(text="reason")


def _state(world: World, meeting: int) -> str:
    return STATES[world.meeting.functions.stateOf(meeting).call()]


def _bits(*states: str) -> int:
    return sum(1 << STATES.index(one) for one in states)


def test_a_meeting_from_convening_to_final(world: World, roll: dict[int, int]) -> None:
    """Every state in its turn, and a decision that stands at the end."""
    meeting = world.convene(motions=[motion(4), motion(7)])
    assert _state(world, meeting) == "Convened"
    world.consent(meeting)
    assert _state(world, meeting) == "Notice"
    world.publish(meeting, roll)
    world.seal(meeting)
    world.move_to(world.summary(meeting)["opensAt"])
    assert _state(world, meeting) == "Open"
    world.cast(
        meeting, *(world.ballot(meeting, voter, 0b0101 if voter < 9 else 0b1010) for voter in range(1, 13))
    )
    world.move_to(world.summary(meeting)["closesAt"])
    assert _state(world, meeting) == "Closed"
    receipt = world.declare(meeting)
    assert _state(world, meeting) == "Declared"
    (event,) = world.meeting.events.ResultDeclared().process_receipt(receipt)
    in_favour = {"area": sum(roll[v] for v in range(1, 9)), "heads": 8}
    against = {"area": sum(roll[v] for v in range(9, 13)), "heads": 4}
    assert event["args"]["quorum"]
    assert [dict(one["inFavour"]) for one in event["args"]["results"]] == [in_favour, in_favour]
    assert [dict(one["against"]) for one in event["args"]["results"]] == [against, against]
    # Eight of twelve are more than half and less than three quarters.
    assert [one["passed"] for one in event["args"]["results"]] == [True, False]
    assert world.decision(meeting, 1)["special"]
    assert world.decision(meeting, 0)["total"] == {"area": sum(roll.values()), "heads": 12}
    world.finalize(meeting)
    assert _state(world, meeting) == "Final"


def test_the_convene_hash_is_what_the_protocol_says(world: World) -> None:
    """keccak256 of chain, contract, number and content."""
    content = world.convening(motions=[motion(3, 1, 1), motion(3, 1, 1)])
    world.send(world.meeting.functions.convene(content), world.committee)
    rules = "(bytes32,uint32,uint32,uint32,uint32)"
    kind = f"(bytes32,(uint8,uint8,uint8,bytes32)[],bytes32[],uint64,uint64,{rules})"
    values = (
        content["scopeHash"],
        [tuple(one.values()) for one in content["motions"]],
        content["documents"],
        content["opensAt"],
        content["closesAt"],
        tuple(content["rules"].values()),
    )
    packed = encode(
        ["uint256", "address", "uint256", kind], [world.chain_id, world.meeting.address, 1, values]
    )
    assert keccak(packed) == world.summary(1)["conveneHash"]
    assert [3, 1, 1, content["motions"][1]["textHash"]] == list(world.meeting.functions.motionOf(1, 1).call())


def test_a_meeting_lapses_without_consent_or_roll(world: World) -> None:
    """The opening comes, and what should have come before did not; it can still be voided."""
    without_consent, without_roll = world.convene(), world.convene()
    world.consent(without_roll)
    world.move_to(world.summary(without_roll)["opensAt"])
    assert {_state(world, one) for one in (without_consent, without_roll)} == {"Lapsed"}
    world.send(world.meeting.functions.voidMeeting(without_roll, REASON), world.supervisor)
    assert _state(world, without_roll) == "Void"


def test_an_extension_moves_the_close_only(world: World, roll: dict[int, int]) -> None:
    """The close is later; what was frozen, the convene hash included, stays."""
    meeting = world.open_meeting(roll)
    before = world.summary(meeting)
    later = before["closesAt"] + 5 * DAY
    world.send(world.meeting.functions.extend(meeting, later, REASON), world.committee)
    assert {**before, "closesAt": later} == world.summary(meeting)
    world.move_to(before["closesAt"] + DAY)
    assert _state(world, meeting) == "Open"


def test_owners_meeting_unknown(world: World) -> None:
    """Numbers count from 1 and end with the last meeting convened."""
    world.convene()
    functions = world.meeting.functions
    for number in (0, 2):
        for call in (functions.stateOf(number), functions.summaryOf(number), functions.hasCast(number, 1)):
            values = expect_refusal(world.meeting, "OwnersMeetingUnknown", call, world.stranger)
            assert (number,) == values
    assert 1 == world.registry.functions.meetingCount().call()


def test_owners_meeting_unknown_motion(world: World) -> None:
    """Motions count from 0."""
    meeting = world.convene()
    for call in (
        world.meeting.functions.motionOf(meeting, 5),
        world.meeting.functions.decisionOf(meeting, 5),
    ):
        expect_refusal(world.meeting, "OwnersMeetingUnknownMotion", call, world.stranger)


def test_registry_bound_missing_role(world: World, roll: dict[int, int]) -> None:
    """Each step belongs to one role, and nobody else takes it."""
    meeting = world.convene()
    functions = world.meeting.functions
    steps = {
        world.committee: (
            functions.convene(world.convening()),
            functions.publishRoll(meeting, 0, pack_roll(roll)),
            functions.extend(meeting, world.now() + 40 * DAY, REASON),
        ),
        world.supervisor: (
            functions.consent(meeting, world.convene_hashes[meeting]),
            functions.sealRoll(meeting, REASON, 1, 1),
            functions.answerObjection(meeting, 1, REASON),
            functions.voidMeeting(meeting, REASON),
        ),
    }
    everyone = {world.operator, world.committee, world.supervisor, world.stranger}
    for holder, calls in steps.items():
        for call in calls:
            for sender in everyone - {holder}:
                expect_refusal(world.meeting, "RegistryBoundMissingRole", call, sender)


def test_owners_meeting_unexpected_state(world: World, roll: dict[int, int]) -> None:
    """Each step belongs to its states; the refusal names the state and the allowed ones."""
    convened, opened = world.convene(), world.open_meeting(roll)
    functions = world.meeting.functions
    hashes = world.convene_hashes
    # Leading the second meeting to its opening has let the first one lapse.
    lapsed = convened
    convened = world.convene()
    cases = [
        (functions.consent(opened, hashes[opened]), world.supervisor, opened, "Open", _bits("Convened")),
        (
            functions.publishRoll(opened, 0, [256]),
            world.committee,
            opened,
            "Open",
            _bits("Convened", "Notice"),
        ),
        (functions.sealRoll(convened, REASON, 1, 1), world.supervisor, convened, "Convened", _bits("Notice")),
        (
            functions.extend(lapsed, world.now() + 40 * DAY, REASON),
            world.committee,
            lapsed,
            "Lapsed",
            _bits("Convened", "Notice", "Open"),
        ),
        (functions.cast(convened, b"\0" * 77), world.stranger, convened, "Convened", _bits("Open")),
        (functions.declareResult(opened), world.stranger, opened, "Open", _bits("Closed")),
        (
            functions.raiseObjection(opened, 4, REASON, REASON, REASON),
            world.stranger,
            opened,
            "Open",
            _bits("Declared"),
        ),
        (functions.answerObjection(opened, 1, REASON), world.supervisor, opened, "Open", _bits("Declared")),
        (functions.finalize(opened), world.stranger, opened, "Open", _bits("Declared")),
    ]
    for call, sender, meeting, state, allowed in cases:
        values = expect_refusal(world.meeting, "OwnersMeetingUnexpectedState", call, sender)
        assert (meeting, STATES.index(state), allowed) == values


def test_final_and_void_are_for_ever(world: World, roll: dict[int, int]) -> None:
    """Neither is voided, and a void meeting takes no ballots."""
    meeting = world.open_meeting(roll)
    world.declare(meeting)
    world.finalize(meeting)
    call = world.meeting.functions.voidMeeting(meeting, REASON)
    expect_refusal(world.meeting, "OwnersMeetingUnexpectedState", call, world.supervisor)
    other = world.open_meeting(roll)
    world.send(world.meeting.functions.voidMeeting(other, REASON), world.supervisor)
    call = world.meeting.functions.cast(other, world.ballot(other, 1, 1))
    expect_refusal(world.meeting, "OwnersMeetingUnexpectedState", call, world.stranger)


def _refused_convening(world: World, error: str, **changes: Any) -> tuple[Any, ...]:
    call = world.meeting.functions.convene(world.convening(**changes))
    return expect_refusal(world.meeting, error, call, world.committee)


def test_owners_meeting_notice_period(world: World) -> None:
    """The law's 15 days are the least."""
    values = _refused_convening(world, "OwnersMeetingNoticePeriod", rules={"noticePeriod": 15 * DAY - 1})
    assert (15 * DAY - 1, 15 * DAY) == values


def test_owners_meeting_notice_too_short(world: World) -> None:
    """The whole notice period must fit before the opening, at the convening and at the consent."""
    _refused_convening(world, "OwnersMeetingNoticeTooShort", opensAt=world.now() + 15 * DAY - 60)
    meeting = world.convene()
    world.move_to(world.now() + 5 * DAY + 60)
    call = world.meeting.functions.consent(meeting, world.convene_hashes[meeting])
    expect_refusal(world.meeting, "OwnersMeetingNoticeTooShort", call, world.supervisor)


@pytest.mark.parametrize("seconds", [5 * DAY - 1, 60 * DAY + 1, -1])
def test_owners_meeting_voting_window(world: World, seconds: int) -> None:
    """Voting lasts 5 to 60 days."""
    opens_at = world.now() + 20 * DAY
    values = _refused_convening(
        world, "OwnersMeetingVotingWindow", opensAt=opens_at, closesAt=opens_at + seconds
    )
    assert (opens_at, opens_at + seconds) == values


@pytest.mark.parametrize("seconds", [5 * DAY, 60 * DAY])
def test_voting_windows_at_the_bounds(world: World, seconds: int) -> None:
    """5 and 60 days themselves will do."""
    opens_at = world.now() + 20 * DAY
    assert 1 == world.convene(opensAt=opens_at, closesAt=opens_at + seconds)


@pytest.mark.parametrize("count", [0, 33])
def test_owners_meeting_motion_count(world: World, count: int) -> None:
    """1 to 32 motions."""
    assert (count,) == _refused_convening(world, "OwnersMeetingMotionCount", motions=[motion(4)] * count)


@pytest.mark.parametrize("matter", [0, 10])
def test_owners_meeting_matter(world: World, matter: int) -> None:
    """Matters are 1 to 9."""
    values = _refused_convening(world, "OwnersMeetingMatter", motions=[motion(9), motion(matter)])
    assert (1, matter) == values


@pytest.mark.parametrize("second", [motion(3, 1, 0), motion(3, 1, 3), motion(3, 0, 1)])
def test_owners_meeting_group_cap(world: World, second: dict[str, Any]) -> None:
    """A group has one cap of at least 1; a motion outside groups has none."""
    values = _refused_convening(world, "OwnersMeetingGroupCap", motions=[motion(3, 1, 2), second])
    assert (1, second["group"], second["cap"]) == values


def test_owners_meeting_convene_hash(world: World) -> None:
    """Consent is to this content, not to the meeting's number."""
    call = world.meeting.functions.consent(world.convene(), REASON)
    values = expect_refusal(world.meeting, "OwnersMeetingConveneHash", call, world.supervisor)
    assert (1, world.convene_hashes[1], REASON) == values


def test_owners_meeting_extension(world: World, roll: dict[int, int]) -> None:
    """Later than before, and at most 60 days from the opening."""
    meeting = world.open_meeting(roll)
    summary = world.summary(meeting)
    latest = summary["opensAt"] + 60 * DAY
    for closes_at in (summary["closesAt"], summary["closesAt"] - 1, latest + 1):
        call = world.meeting.functions.extend(meeting, closes_at, REASON)
        values = expect_refusal(world.meeting, "OwnersMeetingExtension", call, world.committee)
        assert (meeting, closes_at, latest) == values


def test_owners_meeting_too_early(world: World, roll: dict[int, int]) -> None:
    """The result waits for the paper period, its end for the objection period."""
    meeting = world.open_meeting(roll)
    closes_at = world.summary(meeting)["closesAt"]
    world.move_to(closes_at)
    call = world.meeting.functions.declareResult(meeting)
    values = expect_refusal(world.meeting, "OwnersMeetingTooEarly", call, world.stranger)
    assert (meeting, closes_at + DAY) == values
    world.declare(meeting)
    call = world.meeting.functions.finalize(meeting)
    values = expect_refusal(world.meeting, "OwnersMeetingTooEarly", call, world.stranger)
    assert (meeting, world.summary(meeting)["objectionsEndAt"]) == values
