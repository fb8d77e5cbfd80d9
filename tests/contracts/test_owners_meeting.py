"""The course of a meeting on ganache: happy paths, and one test for each refusal."""

from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak
from refusals import expect_refusal

from chain_world import DAY, World, motion, owner_key
from wanjia.chain.eip712 import objection_digest
from wanjia.chain.signing import sign_digest, to_compact
from wanjia.domain.rollwords import pack_roll

STATES = ("None", "Convened", "Notice", "Open", "Closed", "Declared", "Final", "Lapsed", "Void")
REASON = keccak(text="reason")


def _state(world: World, meeting: int) -> str:
    return STATES[world.meeting.functions.stateOf(meeting).call()]


def _bits(*states: str) -> int:
    return sum(1 << STATES.index(one) for one in states)


def _objection(world: World, meeting: int, voter: int, key: bytes | None = None) -> Any:
    digest = objection_digest(world.chain_id, world.meeting.address, meeting, voter, REASON)
    signature = to_compact(sign_digest(key or owner_key(voter), digest))
    return world.meeting.functions.raiseObjection(meeting, voter, REASON, *signature)


def _declared(world: World, roll: dict[int, int]) -> int:
    meeting = world.open_meeting(roll)
    world.declare(meeting)
    return meeting


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


def test_owners_meeting_unknown(world: World) -> None:
    """Numbers count from 1 and end with the last meeting convened."""
    world.convene()
    functions = world.meeting.functions
    for number in (0, 2):
        for call in (functions.stateOf(number), functions.summaryOf(number), functions.hasCast(number, 1)):
            values = expect_refusal(world.meeting, "OwnersMeetingUnknown", call, world.stranger)
            assert (number,) == values
    assert 1 == functions.meetingCount().call()


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
        (_objection(world, opened, 4), world.stranger, opened, "Open", _bits("Declared")),
        (functions.answerObjection(opened, 1, REASON), world.supervisor, opened, "Open", _bits("Declared")),
        (functions.finalize(opened), world.stranger, opened, "Open", _bits("Declared")),
    ]
    for call, sender, meeting, state, allowed in cases:
        values = expect_refusal(world.meeting, "OwnersMeetingUnexpectedState", call, sender)
        assert (meeting, STATES.index(state), allowed) == values


def test_final_and_void_are_for_ever(world: World, roll: dict[int, int]) -> None:
    """Neither is voided, and a void meeting takes no ballots."""
    meeting = _declared(world, roll)
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
