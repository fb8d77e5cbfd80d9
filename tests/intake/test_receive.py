"""Receiving ballots: what is receipted, what is refused, and that a receipt never changes."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from open_world import OPERATOR, SLUG, STRANGER, OpenWorld, choices, choices_of
from wanjia.chain.eip712 import receipt_digest
from wanjia.chain.local_node import CHAIN_ID
from wanjia.chain.signing import ORDER, recover_signer, sign_digest
from wanjia.domain.errors import Refusal
from wanjia.domain.states import BallotState
from wanjia.index.models import IndexedKey, IndexedMeeting
from wanjia.intake.models import Ballot
from wanjia.intake.receipts import ReceiptSigner
from wanjia.intake.status import ballot_status, receipt_again
from wanjia.relay.models import ItemState, RelayItem


def rows(world: OpenWorld) -> tuple[int, int]:
    """How many ballots and outbox rows there are."""
    with world.database.read() as session:
        ballots = session.scalar(select(func.count()).select_from(Ballot)) or 0
        return ballots, session.scalar(select(func.count()).select_from(RelayItem)) or 0


def refused(world: OpenWorld, *ballot: object, margin: int = 120) -> str:
    """Code with which a ballot is refused; nothing may be written."""
    before = rows(world)
    with pytest.raises(Refusal) as refusal:
        world.intake(margin=margin).receive(SLUG, 1, *ballot)  # type: ignore[arg-type]
    assert before == rows(world)
    return refusal.value.code


def test_receipt_is_signed_by_the_operator(world: OpenWorld) -> None:
    """Anyone can check a receipt against the operator's address."""
    receipt = world.send(world.intake(), 7)
    digest = receipt_digest(
        CHAIN_ID,
        world.prepared.open_meeting,
        1,
        7,
        receipt.ballot_hash,
        receipt.sequence,
        receipt.received_at,
    )
    assert receipt.ballot_hash == world.ballot_hash(7)
    assert recover_signer(digest, receipt.signature) == OPERATOR.address == receipt.operator
    assert not receipt.repeated


def test_ballot_and_outbox_row_are_written_together(world: OpenWorld) -> None:
    """One commit holds both."""
    world.send(world.intake(), 7)
    assert rows(world) == (1, 1)
    with world.database.read() as session:
        status = ballot_status(session, world.ballot_hash(7))
    assert status is not None
    assert status.state is BallotState.RECEIVED


def test_same_ballot_same_receipt_even_from_another_process(world: OpenWorld) -> None:
    """The same ballot again gives the same receipt byte for byte, and no second row."""
    first = world.send(world.intake(), 7)
    again = world.send(world.intake(), 7)
    assert replace(again, repeated=False) == first
    assert again.repeated
    assert rows(world) == (1, 1)
    with world.database.read() as session:
        stored = receipt_again(session, ReceiptSigner(OPERATOR.key.hex()), first.ballot_hash)
    assert stored is not None
    assert stored.signature == first.signature


def test_sequence_has_no_gap(world: OpenWorld) -> None:
    """Receipts of a meeting count from 1, refused ballots take no number."""
    intake = world.intake()
    first = [world.send(intake, voter).sequence for voter in (3, 9)]
    assert refused(world, 9, *world.ballot(9, 0)[1:]) == "BALLOT_DIFFERENT_RECEIVED"
    assert [*first, world.send(intake, 4).sequence] == [1, 2, 3]


def test_other_ballot_of_the_same_voter_is_refused(world: OpenWorld) -> None:
    """A ballot once received cannot be changed."""
    world.send(world.intake(), 5)
    assert refused(world, *world.ballot(5, choices(2, 2, 2, 2, 2))) == "BALLOT_DIFFERENT_RECEIVED"


def test_other_ballot_is_received_once_the_contract_refused_the_first(world: OpenWorld) -> None:
    """A refusal by the contract frees the voter to vote again, the very same ballot too."""
    intake = world.intake()
    world.send(intake, 5)
    for packed in (choices_of(5), choices(2, 2, 2, 2, 2)):
        with world.database.write() as session:
            session.execute(update(RelayItem).values(state=ItemState.REFUSED, code="BALLOT_NOT_REGISTERED"))
        assert not world.send(intake, 5, packed).repeated
    assert rows(world) == (3, 3)
    assert refused(world, *world.ballot(5, 0)) == "BALLOT_DIFFERENT_RECEIVED"


