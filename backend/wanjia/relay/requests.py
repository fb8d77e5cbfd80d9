"""Calls that others sign for the forwarder: made for their key, checked when they come back signed, queued."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wanjia.chain.client import CallReverted, Chain
from wanjia.chain.contracts import every_error, interface
from wanjia.chain.deployment import Deployment
from wanjia.chain.eip712 import forward_request_digest
from wanjia.chain.signing import SignatureError, recover_signer
from wanjia.domain.errors import Refusal
from wanjia.relay.models import ItemKind
from wanjia.relay.service import enqueue_call

FORWARDER = "ERC2771Forwarder"
DEADLINE_SECONDS = 86_400
MAX_GAS = 14_000_000
_SPARE_GAS = 60_000


@dataclass(frozen=True, slots=True)
class ForwardRequest:
    """What is signed (``ForwardRequest`` of the forwarder). ``deadline`` in UTC seconds of the chain."""

    sender: str
    to: str
    value: int
    gas: int
    nonce: int
    deadline: int
    data: bytes


class Requests:
    """Makes and takes signed requests; who may ask for which call is the caller's to say."""

    def __init__(self, chain: Chain, deployment: Callable[[], Deployment]) -> None:
        self._chain = chain
        self._deployment = deployment

    def make(
        self, sender: str, to: str, data: bytes, after: int = 0, least_gas: int = 0
    ) -> tuple[ForwardRequest, bytes]:
        """Make the request for a call and its digest; its nonce is no lower than ``after``.

        ``least_gas`` is for calls that may cost more when they are mined than now, because others' came in between.
        Raises ``Refusal("ACT_WOULD_FAIL")`` with the contract's reason.
        """
        gas = min(max(self.gas(sender, to, data), least_gas), MAX_GAS)
        nonce = max(self.nonce(sender), after)
        deadline = self._chain.time() + DEADLINE_SECONDS
        request = ForwardRequest(sender, to, 0, gas, nonce, deadline, data)
        return request, self.digest(request)

    def check(self, request: ForwardRequest, signature: bytes) -> bytes:
        """Check a request that comes back signed by its sender; give its digest.

        Raises ``Refusal``: ``ACT_REQUEST_INVALID`` with the field, ``ACT_SIGNATURE_INVALID``.
        """
        if request.value != 0:
            raise Refusal("ACT_REQUEST_INVALID", field="value")
        if not 0 < request.gas <= MAX_GAS:
            raise Refusal("ACT_REQUEST_INVALID", field="gas")
        if request.deadline <= self._chain.time():
            raise Refusal("ACT_REQUEST_INVALID", field="deadline")
        digest = self.digest(request)
        try:
            signer = recover_signer(digest, signature)
        except SignatureError:
            raise Refusal("ACT_SIGNATURE_INVALID") from None
        if signer != request.sender:
            raise Refusal("ACT_SIGNATURE_INVALID")
        return digest

    def queue(
        self, session: Session, community_id: int, request: ForwardRequest, signature: bytes, who: str
    ) -> int:
        """Hand a checked request to the relay; give the job's id. ``who`` stands before its digest in the job's name."""
        forwarded = (request.sender, request.to, request.value, request.gas, request.deadline, request.data)
        return enqueue_call(
            session,
            ItemKind.FORWARD,
            self._deployment().forwarder,
            interface(FORWARDER).encode("execute", (*forwarded, signature)),
            f"{who}:{self.digest(request).hex()[:16]}",
            community_id=community_id,
        )

    def digest(self, request: ForwardRequest) -> bytes:
        """Give what the sender's key signs."""
        return forward_request_digest(
            self._deployment().chain_id,
            self._deployment().forwarder,
            sender=request.sender,
            to=request.to,
            value=request.value,
            gas=request.gas,
            nonce=request.nonce,
            deadline=request.deadline,
            data=request.data,
        )

    def gas(self, sender: str, to: str, data: bytes) -> int:
        """Estimate by calling as the forwarder does: the sender's address stands behind the calldata.

        Raises ``Refusal("ACT_WOULD_FAIL")`` with the contract's reason.
        """
        called = data + bytes.fromhex(sender[2:])
        try:
            needed = self._chain.estimate(
                to, called, sender=self._deployment().forwarder, errors=every_error()
            )
        except CallReverted as reverted:
            reason = reverted.error.name if reverted.error else "unknown"
            raise Refusal("ACT_WOULD_FAIL", reason=reason) from reverted
        return min(needed * 13 // 10 + _SPARE_GAS, MAX_GAS)

    def nonce(self, sender: str) -> int:
        """Give the number of the sender's next request by the forwarder."""
        return int(self._chain.call(interface(FORWARDER), self._deployment().forwarder, "nonces", sender))
