"""Forged steps of a meeting and forged rolls."""

from audited_world import DAY
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from forging import forgery
from tampering import Tampered

from wanjia.audit.abi import CONSENT, CONVENING, SUMMARY_OF


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
