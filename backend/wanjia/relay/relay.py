"""The relay: one tick looks at the chain, writes down what it finds, sends again what waits, and sends what is new."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.chain.client import Chain
from wanjia.db.base import Database
from wanjia.loop import Turn
from wanjia.relay.lease import LEASE_SECONDS, Lease
from wanjia.relay.models import ItemState, RelayItem, RelaySlot, SlotState
from wanjia.relay.observing import Observer
from wanjia.relay.preparing import Preparer
from wanjia.relay.sending import Sender
from wanjia.relay.wallet import Fee, Wallet, fee_now

WINDOW = 8
"""Most transactions of ours that wait for a block at once."""
MOST_FILLERS = 50
"""Most holes in the nonces closed a tick."""
FEE_CEILING = 500 * 10**9
"""Wei per gas above which nothing new is sent: it waits, and the health page says so."""


class Relay:
    """Sends what is queued, exactly once as far as the chain is concerned. ``tick`` again and again."""

    def __init__(
        self,
        database: Database,
        chain: Chain,
        *,
        operator_key: str,
        chain_id: int,
        finality_depth: int,
        clock: Callable[[], float] = time.time,
        lease_seconds: float = LEASE_SECONDS,
        fee_ceiling: int = FEE_CEILING,
    ) -> None:
        self._database = database
        self._chain = chain
        self._chain_id = chain_id
        self._clock = clock
        self._ceiling = fee_ceiling
        self._wallet = Wallet(operator_key, chain_id)
        self.lease = Lease(database, self._wallet.address, seconds=lease_seconds, clock=clock)
        self._observer = Observer(database, chain, self.lease, self._wallet.address, finality_depth, clock)
        self._sender = Sender(database, chain, self.lease, self._wallet, clock)
        self._preparer = Preparer(database, chain, self.lease, self._wallet.address, clock)

    def tick(self) -> Turn:
        """Do what there is to do now.

        Raises ``ChainUnavailable`` (try again later), ``WrongChain`` (a person must look) and ``LeaseLost``.
        """
        if not self.lease.hold():
            return Turn("waiting", "another relay holds the lease")
        self._chain.expect(self._chain_id)
        head = self._chain.head()
        nonce = self._chain.nonce(self._wallet.address)
        self._sender.resend(head, nonce)
        fee = fee_now(self._chain, head)
        dear = fee.most > self._ceiling
        try:
            sent = not dear and self._fill(nonce, fee)
            # what was sent before is judged while the node works on what was sent now
            self._observer.observe(head, nonce)
        finally:
            self._sender.flush()
        if dear:
            return self._report(f"gas costs {fee.most} wei, more than the ceiling of {self._ceiling}", False)
        return self._report(self._preparer.complaint or self._sender.complaint, sent)

    def _fill(self, nonce: int, fee: Fee) -> bool:
        """Send what is queued while the window has room, at the lowest free nonces."""
        self._preparer.begin()
        sent = fillers = 0
        while True:
            taken, waiting = self._taken(nonce)
            free = next(n for n in range(nonce, nonce + len(taken) + 1) if n not in taken)
            hole = bool(taken) and free < max(taken)
            if waiting >= WINDOW and not hole:
                return sent > 0
            batch = self._preparer.next_batch(in_flight=waiting > 0)
            if batch is not None:
                self._sender.send_batch(batch, free, fee)
            elif hole and fillers < MOST_FILLERS:
                self._sender.send_filler(free, fee)
                fillers += 1
            else:
                return sent > 0
            sent += 1

    def _taken(self, nonce: int) -> tuple[set[int], int]:
        """Nonces from the chain's on that are spoken for, and how many of them wait for a block."""
        with self._database.read() as session:
            rows = session.execute(
                select(RelaySlot.nonce, RelaySlot.state).where(
                    RelaySlot.operator == self._wallet.address,
                    RelaySlot.state != SlotState.LOST,
                    RelaySlot.nonce >= nonce,
                )
            ).all()
        return {row.nonce for row in rows}, len(rows)

    def _report(self, complaint: str, worked: bool) -> Turn:
        with self._database.read() as session:
            facts = facts_of(session)
        facts["operator"] = self._wallet.address
        return Turn("waiting" if complaint else "ok", complaint, facts, worked)


def facts_of(session: Session) -> dict[str, Any]:
    """Figures of the queue: what waits, since when, and what is on its way."""
    queued, oldest = session.execute(
        select(func.count(), func.min(RelayItem.created_at)).where(RelayItem.state == ItemState.QUEUED)
    ).one()
    on_the_way = session.scalar(
        select(func.count()).select_from(RelaySlot).where(RelaySlot.state == SlotState.PENDING)
    )
    return {"queued": queued, "oldest_queued_at": oldest, "transactions_pending": on_the_way}
