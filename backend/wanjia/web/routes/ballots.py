"""Ballots: received with a receipt, and followed to the chain."""

from typing import Any

from flask import request
from flask_openapi3 import APIBlueprint, Tag

from wanjia.domain.errors import Refusal
from wanjia.intake.status import ballot_status, receipt_again
from wanjia.web.direct import raise_refused
from wanjia.web.schemas.ballots import (
    BallotAnswer,
    BallotBody,
    BallotPath,
    BallotTimes,
    ReceiptAnswer,
    ReceivedAnswer,
    SecretBallotBody,
    receipt_answer,
    received,
)
from wanjia.web.schemas.common import MeetingPath, to_bytes, to_hex
from wanjia.web.services import services
from wanjia.web.texts import text_of

api = APIBlueprint("ballots", __name__, url_prefix="/api", abp_tags=[Tag(name="ballots", description="选票")])


@api.post(
    "/communities/<slug>/meetings/<int:meeting>/ballots",
    summary="Hand in a signed ballot",
    responses={201: ReceivedAnswer, 200: ReceivedAnswer},
)
def receive_ballot(path: MeetingPath, body: BallotBody) -> tuple[dict[str, Any], int]:
    """Store a signed ballot and give the receipt; the same ballot again gives the same receipt."""
    raise_refused(request.environ)
    receipt = services().intake.receive(
        path.slug, path.meeting, body.voter, int(body.choices), to_bytes(body.signature)
    )
    return received(receipt), 200 if receipt.repeated else 201


@api.post(
    "/communities/<slug>/meetings/<int:meeting>/secret-ballots",
    summary="Hand in a signed secret ballot",
    responses={201: ReceivedAnswer, 200: ReceivedAnswer},
)
def receive_secret_ballot(path: MeetingPath, body: SecretBallotBody) -> tuple[dict[str, Any], int]:
    """Check and store an encrypted ballot and give the receipt; the same ballot again gives the same receipt."""
    receipt = services().intake.receive_secret(
        path.slug, path.meeting, body.voter, to_bytes(body.body), to_bytes(body.signature)
    )
    return received(receipt), 200 if receipt.repeated else 201


@api.get("/ballots/<ballot_hash>", summary="Where a ballot is", responses={200: BallotAnswer})
def read_ballot(path: BallotPath) -> dict[str, Any]:
    """Where a ballot is: received, submitted, recorded, final or refused."""
    wanted = to_bytes(path.ballot_hash)
    with services().database.read() as session:
        status = ballot_status(session, wanted)
        receipt = receipt_again(session, services().receipts, wanted)
    if status is None:
        raise Refusal("NOT_FOUND")
    return BallotAnswer(
        state=status.state.value,
        code=status.code,
        reason=text_of(status.code, status.values) if status.code else None,
        times=BallotTimes(
            received=status.received_at,
            submitted=status.submitted_at,
            recorded=status.recorded_at,
            final=status.final_at,
        ),
        transaction=to_hex(status.transaction) if status.transaction else None,
        block=status.block,
        encrypted_hash=to_hex(status.encrypted_hash) if status.encrypted_hash else None,
        receipt=ReceiptAnswer(**receipt_answer(receipt)) if receipt else None,
    ).model_dump()
