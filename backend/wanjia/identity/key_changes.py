"""Where a change of an owner's key stands: what the chain says, and what still waits to reach it."""

from dataclasses import dataclass
from enum import StrEnum

from eth_abi import decode
from eth_utils import to_checksum_address
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.identity.proof_models import KeyRequest
from wanjia.index.models import IndexedBlock, IndexedEvent
from wanjia.index.views import key_of
from wanjia.meetings.lookup import find_community
from wanjia.relay.models import ItemState
from wanjia.relay.service import item_status


class KeyChangeState(StrEnum):
    """Steps of a change; ``REQUESTED`` and ``APPROVED`` can still be vetoed."""

    SUBMITTED = "submitted"
    """Asked for here, on its way to the chain."""
    REQUESTED = "requested"
    """On the chain, waiting for the supervisor."""
    APPROVED = "approved"
    """Waiting until ``effective_at``."""
    DONE = "done"
    VETOED = "vetoed"
    CANCELLED = "cancelled"
    REFUSED = "refused"


_BY_EVENT = {
    "KeyChangeRequested": KeyChangeState.REQUESTED,
    "KeyChangeApproved": KeyChangeState.APPROVED,
    "KeyChangeVetoed": KeyChangeState.VETOED,
    "KeyChangeCancelled": KeyChangeState.CANCELLED,
    "KeyChanged": KeyChangeState.DONE,
}
RUNNING = frozenset({KeyChangeState.SUBMITTED, KeyChangeState.REQUESTED, KeyChangeState.APPROVED})


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One change: the new key, chain times in UTC seconds; ``effective_at`` 0 before the approval."""

    state: KeyChangeState
    key: str
    requested_at: int
    effective_at: int


def public_key(database: Database, slug: str, voter: int) -> tuple[str | None, KeyChange | None]:
    """Give a voter's key and the change that a veto could still stop, as the chain tells everybody.

    Raises ``Refusal("NOT_FOUND")`` for a community there is not.
    """
    with database.read() as session:
        community = find_community(session, slug)
        change = _on_chain(session, community.id, voter)
        key = key_of(session, community.id, voter)
    return key, change if change is not None and change.state in RUNNING else None


def latest_change(session: Session, community_id: int, voter: int) -> KeyChange | None:
    """Give an owner's latest change, from the moment they asked for it. One that runs is never hidden."""
    known = _on_chain(session, community_id, voter)
    if known is not None and known.state in RUNNING:
        return known
    request = session.scalars(
        select(KeyRequest)
        .where(
            KeyRequest.community_id == community_id, KeyRequest.voter == voter, KeyRequest.kind == "change"
        )
        .order_by(KeyRequest.job_id.desc())
        .limit(1)
    ).one_or_none()
    status = item_status(session, request.job_id) if request else None
    if request is None or status is None:
        return known
    asked = KeyChange(KeyChangeState.SUBMITTED, request.key, request.created_at, 0)
    if status.state == ItemState.REFUSED:
        return KeyChange(KeyChangeState.REFUSED, asked.key, asked.requested_at, 0)
    if status.state == ItemState.DONE and known is not None and known.key == request.key:
        return known
    return asked


def _on_chain(session: Session, community_id: int, voter: int) -> KeyChange | None:
    """Fold the registry's events of one voter, oldest first."""
    rows = session.execute(
        select(IndexedEvent.name, IndexedEvent.data, IndexedBlock.time)
        .join(IndexedBlock, IndexedBlock.number == IndexedEvent.block)
        .where(
            IndexedEvent.community_id == community_id,
            IndexedEvent.voter == voter,
            IndexedEvent.name.in_(_BY_EVENT),
        )
        .order_by(IndexedEvent.block, IndexedEvent.log_index)
    )
    change: KeyChange | None = None
    for name, data, time in rows:
        state = _BY_EVENT[name]
        # KeyChanged names the old key first; every other event begins with the new one
        key = decode(["address"], data[32:] if state is KeyChangeState.DONE else data)[0]
        effective_at = change.effective_at if change else 0
        if state is KeyChangeState.APPROVED:
            effective_at = decode(["address", "uint64"], data)[1]
        elif state is KeyChangeState.REQUESTED:
            effective_at = 0
        asked_at = time if state is KeyChangeState.REQUESTED or change is None else change.requested_at
        change = KeyChange(state, to_checksum_address(key), asked_at, effective_at)
    return change
