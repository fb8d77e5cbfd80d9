"""Forged ballots, sums, decisions and results."""

from forging import forgery, owner_key, resigned
from held_meeting import REKEYED, choices
from tampering import Tampered

from wanjia.audit.abi import DECISION_OF, SUMMARY_OF


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
def objection_in_anothers_name(it: Tampered) -> None:
    """An objection is shown as another owner's than the one who signed it."""
    it.edit(it.logs("ObjectionRaised")[0], voter=4)


@forgery("objections.answered")
def final_before_its_time(it: Tampered) -> None:
    """A result becomes final before the time for objections was over."""
    log = it.logs("ResultDeclared")[0]
    it.edit(log, objectionsEndAt=it.args(log)["objectionsEndAt"] + 3600)
