"""Seeded corruptions of a recorded chain, each caught by its own named check."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from audited_world import DAY, account, vs_of
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from held_meeting import REKEYED, VETOED, choices
from tampering import Tampered, failed, replay

from wanjia.audit.abi import CONSENT, CONVENING, DECISION_OF, SUMMARY_OF
from wanjia.audit.checks import CHECKS
from wanjia.audit.signatures import ballot_digest, possession_digest
from wanjia.chain.signing import sign_digest

pytestmark = pytest.mark.chain

Forgery = Callable[[Tampered], None]
FORGERIES: dict[str, tuple[str, Forgery]] = {}


def forgery(check: str) -> Callable[[Forgery], Forgery]:
    """Name the check that must catch a forgery."""

    def keep(function: Forgery) -> Forgery:
        FORGERIES[function.__name__] = (check, function)
        return function

    return keep


def resigned(tampered: Tampered, voter: int, packed: int, key: bytes) -> bytes:
    """A record as it would be if this key had signed it."""
    convened = tampered.args(tampered.logs("MeetingConvened")[0])
    contract = tampered.logs("MeetingConvened")[0]["address"]
    digest = ballot_digest(tampered.chain_id, contract, 1, convened["conveneHash"])(voter, packed)
    return voter.to_bytes(4, "big") + packed.to_bytes(8, "big") + sign_digest(key, digest)


def owner_key(voter: int) -> bytes:
    """Key of an owner of the story."""
    return bytes(account(10_000 + voter).key)


@forgery("chain.continuity")
def parent_replaced(it: Tampered) -> None:
    """A block names another parent."""
    it.block(it.logs("BallotsCast")[0])["parentHash"] = "0x" + "11" * 32


@forgery("chain.continuity")
def time_turned_back(it: Tampered) -> None:
    """A block claims to be older than the one before."""
    it.block(it.logs("ResultFinal")[0])["timestamp"] = hex(1_760_000_001)


@forgery("chain.continuity")
def log_of_another_address(it: Tampered) -> None:
    """The node slips in a log of a contract that nobody asked for."""
    log = it.copy_after(it.logs("BallotsCast")[0])
    log["address"] = "0x" + "22" * 20


@forgery("chain.continuity")
def log_without_its_transaction(it: Tampered) -> None:
    """A log names a transaction that its block does not hold."""
    log = it.logs("ObjectionRaised")[0]
    other = it.logs("ResultFinal")[0]
    log["transactionHash"] = other["transactionHash"]


@forgery("contracts.links")
def notary_of_another_community(it: Tampered) -> None:
    """The factory's event names another notary."""
    it.edit(it.logs("CommunityCreated")[0], notary="0x" + "33" * 20)


@forgery("contracts.links")
def registry_nobody_made(it: Tampered) -> None:
    """The factory never made this registry."""
    it.drop(it.logs("CommunityCreated")[0])


@forgery("contracts.code")
def code_with_a_back_door(it: Tampered) -> None:
    """One byte of the meeting contract's implementation differs."""
    longest = max(it.recording["code"], key=lambda address: len(it.recording["code"][address]))
    code = it.recording["code"][longest]
    it.recording["code"][longest] = code[:2000] + format(int(code[2000], 16) ^ 1, "x") + code[2001:]


@forgery("contracts.code")
def event_of_no_release(it: Tampered) -> None:
    """A contract emits an event that this release does not have."""
    it.copy_after(it.logs("ConsentGiven")[0])["topics"][0] = "0x" + "44" * 32


@forgery("roles.separation")
def consent_by_the_committee(it: Tampered) -> None:
    """The committee consents to its own meeting."""
    committee = it.args(it.logs("MeetingConvened")[0])["by"]
    log = it.logs("ConsentGiven")[0]
    it.edit(log, by=committee)
    it.forwarded(log, lambda request: [committee, *request[1:]])


