"""Officials' acts.

Prepared for their key, checked, and handed to the relay; the operator pays and cannot act.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.chain.client import CallReverted, Chain
from wanjia.chain.contracts import every_error, interface
from wanjia.chain.deployment import Deployment
from wanjia.chain.eip712 import forward_request_digest
from wanjia.chain.signing import SignatureError, recover_signer
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.meetings.call_checks import FORWARDER, check_call
from wanjia.meetings.calls import allowed_call
from wanjia.meetings.models import Act
from wanjia.relay.models import ItemKind, ItemState, RelayItem
from wanjia.relay.service import ItemStatus, enqueue_call, item_status

DEADLINE_SECONDS = 86_400
MAX_GAS = 14_000_000
_SPARE_GAS = 60_000


@dataclass(frozen=True, slots=True)
class ForwardRequest:
    """What an official signs (``ForwardRequest`` of the forwarder).

    ``deadline`` in UTC seconds of the chain.
    """

    sender: str
    to: str
    value: int
    gas: int
    nonce: int
    deadline: int
    data: bytes


class Acts:
    """Prepares and takes in officials' calls."""

    def __init__(
        self,
        database: Database,
        chain: Chain,
        deployment: Callable[[], Deployment],
        clock: Callable[[], int],
    ) -> None:
        self._database = database
        self._chain = chain
        self._deployment = deployment
        self._clock = clock

    def prepare(self, staff: StaffLogin, to: str, data: bytes) -> tuple[ForwardRequest, bytes]:
        """Make the request for a call and its digest. The call is tried without sending it.

        Raises ``Refusal``: ``ACT_NOT_ALLOWED``, ``STAFF_ADDRESS_MISSING``, what ``check_call`` refuses,
        ``ACT_WOULD_FAIL`` with the contract's reason.
        """
        sender = _address(staff)
        with self._database.read() as session:
            community = _community(session, staff)
            _, function = allowed_call(staff.role, community, to, data)
            check_call(session, community.id, function, data)
            after_waiting = _after_waiting(session, sender)
        gas = self._gas(sender, to, data)
        nonce = max(self._nonce(sender), after_waiting)
        deadline = self._chain.time() + DEADLINE_SECONDS
        request = ForwardRequest(sender, to, 0, gas, nonce, deadline, data)
        return request, self.digest(request)

    def hand_in(self, staff: StaffLogin, request: ForwardRequest, signature: bytes) -> int:
        """Check a signed request and queue it; give the act's id. The same request again gives the same act.

        Raises ``Refusal``: ``ACT_NOT_ALLOWED``, ``ACT_REQUEST_INVALID`` with the field, ``ACT_SIGNATURE_INVALID``,
        ``ACT_NONCE_STALE``, and what ``check_call`` refuses.
        """
        sender, digest = _address(staff), self.digest(request)
        if request.sender != sender or request.value != 0:
            raise Refusal("ACT_REQUEST_INVALID", field="from" if request.sender != sender else "value")
        if not 0 < request.gas <= MAX_GAS:
            raise Refusal("ACT_REQUEST_INVALID", field="gas")
        if request.deadline <= self._chain.time():
            raise Refusal("ACT_REQUEST_INVALID", field="deadline")
        if _signer(digest, signature) != sender:
            raise Refusal("ACT_SIGNATURE_INVALID")
        mined = self._nonce(sender)
        with self._database.write() as session:
            known = session.scalar(select(Act).where(Act.digest == digest))
            if known is not None:
                return known.id
            community = _community(session, staff)
            contract, function = allowed_call(staff.role, community, request.to, request.data)
            check_call(session, community.id, function, request.data)
            if request.nonce < mined or _taken(session, sender, request.nonce):
                raise Refusal("ACT_NONCE_STALE")
            act = Act(
                community_id=community.id,
                staff_id=staff.staff_id,
                sender=sender,
                nonce=request.nonce,
                function=function,
                digest=digest,
                call_id=self._queue(session, community, request, signature),
                created_at=self._clock(),
            )
            session.add(act)
            session.flush()
            log_act(session, staff, self._clock(), "act", f"{contract}.{function} act {act.id}")
            return act.id

    def status(self, staff: StaffLogin, act_id: int) -> ItemStatus:
        """Tell what became of an act of the reader's community. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.read() as session:
            act = session.get(Act, act_id)
            if act is None or act.community_id != staff.community_id:
                raise Refusal("NOT_FOUND")
            status = item_status(session, act.call_id)
        if status is None:
            raise Refusal("NOT_FOUND")
        return status

    def digest(self, request: ForwardRequest) -> bytes:
        """Give what the official's key signs."""
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

    def _queue(
        self, session: Session, community: Community, request: ForwardRequest, signature: bytes
    ) -> int:
        execute = interface(FORWARDER).encode(
            "execute",
            (
                request.sender,
                request.to,
                request.value,
                request.gas,
                request.deadline,
                request.data,
                signature,
            ),
        )
        return enqueue_call(
            session,
            ItemKind.FORWARD,
            self._deployment().forwarder,
            execute,
            f"act:{self.digest(request).hex()[:16]}",
            community_id=community.id,
        )

    def _gas(self, sender: str, to: str, data: bytes) -> int:
        """Estimate by calling as the forwarder does: the official's address stands behind the calldata."""
        called = data + bytes.fromhex(sender[2:])
        try:
            needed = self._chain.estimate(
                to, called, sender=self._deployment().forwarder, errors=every_error()
            )
        except CallReverted as reverted:
            reason = reverted.error.name if reverted.error else "unknown"
            raise Refusal("ACT_WOULD_FAIL", reason=reason) from reverted
        return min(needed * 13 // 10 + _SPARE_GAS, MAX_GAS)

    def _nonce(self, sender: str) -> int:
        return int(self._chain.call(interface(FORWARDER), self._deployment().forwarder, "nonces", sender))


def _address(staff: StaffLogin) -> str:
    if staff.address is None:
        raise Refusal("STAFF_ADDRESS_MISSING")
    return staff.address


def _community(session: Session, staff: StaffLogin) -> Community:
    community = session.get(Community, staff.community_id) if staff.community_id is not None else None
    if community is None:
        raise Refusal("ACT_NOT_ALLOWED")
    return community


def _after_waiting(session: Session, sender: str) -> int:
    """Give the nonce after the last act that is on its way or done."""
    last = session.scalar(
        select(func.max(Act.nonce))
        .join(RelayItem, RelayItem.id == Act.call_id)
        .where(Act.sender == sender, RelayItem.state != ItemState.REFUSED)
    )
    return 0 if last is None else last + 1


def _taken(session: Session, sender: str, nonce: int) -> bool:
    """Tell whether another act with this nonce is on its way or done."""
    return (
        session.scalar(
            select(Act.id)
            .join(RelayItem, RelayItem.id == Act.call_id)
            .where(Act.sender == sender, Act.nonce == nonce, RelayItem.state != ItemState.REFUSED)
        )
        is not None
    )


def _signer(digest: bytes, signature: bytes) -> str:
    try:
        return recover_signer(digest, signature)
    except SignatureError:
        raise Refusal("ACT_SIGNATURE_INVALID") from None
