"""What became of the transactions that were sent: mined, replaced by others, taken back, final."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from wanjia.chain.client import Block, Chain, Receipt
from wanjia.db.base import Database
from wanjia.relay import slots
from wanjia.relay.lease import Lease
from wanjia.relay.models import RelayBroadcast, RelaySlot, SlotState
from wanjia.relay.outcomes import judge
from wanjia.relay.patience import Patience

BACK_PATIENCE = 2.0
"""Seconds for which a mined transaction must be missing before it is sent again."""
LOST_PATIENCE = 5.0
"""Seconds for which a nonce must be used, and none of our versions in a block, before it counts as lost.

Even a mistake here counts nothing twice: contracts skip what they have already counted.
"""


class Observer:
    """Brings the slots' states up to what the chain shows."""

    def __init__(
        self,
        database: Database,
        chain: Chain,
        lease: Lease,
        operator: str,
        finality_depth: int,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._chain = chain
        self._lease = lease
        self._operator = operator
        self._depth = finality_depth
        self._clock = clock
        self._back = Patience(BACK_PATIENCE)
        self._lost = Patience(LOST_PATIENCE)
        self._seen_head = b""
        self._receipts: dict[int, Receipt] = {}

    def observe(self, head: Block, nonce: int) -> None:
        """Look at every slot that is not final, and at all the chain no longer counts."""
        with self._database.read() as session:
            found = slots.live(session, self._operator, nonce)
            hashes = self._hashes(session.execute, found)
        self._receipts.clear()
        for slot in found:
            self._look(slot, hashes.get(slot.id, []), nonce, head)
        self._mark_mined([slot for slot in found if slot.id in self._receipts])
        self._settle(found, hashes)
        if head.hash != self._seen_head:
            self._finish(head)
        self._seen_head = head.hash

    def _hashes(self, execute: Callable[..., object], found: Sequence[RelaySlot]) -> dict[int, list[bytes]]:
        rows = execute(
            select(RelayBroadcast.slot_id, RelayBroadcast.hash)
            .where(RelayBroadcast.slot_id.in_([slot.id for slot in found]))
            .order_by(RelayBroadcast.id.desc())
        )
        versions: dict[int, list[bytes]] = {}
        for slot_id, version in rows:  # type: ignore[attr-defined]
            versions.setdefault(slot_id, []).append(version)
        return versions

    def _look(self, slot: RelaySlot, hashes: Sequence[bytes], nonce: int, head: Block) -> None:
        used, mined = slot.nonce < nonce, slot.state != SlotState.PENDING
        if self._back.lasts(("unused", slot.id), mined and not used):
            self._mark_pending(slot)
        if not used or (mined and head.hash == self._seen_head):
            return
        receipt = self._receipt(hashes)
        if receipt is not None and receipt.block_hash != slot.block_hash:
            self._receipts[slot.id] = receipt
        if self._back.lasts(("missing", slot.id), mined and receipt is None):
            self._mark_pending(slot)
        elif self._lost.lasts(("lost", slot.id), not mined and receipt is None):
            with self._database.write() as session:
                self._lease.require(session)
                slots.mark_lost(session, slot)

    def _mark_mined(self, found: Sequence[RelaySlot]) -> None:
        """Note the blocks of all that were found in one, in one commit."""
        if not found:
            return
        with self._database.write() as session:
            self._lease.require(session)
            for slot in found:
                slots.mark_mined(session, slot, self._receipts[slot.id])
        for slot in found:
            receipt = self._receipts[slot.id]
            slot.state, slot.settled = SlotState.MINED, False
            slot.block, slot.block_hash = receipt.block_number, receipt.block_hash

    def _mark_pending(self, slot: RelaySlot) -> None:
        with self._database.write() as session:
            self._lease.require(session)
            slots.mark_pending(session, slot)
        slot.state, slot.settled, slot.block, slot.block_hash = SlotState.PENDING, False, None, None

    def _receipt(self, hashes: Sequence[bytes]) -> Receipt | None:
        return next((r for r in map(self._chain.receipt, hashes) if r is not None), None)

    def _settle(self, found: Sequence[RelaySlot], hashes: dict[int, list[bytes]]) -> None:
        """Write down what mined transactions did for their items."""
        for slot in found:
            if slot.state != SlotState.MINED or slot.settled:
                continue
            receipt = self._receipts.get(slot.id) or self._receipt(hashes[slot.id])
            if receipt is None or receipt.block_hash != slot.block_hash:
                continue  # taken back meanwhile: the next look says so
            with self._database.read() as session:
                stored = session.get_one(RelaySlot, slot.id)
                items = slots.items_of(session, stored)
                verdicts = judge(session, self._chain, stored, items, receipt, int(self._clock()))
            with self._database.write() as session:
                self._lease.require(session)
                verdicts.write(session)
                if verdicts.complete():
                    slots.mark_settled(session, slot)

    def _finish(self, head: Block) -> None:
        final = (
            RelaySlot.operator == self._operator,
            RelaySlot.state == SlotState.MINED,
            RelaySlot.settled,
            RelaySlot.block <= head.number - self._depth,
        )
        with self._database.read() as session:
            ids = list(session.scalars(select(RelaySlot.id).where(*final)))
        if ids:
            with self._database.write() as session:
                slots.mark_final(session, ids)
