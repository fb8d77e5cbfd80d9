"""Officials' acts.

Prepared for their key, checked, and handed to the relay; the operator pays and cannot act.
"""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.meetings.call_checks import check_call
from wanjia.meetings.calls import allowed_call
from wanjia.meetings.models import Act
from wanjia.relay.models import ItemState, RelayItem
from wanjia.relay.requests import ForwardRequest, Requests
from wanjia.relay.service import ItemStatus, item_status


class Acts:
    """Prepares and takes in officials' calls."""

    def __init__(self, database: Database, requests: Requests, clock: Callable[[], int]) -> None:
        self._database = database
        self._requests = requests
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
        return self._requests.make(sender, to, data, after_waiting)

    def hand_in(self, staff: StaffLogin, request: ForwardRequest, signature: bytes) -> int:
        """Check a signed request and queue it; give the act's id. The same request again gives the same act.

        Raises ``Refusal``: ``ACT_NOT_ALLOWED``, ``ACT_REQUEST_INVALID`` with the field, ``ACT_SIGNATURE_INVALID``,
        ``ACT_NONCE_STALE``, and what ``check_call`` refuses.
        """
        sender = _address(staff)
        if request.sender != sender:
            raise Refusal("ACT_REQUEST_INVALID", field="from")
        digest = self._requests.check(request, signature)
        mined = self._requests.nonce(sender)
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
                call_id=self._requests.queue(session, community.id, request, signature, "act"),
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