@forgery("roles.separation")
def roll_published_by_a_stranger(it: Tampered) -> None:
    """An account without a role publishes the roll; the event itself does not say who did."""
    it.forwarded(it.logs("RollPublished")[0], lambda request: ["0x" + "55" * 20, *request[1:]])


@forgery("roles.separation")
def role_granted_by_one_side(it: Tampered) -> None:
    """A supervisor is added that nobody proposed."""
    it.drop(it.logs("RoleProposed")[0])


@forgery("roles.separation")
def second_role(it: Tampered) -> None:
    """The operator becomes a member of the committee too."""
    operator = it.args(it.logs("CommunityCreated")[0])["operator"]
    it.edit(it.logs("RoleProposed")[0], account=operator, role=keccak(b"COMMITTEE"))
    it.edit(it.logs("RoleGranted")[3], account=operator, role=keccak(b"COMMITTEE"))


@forgery("registry.possession")
def key_nobody_holds(it: Tampered) -> None:
    """The operator registers an address whose key never signed."""
    it.edit(it.logs("OwnerRegistered")[27], key="0x" + "66" * 20)


@forgery("registry.possession")
def evidence_replaced(it: Tampered) -> None:
    """The identity evidence is another than the owner's key signed for."""
    it.edit(it.logs("OwnerRegistered")[3], evidence=bytes(32))


@forgery("registry.unique-key")
def one_key_for_two_owners(it: Tampered) -> None:
    """Two owners get one key, which did sign for both."""
    key = account(10_001)
    log = it.logs("OwnerRegistered")[27]
    evidence = it.args(log)["evidence"]
    digest = possession_digest(it.chain_id, it.registry)(28, key.address.lower(), evidence)
    signature = sign_digest(bytes(key.key), digest)
    it.edit(log, key=key.address, r=signature[:32], vs=vs_of(signature))


@forgery("registry.key-change")
def key_changed_too_early(it: Tampered) -> None:
    """A change of key takes effect an hour after its approval."""
    log = next(log for log in it.logs("KeyChangeApproved") if it.args(log)["voter"] == REKEYED)
    it.edit(log, effectiveAt=it.args(log)["effectiveAt"] - 47 * 3600)


@forgery("registry.key-change")
def key_changed_without_approval(it: Tampered) -> None:
    """No supervisor approved a change of key."""
    it.drop(next(log for log in it.logs("KeyChangeApproved") if it.args(log)["voter"] == REKEYED))


@forgery("registry.key-change")
def veto_ignored(it: Tampered) -> None:
    """A change of key is completed although the old key vetoed it."""
    done = it.logs("KeyChanged")[0]
    old = it.args(it.logs("OwnerRegistered")[VETOED - 1])["key"]
    it.copy_after(done, voter=VETOED, oldKey=old, newKey=account(77_002).address)


@forgery("registry.key-change")
def owner_registered_again(it: Tampered) -> None:
    """The operator rebinds an owner by registering them a second time."""
    it.edit(it.logs("OwnerRegistered")[27], voter=1)


@forgery("meeting.convene-hash")
def motion_reworded(it: Tampered) -> None:
    """The text of a motion changes after the consent."""
    log = it.logs("MeetingConvened")[0]
    convening = list(it.args(log)["convening"])
    motions = [list(motion) for motion in convening[1]]
    motions[0][3] = keccak(b"another text")
    convening[1] = motions
    it.edit(log, convening=convening)


@forgery("meeting.convene-hash")
def consent_to_other_content(it: Tampered) -> None:
    """The supervisor signed a consent to another hash."""
    it.forwarded(
        it.logs("ConsentGiven")[0],
        lambda request: [*request[:5], bytes.fromhex(CONSENT.ask(1, bytes(32))[2:]), request[6]],
    )


@forgery("meeting.lifecycle")
def consent_forgotten(it: Tampered) -> None:
    """Ballots are cast in a meeting to which nobody consented."""
    it.drop(it.logs("ConsentGiven")[0])


