"""Cast as intended: codes are countersigned, an opened ballot is void for ever, a cast one is never opened."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from secret_yard import (
    CHAIN_ID,
    CLOSES_AT,
    FORM,
    MEETING,
    NOW,
    OPERATOR,
    SECRET_MEETING,
    SLUG,
    Yard,
    body_of,
    settle,
)
from wanjia.chain.eip712 import ballot_code_digest
from wanjia.chain.signing import recover_signer
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.index.models import IndexedMeeting
from wanjia.intake.models import Ballot, OpenedBallot
from wanjia.intake.opened import KEPT_SECONDS, MOST_OPENED, sweep_opened
from wanjia.intake.status import ballot_status
from wanjia.relay.models import ItemState, RelayItem
from wanjia.wsb.ballot import ballot_hash
from wanjia.wsb.form import MOTION_BYTES


@pytest.fixture
def yard(database: Database) -> Yard:
    """Give an open secret meeting of two motions."""
    return settle(database)


def code_of(call: object) -> str:
    """Code of the refusal that a call raises."""
    with pytest.raises(Refusal) as refusal:
        call()  # type: ignore[operator]
    return refusal.value.code


def opened(yard: Yard) -> int:
    """How many opened ballots are kept."""
    with yard.database.read() as session:
        return session.scalar(select(func.count()).select_from(OpenedBallot)) or 0


def test_a_code_is_signed_by_the_operator_and_nothing_is_kept(yard: Yard) -> None:
    """Anyone can check it against the operator's address; asking again a second later gives another time."""
    body = body_of(1)
    code = yard.code(1, body)
    signed = ballot_hash(FORM.context, body)
    digest = ballot_code_digest(CHAIN_ID, SECRET_MEETING, MEETING, 1, signed, NOW)
    assert (code.shown_at, code.operator) == (NOW, OPERATOR)
    assert recover_signer(digest, code.signature) == OPERATOR
    assert opened(yard) == 0


def test_codes_are_for_voters_of_open_secret_meetings(yard: Yard) -> None:
    """Not for strangers, other meetings, nor when a ballot could not be handed in any more."""
    body = body_of(1)
    assert code_of(lambda: yard.code(9, body)) == "BALLOT_NOT_ON_ROLL"
    assert code_of(lambda: yard.codes.sign(SLUG, 2, 1, bytes(32))) == "BALLOT_MEETING_UNKNOWN"
    yard.now = CLOSES_AT - 100
    assert code_of(lambda: yard.code(1, body)) == "BALLOT_MEETING_NOT_OPEN"


def test_an_open_meeting_has_no_codes(yard: Yard) -> None:
    """Its ballots hide nothing."""
    with yard.database.write() as session:
        session.execute(update(IndexedMeeting).values(ballots="open"))
    assert code_of(lambda: Yard(yard.database).code(1, body_of(1))) == "BALLOT_KIND_WRONG"


def test_an_opened_ballot_is_read_again_as_it_was(yard: Yard) -> None:
    """Opening twice gives the same answer and one row."""
    body = body_of(1)
    code = yard.code(1, body)
    first = yard.opened.open(SLUG, MEETING, 1, body, code.shown_at, code.signature)
    yard.now += 60
    again = yard.opened.open(SLUG, MEETING, 1, body, code.shown_at, code.signature)
    found = yard.opened.find(SLUG, MEETING, ballot_hash(FORM.context, body))
    assert (found.body, found.shown_at, found.signature, found.opened_at) == (
        body,
        NOW,
        code.signature,
        NOW,
    )
    assert replace(again, repeated=False) == first == found
    assert opened(yard) == 1
    assert code_of(lambda: yard.opened.find(SLUG, MEETING, bytes(32))) == "NOT_FOUND"


def test_an_opened_ballot_is_never_received_and_the_next_one_is(yard: Yard) -> None:
    """The signed record is refused whenever it comes; a fresh ballot of the same voter is taken."""
    body = body_of(1)
    yard.open(1, body)
    for process in (yard, Yard(yard.database)):
        assert code_of(lambda process=process: process.cast(1, body)) == "BALLOT_SPOILED"
    assert yard.cast(1, body_of(1)).sequence == 1


def test_a_received_ballot_is_never_opened_even_when_the_contract_refused_it(yard: Yard) -> None:
    """Its signed record may be public: whoever knew its secrets would know how the owner voted."""
    body = body_of(1)
    code = yard.code(1, body)
    yard.cast(1, body)
    for state in (ItemState.QUEUED, ItemState.REFUSED):
        with yard.database.write() as session:
            session.execute(update(RelayItem).values(state=state, code="BALLOT_NOT_REGISTERED"))
        refused = code_of(lambda: yard.opened.open(SLUG, MEETING, 1, body, code.shown_at, code.signature))
        assert refused == "OPENING_RECEIVED"
    assert opened(yard) == 0


