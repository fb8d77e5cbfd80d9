"""Where a ballot is, as its voter may know it: received, submitted, recorded, final or refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.community import Community
from wanjia.domain.errors import Value
from wanjia.domain.states import BallotState
from wanjia.index.models import IndexedMeeting, IndexState
from wanjia.index.views import CountedBallot, counted
from wanjia.intake.models import Ballot
from wanjia.intake.receipts import Receipt, ReceiptSigner
from wanjia.meetings.lookup import contract_of
from wanjia.relay.models import ItemState
from wanjia.relay.service import ItemStatus, item_status
from wanjia.wsb.ballot import ballot_hash as encrypted_hash
from wanjia.wsb.form import HEAD_BYTES


@dataclass(frozen=True, slots=True)
class BallotStatus:
    """State and times (UTC seconds; ``submitted_at`` by this machine's clock, the others chain time).

    ``code`` and ``reason`` when refused, with the ``values`` of the code's text; ``transaction`` and ``block`` as
    far as known.
    """

    state: BallotState
    code: str | None
    reason: str | None
    values: Mapping[str, Value]
    received_at: int | None
    submitted_at: int | None
    recorded_at: int | None
    final_at: int | None
    transaction: bytes | None
    block: int | None
    encrypted_hash: bytes | None
    """Of a received secret ballot: the hash of context and body, which its code is short for."""


def ballot_status(session: Session, ballot_hash: bytes) -> BallotStatus | None:
    """Tell where a ballot is, or ``None`` when neither intake nor the chain knows it.

    A ballot someone else cast for its voter is known by the chain only, and has no receipt.
    """
    ballot = _received(session, ballot_hash)
    on_chain = counted(session, ballot_hash)
    item = item_status(session, ballot.item_id) if ballot else None
    if ballot is None and on_chain is None:
        return None
    return BallotStatus(
        state=_state(on_chain, item),
        code=item.code if item and not on_chain else None,
        reason=item.reason if item and not on_chain else None,
        values=_values(session, ballot, item) if ballot and item and item.code else {},
        received_at=ballot.received_at if ballot else None,
        submitted_at=item.submitted_at if item else None,
        recorded_at=on_chain.recorded_at if on_chain else None,
        final_at=on_chain.final_at if on_chain else None,
        transaction=on_chain.transaction if on_chain else item.transaction if item else None,
        block=on_chain.block if on_chain else None,
        encrypted_hash=_encrypted_hash(session, ballot) if ballot else None,
    )


def receipt_again(session: Session, signer: ReceiptSigner, ballot_hash: bytes) -> Receipt | None:
    """Give a received ballot's receipt once more, byte for byte as the first time."""
    ballot = _received(session, ballot_hash)
    chain_id = session.scalar(select(IndexState.chain_id))
    if ballot is None or chain_id is None:
        return None
    row = session.get(IndexedMeeting, (ballot.community_id, ballot.meeting))
    community = session.get_one(Community, ballot.community_id)
    contract = contract_of(community, row.ballots if row else "open")
    return signer.sign(
        chain_id,
        contract.address,
        domain=contract.domain,
        meeting=ballot.meeting,
        voter=ballot.voter,
        ballot_hash=ballot.ballot_hash,
        sequence=ballot.sequence,
        received_at=ballot.received_at,
        repeated=True,
    )


def _received(session: Session, ballot_hash: bytes) -> Ballot | None:
    return session.scalars(
        select(Ballot).where(Ballot.ballot_hash == ballot_hash).order_by(Ballot.attempt.desc()).limit(1)
    ).one_or_none()


def _encrypted_hash(session: Session, ballot: Ballot) -> bytes | None:
    meeting = session.get(IndexedMeeting, (ballot.community_id, ballot.meeting))
    if meeting is None or meeting.ballots != "secret" or meeting.context is None:
        return None
    return encrypted_hash(meeting.context, ballot.record[HEAD_BYTES:])


def _values(session: Session, ballot: Ballot, item: ItemStatus) -> dict[str, Value]:
    """Give what the texts of refusals name: the contract's word, and when the meeting was open."""
    meeting = session.get(IndexedMeeting, (ballot.community_id, ballot.meeting))
    window = {"opens_at": meeting.opens_at, "closes_at": meeting.closes_at} if meeting else {}
    return {"reason": item.reason or "", **window}


def _state(on_chain: CountedBallot | None, item: ItemStatus | None) -> BallotState:
    if on_chain is not None:
        return BallotState.RECORDED if on_chain.final_at is None else BallotState.FINAL
    if item is None or item.state == ItemState.QUEUED:
        return BallotState.RECEIVED
    return BallotState.REFUSED if item.state == ItemState.REFUSED else BallotState.SUBMITTED