@forgery("meeting.lifecycle")
def meeting_hidden(it: Tampered) -> None:
    """The node shows fewer meetings than the contract counts."""
    for name in ("MeetingConvened", "MeetingVoided"):
        it.drop(next(log for log in it.logs(name) if it.args(log)["meeting"] == 2))


@forgery("meeting.lifecycle")
def void_hidden(it: Tampered) -> None:
    """The node hides that a meeting was declared void."""
    it.drop(it.logs("MeetingVoided")[0])


@forgery("meeting.lifecycle")
def notice_cut_short(it: Tampered) -> None:
    """A meeting is convened, hash and all, with three days' notice."""
    log = it.logs("MeetingConvened")[1]
    args = it.args(log)
    convening = list(args["convening"])
    convening[3:5] = [convening[3] - 17 * DAY, convening[4] - 17 * DAY]
    values = [it.chain_id, log["address"], 2, convening]
    digest = keccak(encode(["uint256", "address", "uint256", CONVENING], values))
    it.edit(log, convening=convening, conveneHash=digest)
    it.view(SUMMARY_OF, 2, change=lambda said: [said[0], digest, convening[3], convening[4], *said[4:]])


@forgery("meeting.lifecycle")
def extended_beyond_the_limit(it: Tampered) -> None:
    """The close moves to seventy days after the opening."""
    log = it.logs("MeetingExtended")[0]
    closes = it.args(it.logs("MeetingConvened")[0])["convening"][3] + 70 * DAY
    it.edit(log, closesAt=closes)
    it.view(SUMMARY_OF, 1, change=lambda said: [*said[:3], closes, *said[4:]])


@forgery("roll.sum")
def area_off_by_a_hundredth(it: Tampered) -> None:
    """One area on the roll is 0.01 m² larger than the totals say."""
    log = it.logs("RollPublished")[0]
    words = list(it.args(log)["words"])
    words[1] += 1 << 64
    it.edit(log, words=words)


@forgery("roll.sum")
def sealed_totals_changed(it: Tampered) -> None:
    """The seal names other totals than were published."""
    log = it.logs("RollSealed")[0]
    it.edit(log, headsTotal=it.args(log)["headsTotal"] - 1)


@forgery("roll.digest")
def areas_swapped(it: Tampered) -> None:
    """Two owners' areas change places, which no sum can show."""
    log = it.logs("RollPublished")[0]
    words = list(it.args(log)["words"])
    low, high = words[1] & 0xFFFFFFFF, words[1] >> 32 & 0xFFFFFFFF
    words[1] = words[1] >> 64 << 64 | low << 32 | high
    it.edit(log, words=words)


@forgery("roll.period")
def sealed_at_once(it: Tampered) -> None:
    """The roll was changed an hour before the seal."""
    published = it.logs("RollPublished")[-1]
    seal = it.logs("RollSealed")[0]
    published.update({name: seal[name] for name in ("blockNumber", "blockHash", "transactionHash")})
    published["logIndex"] = "0x0"
    seal["logIndex"] = "0x1"


@forgery("roll.period")
def published_after_the_seal(it: Tampered) -> None:
    """A page of the roll is published again after the seal, word for word."""
    last = it.logs("RollPublished")[-1]
    cast = it.logs("BallotsCast")[0]
    again = it.copy_after(last)
    again.update({name: cast[name] for name in ("blockNumber", "blockHash", "transactionHash")})


@forgery("ballot.calldata")
def ballot_altered_in_the_event(it: Tampered) -> None:
    """The event shows another ballot than the transaction carried."""
    log = it.logs("BallotsCast")[0]
    records = bytearray(it.args(log)["records"])
    records[11] ^= 3
    it.edit(log, records=bytes(records))


