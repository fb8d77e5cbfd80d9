"""Ballots and receipts."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from wanjia.intake.receipts import Receipt
from wanjia.web.schemas.common import Answer, Body, Hash, Signature, to_hex


class BallotBody(Body):
    """A signed ballot: voter index, choices packed two bits a motion as a decimal, 65-byte signature."""

    voter: Annotated[int, Field(ge=1, lt=2**32)]
    choices: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
    signature: Signature


SecretBody = Annotated[
    str, StringConstraints(min_length=2, max_length=40_002, pattern=r"^0x([0-9a-fA-F]{2})+$")
]
"""0x-hex of up to 20,000 bytes; 32 motions with all their groups need fewer."""


class SecretBallotBody(Body):
    """An encrypted ballot (docs/secret-ballots.md): voter index, body, 65-byte signature over ``SecretBallot``."""

    voter: Annotated[int, Field(ge=1, lt=2**32)]
    body: SecretBody
    signature: Signature


class BallotPath(BaseModel):
    """Path of a ballot."""

    ballot_hash: Hash


class ReceiptAnswer(Answer):
    """The operator's signed receipt (EIP-712 ``Receipt``)."""

    meeting: int
    voter: int
    ballot_hash: str
    sequence: int
    received_at: int
    signature: str
    operator: str


class ReceivedAnswer(Answer):
    """A ballot was durably received."""

    receipt: ReceiptAnswer
    state: str


def receipt_answer(receipt: Receipt) -> dict[str, Any]:
    """Give a receipt in the shape of ``ReceiptAnswer``."""
    return {
        "meeting": receipt.meeting,
        "voter": receipt.voter,
        "ballot_hash": to_hex(receipt.ballot_hash),
        "sequence": receipt.sequence,
        "received_at": receipt.received_at,
        "signature": to_hex(receipt.signature),
        "operator": receipt.operator,
    }


def received(receipt: Receipt) -> dict[str, Any]:
    """Give the shape of ``ReceivedAnswer``."""
    return {"receipt": receipt_answer(receipt), "state": "received"}


class BallotTimes(Answer):
    """When a ballot reached each state."""

    received: int | None
    submitted: int | None
    recorded: int | None
    final: int | None


class BallotAnswer(Answer):
    """Where a ballot is. One that came to the chain past this system has no receipt.

    ``encrypted_hash`` of a secret one is that of context and body: with it the signed hash can be recomputed, and the
    code that the phone showed. A refused one has a ``code`` and, in the reader's language, the ``reason`` that the
    code stands for.
    """

    state: str
    code: str | None
    reason: str | None
    times: BallotTimes
    transaction: str | None
    block: int | None
    encrypted_hash: str | None
    receipt: ReceiptAnswer | None