def test_of_opening_and_casting_at_once_exactly_one_succeeds(yard: Yard) -> None:
    """Two processes, the same body: either it is void or it counts."""
    for voter in (1, 2, 3):
        body = body_of(voter)
        other = Yard(yard.database)

        def outcome(call: object, voter: int = voter, body: bytes = body) -> str:
            try:
                call(voter, body)  # type: ignore[operator]
            except Refusal as refusal:
                return refusal.code
            return "done"

        with ThreadPoolExecutor(2) as pool:
            tried = [pool.submit(outcome, call) for call in (yard.open, other.cast)]
            came = tuple(each.result() for each in tried)
        assert came in (("done", "BALLOT_SPOILED"), ("OPENING_RECEIVED", "done"))
        with yard.database.read() as session:
            rows = [
                session.scalar(select(func.count()).where(table.voter == voter))
                for table in (Ballot, OpenedBallot)
            ]
        assert sum(row or 0 for row in rows) == 1


def test_a_cast_ballot_tells_which_code_it_had(yard: Yard) -> None:
    """So that another device can compare what was cast with what the phone showed first."""
    body = body_of(1)
    receipt = yard.cast(1, body)
    with yard.database.read() as session:
        status = ballot_status(session, receipt.ballot_hash)
    assert status is not None
    assert status.encrypted_hash == ballot_hash(FORM.context, body)


@pytest.mark.parametrize("change", ["body", "voter", "time", "signature", "stranger"])
def test_only_what_was_countersigned_is_opened(yard: Yard, change: str) -> None:
    """The signature names meeting, voter, ballot and time, and is the operator's own."""
    body = body_of(1)
    code = yard.code(1, body)
    voter, shown_at, signature = 1, code.shown_at, code.signature
    match change:
        case "body":
            body = body_of(1)
        case "voter":
            voter = 2
        case "time":
            shown_at += 1
        case "signature":
            signature = bytes(65)
        case _:
            signature = signature[:10] + bytes([signature[10] ^ 1]) + signature[11:]
    refused = code_of(lambda: yard.opened.open(SLUG, MEETING, voter, body, shown_at, signature))
    assert refused == "OPENING_NOT_SHOWN"
    assert opened(yard) == 0


def test_a_body_of_another_length_is_not_kept(yard: Yard) -> None:
    """A countersignature is over any hash; the form is looked at when the body comes."""
    body = body_of(1)[:-32]
    assert code_of(lambda: yard.open(1, body)) == "BALLOT_MALFORMED"


def test_a_voter_opens_no_more_than_a_few(yard: Yard) -> None:
    """Nobody fills the disk; others are not held up, and voting goes on."""
    for number in range(MOST_OPENED):
        yard.open(1, number.to_bytes(2, "big") * (FORM.body_bytes // 2))
    assert code_of(lambda: yard.open(1, body_of(1))) == "OPENING_LIMIT"
    assert opened(yard) == MOST_OPENED
    assert yard.open(2, body_of(2)) is False
    assert yard.cast(1, body_of(1)).sequence == 1


def test_secrets_of_an_opened_ballot_never_come_back(yard: Yard) -> None:
    """A ballot that repeats an ``A`` of an opened one could be read by whoever saw it: refused, both ways."""
    first, second = body_of(1), body_of(1)
    mixed = first[:MOTION_BYTES] + second[MOTION_BYTES:]
    yard.open(1, first)
    assert code_of(lambda: yard.cast(1, mixed)) == "BALLOT_NOT_FRESH"
    yard.cast(2, cast := body_of(2))
    shares_a = cast[:MOTION_BYTES] + second[MOTION_BYTES:]
    assert code_of(lambda: yard.open(1, shares_a)) == "BALLOT_NOT_FRESH"


def test_a_ballot_is_opened_after_the_close_and_not_after_the_end(yard: Yard) -> None:
    """Who was shown a code in the last minute may still check; a void meeting keeps nothing more."""
    body, late = body_of(1), body_of(1)
    code, last = yard.code(1, body), yard.code(1, late)
    yard.now = CLOSES_AT + 60
    assert not yard.opened.open(SLUG, MEETING, 1, body, code.shown_at, code.signature).repeated
    with yard.database.write() as session:
        session.execute(update(IndexedMeeting).values(void_at=yard.now))
    ended = Yard(yard.database, yard.now)
    refused = code_of(lambda: ended.opened.open(SLUG, MEETING, 1, late, last.shown_at, last.signature))
    assert refused == "BALLOT_MEETING_NOT_OPEN"


@pytest.mark.parametrize("end", ["final_at", "void_at"])
def test_opened_ballots_are_deleted_some_time_after_the_meeting(yard: Yard, end: str) -> None:
    """Kept while anyone may want to look, and a month longer."""
    yard.open(1, body_of(1))
    for ended_at, kept in ((None, 1), (NOW, 1), (NOW - KEPT_SECONDS - 1, 0)):
        with yard.database.write() as session:
            session.execute(update(IndexedMeeting).values({end: ended_at}))
            sweep_opened(session, NOW)
        assert opened(yard) == kept
