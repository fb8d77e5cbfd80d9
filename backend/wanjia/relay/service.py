"""How the other stages put work before the relay, in their own unit of work, and ask what became of it."""

import time
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.relay.models import ItemKind, RelayBroadcast, RelayItem, RelaySlot, SlotState


@dataclass(frozen=True, slots=True)
class ItemStatus:
    """``state`` queued, submitted, done or refused; ``code`` and ``reason`` when refused; times UTC seconds."""

    state: str
    code: str | None
    reason: str | None
    submitted_at: int | None
    transaction: bytes | None


def enqueue_call(
    session: Session,
    kind: ItemKind,
    to: str,
    data: bytes,
    reference: str,
    *,
    community_id: int | None = None,
) -> int:
    """Queue calldata the operator pays for (``CALL`` or ``FORWARD``); gives the item's id."""
    if kind not in (ItemKind.CALL, ItemKind.FORWARD):
        raise ValueError(f"{kind} has a way of its own to the queue")
    item = RelayItem(
        kind=kind,
        community_id=community_id,
        target=to,
        body=data,
        reference=reference,
        created_at=int(time.time()),
    )
    session.add(item)
    session.flush()
    return item.id


def item_status(session: Session, item_id: int) -> ItemStatus | None:
    """Tell what became of an item; ``transaction`` is the mined one, else the latest that was stored."""
    item = session.get(RelayItem, item_id)
    return None if item is None else _status(session, item)


def status_by_reference(session: Session, kind: ItemKind, reference: str) -> ItemStatus | None:
    """Tell what became of the latest item with this reference."""
    item = session.scalars(
        select(RelayItem)
        .where(RelayItem.kind == kind, RelayItem.reference == reference)
        .order_by(RelayItem.id.desc())
        .limit(1)
    ).one_or_none()
    return None if item is None else _status(session, item)


def _status(session: Session, item: RelayItem) -> ItemStatus:
    transaction = session.scalar(
        select(RelayBroadcast.hash)
        .join(RelaySlot, RelaySlot.id == RelayBroadcast.slot_id)
        .where(RelaySlot.id == item.slot_id, RelaySlot.state != SlotState.LOST)
        .order_by(RelayBroadcast.id.desc())
        .limit(1)
    )
    return ItemStatus(item.state, item.code, item.reason, item.submitted_at, transaction)