@forgery("ballot.calldata")
def batch_torn(it: Tampered) -> None:
    """A batch ends in the middle of a record."""
    log = it.logs("BallotsCast")[2]
    it.edit(log, records=it.args(log)["records"][:-5])


@forgery("ballot.window")
def cast_after_the_close(it: Tampered) -> None:
    """Ballots are counted after the close, the extension having never been announced."""
    log = it.logs("MeetingExtended")[0]
    it.drop(log)
    closes = it.args(it.logs("MeetingConvened")[0])["convening"][4]
    it.view(SUMMARY_OF, 1, change=lambda said: [*said[:3], closes, *said[4:]])


@forgery("ballot.window")
def cast_before_the_opening(it: Tampered) -> None:
    """A batch lies in a block before the opening."""
    cast, seal = it.logs("BallotsCast")[0], it.logs("RollSealed")[0]
    cast.update({name: seal[name] for name in ("blockNumber", "blockHash", "transactionHash")})
    cast["logIndex"] = "0x9"


@forgery("ballot.signature")
def choice_flipped(it: Tampered) -> None:
    """An owner's No becomes a Yes, in event and transaction alike."""

    def flip(records: list[bytes]) -> list[bytes]:
        packed = int.from_bytes(records[4][4:12], "big") ^ 3
        return [*records[:4], records[4][:4] + packed.to_bytes(8, "big") + records[4][12:], *records[5:]]

    it.records(it.logs("BallotsCast")[0], flip)


@forgery("ballot.signature")
def signature_blank(it: Tampered) -> None:
    """A ballot is counted whose signature is empty."""
    it.records(it.logs("BallotsCast")[0], lambda records: [records[0][:12] + bytes(65), *records[1:]])


@forgery("ballot.registered")
def signed_by_a_neighbour(it: Tampered) -> None:
    """A neighbour's registered key signs for an owner."""
    forged = resigned(it, 9, choices(1, 1, 1, 1, 2), owner_key(10))
    it.records(it.logs("BallotsCast")[0], lambda records: [*records[:8], forged, *records[9:]])


@forgery("ballot.registered")
def signed_by_the_old_key(it: Tampered) -> None:
    """A lost phone's key votes after it was replaced."""
    forged = resigned(it, REKEYED, choices(1, 1, 1, 1, 2), owner_key(REKEYED))
    it.records(it.logs("BallotsCast")[0], lambda records: [*records[:4], forged, *records[5:]])


@forgery("ballot.registered")
def registered_only_afterwards(it: Tampered) -> None:
    """An owner votes before the key was registered: the registration moved behind the ballot."""
    log, final = it.logs("OwnerRegistered")[7], it.logs("ResultFinal")[0]
    log.update({name: final[name] for name in ("blockNumber", "blockHash", "transactionHash")})
    log["logIndex"] = "0x7"


@forgery("ballot.on-roll")
def stranger_counted(it: Tampered) -> None:
    """An owner who is not on the roll is counted: the skip is hidden."""
    it.drop(it.logs("BallotSkipped")[0])


@forgery("ballot.once")
def counted_twice(it: Tampered) -> None:
    """The second ballot of an owner is counted: the skip is hidden."""
    it.drop(it.logs("BallotSkipped")[1])


@forgery("ballot.choice")
def unreadable_counted(it: Tampered) -> None:
    """A ballot with a choice of 3 is counted: the skip is hidden."""
    it.drop(it.logs("BallotSkipped")[2])


@forgery("ballot.choice")
def stray_bits(it: Tampered) -> None:
    """A counted ballot has a choice on a motion that does not exist."""
    forged = resigned(it, 9, choices(1, 1, 1, 1, 2, 1), owner_key(9))
    it.records(it.logs("BallotsCast")[0], lambda records: [*records[:8], forged, *records[9:]])


@forgery("ballot.cap")
def three_candidates(it: Tampered) -> None:
    """A ballot for all three candidates is counted: the skip is hidden."""
    it.drop(it.logs("BallotSkipped")[3])