def test_voter_not_on_the_roll(world: OpenWorld) -> None:
    """Only the sealed roll votes."""
    signature = sign_digest(STRANGER.key, world.ballot_hash(999, 0))
    assert refused(world, 999, 0, signature) == "BALLOT_NOT_ON_ROLL"
    assert refused(world, 0, 0, signature) == "BALLOT_NOT_ON_ROLL"


def test_signature_of_another_key(world: OpenWorld) -> None:
    """A neighbour's key does not vote for you."""
    voter, packed, _ = world.ballot(5)
    signature = sign_digest(STRANGER.key, world.ballot_hash(5))
    assert refused(world, voter, packed, signature) == "BALLOT_SIGNATURE_INVALID"


def test_choices_changed_after_signing(world: OpenWorld) -> None:
    """A signature fits its own choices only."""
    voter, packed, signature = world.ballot(5)
    assert refused(world, voter, packed ^ 3, signature) == "BALLOT_SIGNATURE_INVALID"


def test_high_s_and_odd_lengths(world: OpenWorld) -> None:
    """Only the one form of a signature the contract takes is taken."""
    voter, packed, signature = world.ballot(5)
    s = ORDER - int.from_bytes(signature[32:64], "big")
    high = signature[:32] + s.to_bytes(32, "big") + bytes([55 - signature[64]])
    for bad in (high, signature[:64], signature + b"\0", b"\0" * 65, signature[:64] + b"\0"):
        assert refused(world, voter, packed, bad) == "BALLOT_SIGNATURE_INVALID"


@pytest.mark.parametrize("packed", [3, 1 << 10, 1 << 63, 1 << 64])
def test_choice_that_is_none(world: OpenWorld, packed: int) -> None:
    """A 3, and bits beyond the last motion, are no choices."""
    assert refused(world, 5, packed, b"\1" * 65) == "BALLOT_CHOICE_INVALID"


def test_over_the_cap(world: OpenWorld) -> None:
    """At most one of the two candidates may be supported."""
    assert refused(world, *world.ballot(5, choices(1, 1, 1, 1, 1))) == "BALLOT_OVER_CAP"


def test_key_not_registered(world: OpenWorld) -> None:
    """No key, no ballot."""
    with world.database.write() as session:
        session.execute(update(IndexedKey).where(IndexedKey.voter == 5).values(until_block=1))
    assert refused(world, *world.ballot(5)) == "BALLOT_NOT_REGISTERED"


def test_meeting_unknown(world: OpenWorld) -> None:
    """A meeting the index has not."""
    with pytest.raises(Refusal, match="BALLOT_MEETING_UNKNOWN"):
        world.intake().receive(SLUG, 2, *world.ballot(5))


@pytest.mark.parametrize(
    "change",
    [
        {"void_at": 1},
        {"sealed_at": None},
        {"consented_at": None},
        {"opens_at": 4_000_000_000},
        {"closes_at": 1_000_000_000},
    ],
)
def test_meeting_not_open(world: OpenWorld, change: dict[str, int | None]) -> None:
    """Void, unsealed, without consent, too early, too late."""
    with world.database.write() as session:
        session.execute(update(IndexedMeeting).values(change))
    assert refused(world, *world.ballot(5)) == "BALLOT_MEETING_NOT_OPEN"


def test_margin_before_the_close(world: OpenWorld) -> None:
    """Intake stops so early that what it receipted can still be cast; a repeated ballot keeps its receipt."""
    first = world.send(world.intake(), 5)
    margin = 20 * 86_400
    assert refused(world, *world.ballot(6), margin=margin) == "BALLOT_MEETING_NOT_OPEN"
    again = world.intake(margin=margin).receive(SLUG, 1, *world.ballot(5))
    assert again.signature == first.signature


def test_chain_time_decides_not_the_machines(world: OpenWorld) -> None:
    """When the chain's clock runs ahead to the close, intake closes with it."""
    world.node.move_clock(world.prepared.closes_at - 60)
    world.index().catch_up()
    assert refused(world, *world.ballot(5)) == "BALLOT_MEETING_NOT_OPEN"


def test_intake_answers_while_the_chain_is_away(world: OpenWorld) -> None:
    """Receiving needs the database only (T03)."""
    world.node.kill()
    assert world.send(world.intake(), 5).sequence == 1
