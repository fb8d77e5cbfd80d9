"""Bytes to the node: stored first, sent then, sent again until a block holds them."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from sqlalchemy import select

from wanjia.chain.client import Block, Chain, RpcRefused
from wanjia.db.base import Database
from wanjia.relay import slots
from wanjia.relay.batches import Batch
from wanjia.relay.gas import filler_gas
from wanjia.relay.lease import Lease
from wanjia.relay.models import RelayBroadcast, RelaySlot, SlotState
from wanjia.relay.wallet import Fee, Wallet, fee_now

log = structlog.get_logger()

RESEND_WINDOW = 32
"""The lowest so many waiting transactions are sent again; the ones above cannot be mined before them."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 15.0
STUCK_SECONDS = 30.0
"""A transaction next in line that waits longer is replaced by itself at a higher fee."""


@dataclass(slots=True)
class _Sent:
    first: float
    last: float
    pause: float


class Sender:
    """Stores and sends. What it remembers in memory only spaces out repetitions."""

    def __init__(
        self, database: Database, chain: Chain, lease: Lease, wallet: Wallet, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._chain = chain
        self._lease = lease
        self._wallet = wallet
        self._clock = clock
        self._sent: dict[bytes, _Sent] = {}
        self._courier = ThreadPoolExecutor(1, "relay-courier")
        self._under_way: list[Future[None]] = []
        self.complaint = ""

    def flush(self) -> None:
        """Wait for what is under way. Raises ``ChainUnavailable`` when any of it did not get through."""
        under_way, self._under_way = self._under_way, []
        for errand in under_way:
            errand.exception()
        for errand in under_way:
            errand.result()

    def send_batch(self, batch: Batch, nonce: int, fee: Fee) -> None:
        """Store a batch under ``nonce`` with its signed bytes, then send it."""
        slot = self._slot(batch.kind, batch.target, batch.data, batch.gas, nonce)
        log.info("relay.batch", kind=batch.kind, items=len(batch.ids), nonce=nonce, gas=batch.gas)
        self._store_and_send(slot, batch.data, fee, batch)

    def send_filler(self, nonce: int, fee: Fee) -> None:
        """Close a hole in the nonces with an empty transfer to ourselves."""
        log.warning("relay.filler", nonce=nonce)
        slot = self._slot("filler", self._wallet.address, b"", filler_gas(), nonce)
        self._store_and_send(slot, b"", fee, None)

    def resend(self, head: Block, nonce: int) -> None:
        """Send again what waits for a block, in the order of the nonces; raise the fee of what is stuck."""
        with self._database.read() as session:
            waiting = session.scalars(
                select(RelaySlot)
                .where(
                    RelaySlot.operator == self._wallet.address,
                    RelaySlot.state == SlotState.PENDING,
                    RelaySlot.nonce >= nonce,
                )
                .order_by(RelaySlot.nonce)
                .limit(RESEND_WINDOW)
            ).all()
            due = [(slot, slots.broadcasts(session, slot)[0]) for slot in waiting]
            bytes_of = {v.id: v.raw for _, v in due if self._is_due(v.hash)}
        for slot, version in due:
            if slot.nonce == nonce and self._is_stuck(version, head):
                self._replace(slot, version, head)
            elif version.id in bytes_of:
                self._send(version.hash, bytes_of[version.id])

    def _is_due(self, transaction: bytes) -> bool:
        sent = self._sent.get(transaction)
        return sent is None or time.monotonic() - sent.last >= sent.pause

    def _is_stuck(self, version: RelayBroadcast, head: Block) -> bool:
        sent = self._sent.get(version.hash)
        if sent is None:
            return False  # not sent yet by this process: its own bytes go first
        too_cheap = head.base_fee is not None and version.max_fee < head.base_fee
        return too_cheap or time.monotonic() - sent.first >= STUCK_SECONDS

    def _replace(self, slot: RelaySlot, version: RelayBroadcast, head: Block) -> None:
        fee = fee_now(self._chain, head).raised_above(version.max_fee)
        with self._database.write() as session:
            self._lease.require(session)
            stored = session.get_one(RelaySlot, slot.id)
            signed = self._wallet.sign(
                nonce=stored.nonce, to=stored.target, data=stored.data, gas=stored.gas, fee=fee
            )
            slots.store_version(session, stored, signed, fee, int(self._clock()))
        log.warning("relay.replaced", nonce=slot.nonce, fee=fee.most)
        self._send(signed.hash, signed.raw)

    def _slot(self, kind: str, target: str, data: bytes, gas: int, nonce: int) -> RelaySlot:
        return RelaySlot(
            operator=self._wallet.address,
            nonce=nonce,
            kind=kind,
            target=target,
            data=data,
            gas=gas,
            state=SlotState.PENDING,
            settled=False,
            created_at=int(self._clock()),
        )

    def _store_and_send(self, slot: RelaySlot, data: bytes, fee: Fee, batch: Batch | None) -> None:
        signed = self._wallet.sign(nonce=slot.nonce, to=slot.target, data=data, gas=slot.gas, fee=fee)
        with self._database.write() as session:
            self._lease.require(session)
            slots.store(session, slot, signed, fee, batch.ids if batch else (), int(self._clock()))
        # It is stored: the next batch can be made while this one is handed over, in the order of the nonces.
        self._under_way.append(self._courier.submit(self._send_unless_cut_off, signed.hash, signed.raw))

    def _send_unless_cut_off(self, transaction: bytes, raw: bytes) -> None:
        if any(errand.done() and errand.exception() for errand in self._under_way):
            return  # the node did not take the one before: this is sent again with it
        self._send(transaction, raw)

    def _send(self, transaction: bytes, raw: bytes) -> None:
        """Hand bytes to the node. Whatever it answers, only a block decides what became of them."""
        now = time.monotonic()
        sent = self._sent.setdefault(transaction, _Sent(now, now, FIRST_PAUSE / 2))
        sent.last, sent.pause = now, min(2 * sent.pause, LONGEST_PAUSE)
        try:
            self._chain.send_raw(raw)
        except RpcRefused as refused:
            log.info("relay.node_says", transaction=transaction.hex(), answer=refused.message)
            poor = "insufficient funds" in refused.message.lower()
            self.complaint = "the operator's account is empty" if poor else ""
        else:
            self.complaint = ""