@forgery("ballot.skips")
def good_ballot_skipped(it: Tampered) -> None:
    """A ballot that should count is skipped."""
    first = it.logs("BallotSkipped")[0]
    it.copy_after(first, position=0, voter=11)["logIndex"] = "0x50"
    cast = it.logs("BallotsCast")[1]
    cast["logIndex"] = "0x60"


@forgery("ballot.skips")
def skipped_for_another_reason(it: Tampered) -> None:
    """A skip gives a reason that is not the first that applies."""
    it.edit(it.logs("BallotSkipped")[5], reason=5)


@forgery("tally.participation")
def participation_inflated(it: Tampered) -> None:
    """The contract's view counts one head more."""
    it.view(SUMMARY_OF, 1, change=lambda said: [*said[:13], (said[13][0], said[13][1] + 1), said[14]])


@forgery("tally.participation")
def batch_hidden(it: Tampered) -> None:
    """The node leaves a whole batch out."""
    it.drop(it.logs("BallotsCast")[2])


@forgery("tally.motions")
def votes_moved(it: Tampered) -> None:
    """The contract's view moves 0.01 m² from against to for."""
    it.view(
        DECISION_OF,
        1,
        0,
        change=lambda said: [*said[:5], (said[5][0] + 1, said[5][1]), (said[6][0] - 1, said[6][1])],
    )


@forgery("decision.quorum")
def quorum_denied(it: Tampered) -> None:
    """The contract's view says that the quorum was missed."""
    it.view(DECISION_OF, 1, 2, change=lambda said: [False, *said[1:]])


@forgery("decision.motions")
def special_matter_passed(it: Tampered) -> None:
    """A special matter passes with an ordinary majority."""
    it.view(DECISION_OF, 1, 1, change=lambda said: [said[0], True, *said[2:]])


@forgery("result.declared")
def other_result_declared(it: Tampered) -> None:
    """The declared event announces a motion as passed that was not."""
    log = it.logs("ResultDeclared")[0]
    results = list(it.args(log)["results"])
    results[1] = (*results[1][:2], True)
    it.edit(log, results=results)


@forgery("objections.answered")
def objection_unanswered(it: Tampered) -> None:
    """A result becomes final with an open objection."""
    it.drop(it.logs("ObjectionAnswered")[0])


@forgery("objections.answered")
def final_before_its_time(it: Tampered) -> None:
    """A result becomes final before the time for objections was over."""
    log = it.logs("ResultDeclared")[0]
    it.edit(log, objectionsEndAt=it.args(log)["objectionsEndAt"] + 3600)


@pytest.mark.parametrize("name", FORGERIES)
def test_each_forgery_is_caught_by_its_own_check(name: str, recording: dict[str, Any]) -> None:
    """The named check fails for the forgery, in words of both languages."""
    expected, forge = FORGERIES[name]
    forge(Tampered(recording))
    report = replay(recording)
    caught = next(check for check in report.checks if check.id == expected)
    assert not caught.ok, f"also failing: {sorted(failed(recording))}"
    assert caught.detail("zh") != caught.detail("en")
    assert not report.ok


def test_every_check_has_a_forgery() -> None:
    """No check goes untested."""
    assert set(CHECKS) == {check for check, _ in FORGERIES.values()}


def test_which_checks_a_forgery_touches(recorded: dict[str, Any]) -> None:
    """A forgery in a view or a declared event touches that check alone: the others do not echo it."""
    alone = {
        "votes_moved": {"tally.motions"},
        "quorum_denied": {"decision.quorum"},
        "special_matter_passed": {"decision.motions"},
        "other_result_declared": {"result.declared"},
    }
    for name, expected in alone.items():
        tampered = copy.deepcopy(recorded)
        FORGERIES[name][1](Tampered(tampered))
        assert expected == failed(tampered), name
