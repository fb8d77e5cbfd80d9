"""The persisted state machine of nonces: pending -> mined -> final, and back where the chain went back.

Each change is one transaction, made only while the lease is held.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from wanjia.chain.client import Receipt
from wanjia.relay.models import ItemState, RelayBroadcast, RelayItem, RelaySlot, SlotState
from wanjia.relay.wallet import Fee, Signed

_ITEM: Table = RelayItem.__table__  # type: ignore[assignment]
_SUBMIT = (
    update(_ITEM)
    .where(_ITEM.c.id.in_(bindparam("ids", expanding=True)), _ITEM.c.state == ItemState.QUEUED.value)
    .values(state=ItemState.SUBMITTED.value, slot_id=bindparam("in_slot"), submitted_at=bindparam("now"))
)
"""Made once, and past the ORM: it would look through a thousand ids for objects nobody holds."""


def live(session: Session, operator: str, nonce: int) -> list[RelaySlot]:
    """Slots that need a look: what is not final, and what is at or above the chain's ``nonce``."""
    return list(
        session.scalars(
            select(RelaySlot)
            .where(
                RelaySlot.operator == operator,
                RelaySlot.state.in_((SlotState.PENDING, SlotState.MINED))
                | ((RelaySlot.state == SlotState.FINAL) & (RelaySlot.nonce >= nonce)),
            )
            .order_by(RelaySlot.nonce)
        )
    )


def broadcasts(session: Session, slot: RelaySlot) -> list[RelayBroadcast]:
    """Every version of a slot's transaction, the latest first."""
    return list(
        session.scalars(
            select(RelayBroadcast).where(RelayBroadcast.slot_id == slot.id).order_by(RelayBroadcast.id.desc())
        )
    )


class Carried(NamedTuple):
    """What must be known of an item to judge it: a light row, for there may be a thousand of them."""

    id: int
    body: bytes
    reference: str
    attempts: int
    community_id: int | None
    group: int


def items_of(session: Session, slot: RelaySlot) -> list[Carried]:
    """Items a slot carries, in the batch's order."""
    rows = session.execute(
        select(
            RelayItem.id,
            RelayItem.body,
            RelayItem.reference,
            RelayItem.attempts,
            RelayItem.community_id,
            RelayItem.group,
        )
        .where(RelayItem.slot_id == slot.id)
        .order_by(RelayItem.id)
    )
    return [Carried(*row) for row in rows]


def store(
    session: Session, slot: RelaySlot, signed: Signed, fee: Fee, ids: Sequence[int], now: int
) -> RelayBroadcast:
    """Write nonce, raw bytes and hash down, and mark the items: before anything is sent."""
    session.add(slot)
    session.flush()
    version = store_version(session, slot, signed, fee, now)
    if ids:
        session.execute(_SUBMIT, {"ids": list(ids), "in_slot": slot.id, "now": now})
    return version


def store_version(session: Session, slot: RelaySlot, signed: Signed, fee: Fee, now: int) -> RelayBroadcast:
    """Write one more version of a slot's transaction down."""
    version = RelayBroadcast(
        slot_id=slot.id, hash=signed.hash, raw=signed.raw, max_fee=fee.most, stored_at=now
    )
    session.add(version)
    session.flush()
    return version


def mark_mined(session: Session, slot: RelaySlot, receipt: Receipt) -> None:
    """Note the block that holds the transaction; its items are judged next."""
    _set(
        session,
        slot,
        state=SlotState.MINED,
        settled=False,
        block=receipt.block_number,
        block_hash=receipt.block_hash,
        gas_used=receipt.gas_used,
    )


def mark_pending(session: Session, slot: RelaySlot) -> None:
    """Take a mined transaction back: the chain no longer holds it, its stored bytes are sent again."""
    _set(session, slot, state=SlotState.PENDING, settled=False, block=None, block_hash=None, gas_used=None)
    session.execute(
        update(RelayItem)
        .where(RelayItem.slot_id == slot.id)
        .values(state=ItemState.SUBMITTED, code=None, reason=None, settled_at=None)
    )


def mark_lost(session: Session, slot: RelaySlot) -> None:
    """Another transaction is proven to have used the nonce: queue the items again."""
    _set(session, slot, state=SlotState.LOST, settled=True, block=None, block_hash=None)
    session.execute(
        update(RelayItem)
        .where(RelayItem.slot_id == slot.id)
        .values(
            state=ItemState.QUEUED, slot_id=None, submitted_at=None, settled_at=None, code=None, reason=None
        )
    )


def mark_settled(session: Session, slot: RelaySlot) -> None:
    """Note that the items' outcomes stand written."""
    _set(session, slot, settled=True)


def mark_final(session: Session, ids: Sequence[int]) -> None:
    """Note that these slots lie at the finality depth."""
    session.execute(update(RelaySlot).where(RelaySlot.id.in_(ids)).values(state=SlotState.FINAL))


def _set(session: Session, slot: RelaySlot, **values: object) -> None:
    session.execute(update(RelaySlot).where(RelaySlot.id == slot.id).values(**values))
