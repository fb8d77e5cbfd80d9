"""Receipts: the operator's signature under what was durably received (EIP-712 ``Receipt``)."""

from dataclasses import dataclass

from wanjia.chain.eip712 import MEETING_NAME, receipt_digest
from wanjia.chain.signing import KeptKey, address_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a ballot was received; ``received_at`` is chain time in UTC seconds.

    ``repeated`` tells that the same ballot had been received before; it is not part of what is signed.
    """

    meeting: int
    voter: int
    ballot_hash: bytes
    sequence: int
    received_at: int
    signature: bytes
    operator: str
    repeated: bool = False


class ReceiptSigner:
    """Signs with the operator's key. Signatures are deterministic (RFC 6979): same ballot, same bytes."""

    def __init__(self, operator_key: str) -> None:
        key = bytes.fromhex(operator_key.removeprefix("0x"))
        self._key = KeptKey(key)
        self.operator = address_of(key)

    def sign(
        self,
        chain_id: int,
        contract: str,
        *,
        meeting: int,
        voter: int,
        ballot_hash: bytes,
        sequence: int,
        received_at: int,
        repeated: bool = False,
        domain: str = MEETING_NAME,
    ) -> Receipt:
        """Sign one receipt; call it only when the ballot is committed. ``domain`` is the contract's EIP-712 name."""
        digest = receipt_digest(
            chain_id, contract, meeting, voter, ballot_hash, sequence, received_at, name=domain
        )
        return Receipt(
            meeting,
            voter,
            ballot_hash,
            sequence,
            received_at,
            self._key.sign(digest),
            self.operator,
            repeated,
        )
