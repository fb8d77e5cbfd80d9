"""Which batch goes next, whether it can go now, and what it needs."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import update

from wanjia.chain import contracts
from wanjia.chain.client import CallReverted, Chain
from wanjia.db.base import Database
from wanjia.domain.states import MeetingState
from wanjia.relay.batches import Batch, Group, group_of, next_batch
from wanjia.relay.forwarding import gas_for, why_reverted
from wanjia.relay.gas import TRANSACTION_LIMIT
from wanjia.relay.lease import Lease
from wanjia.relay.models import ItemKind, ItemState, RelayItem
from wanjia.relay.outcomes import CONTRACT_REFUSED

_BEFORE_OPEN = frozenset({MeetingState.CONVENED, MeetingState.NOTICE})


class Preparer:
    """Composes batches and holds back, for one tick, the groups that cannot go yet."""

    def __init__(
        self,
        database: Database,
        chain: Chain,
        lease: Lease,
        operator: str,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._chain = chain
        self._lease = lease
        self._operator = operator
        self._clock = clock
        self._held: set[Group] = set()
        self._with_code: set[str] = set()
        self._open: set[tuple[str, int]] = set()
        self.complaint = ""

    def begin(self) -> None:
        """Start a tick: everything may be tried again."""
        self._held.clear()
        self._with_code.clear()
        self._open.clear()
        self.complaint = ""

    def next_batch(self, *, in_flight: bool) -> Batch | None:
        """Give the next batch ready to be signed, refusing on the way what the contract would refuse."""
        while True:
            with self._database.read() as session:
                batch = next_batch(session, self._held)
            if batch is None:
                return None
            if not self._has_code(batch.target):
                self.complaint = f"no contract at {batch.target}"
                self._held.add(group_of(batch))
                continue
            ready = self._ballots(batch) if batch.kind is ItemKind.BALLOT else self._sized(batch, in_flight)
            if ready is not None:
                return ready

    def _has_code(self, target: str) -> bool:
        """Tell whether there is a contract; asked once a tick, for the node is busy with what was just sent."""
        if target not in self._with_code and self._chain.code(target):
            self._with_code.add(target)
        return target in self._with_code

    def _ballots(self, batch: Batch) -> Batch | None:
        """Ballots go while their meeting is open; once it is closed for good they are refused unsent."""
        if (batch.target, batch.group) in self._open:
            return batch
        try:
            state = MeetingState(
                self._chain.call(contracts.open_meeting(), batch.target, "stateOf", batch.group)
            )
        except CallReverted:
            state = MeetingState.NOTICE  # convened in a block this node has not got (any more)
        if state is MeetingState.OPEN:
            self._open.add((batch.target, batch.group))
            return batch
        if state in _BEFORE_OPEN:
            self._held.add(group_of(batch))
        else:
            self._refuse(batch, "BALLOT_MEETING_NOT_OPEN", state.name)
        return None

    def _sized(self, batch: Batch, in_flight: bool) -> Batch | None:
        """Give a batch its gas; a call that reverts waits for those before it, then is refused."""
        if batch.gas:
            return batch
        try:
            estimate = self._chain.estimate(
                batch.target, batch.data, sender=self._operator, errors=contracts.every_error()
            )
        except CallReverted as reverted:
            if in_flight:
                self._held.add(group_of(batch))
            else:
                reason = why_reverted(self._chain, self._operator, batch.target, batch.data)
                self._refuse(batch, CONTRACT_REFUSED, reason or str(reverted))
            return None
        gas = gas_for(estimate, batch.data)
        if estimate > TRANSACTION_LIMIT:
            self._refuse(batch, CONTRACT_REFUSED, f"needs {estimate} gas")
            return None
        return replace(batch, gas=min(gas, TRANSACTION_LIMIT))

    def _refuse(self, batch: Batch, code: str, reason: str) -> None:
        with self._database.write() as session:
            self._lease.require(session)
            session.execute(
                update(RelayItem)
                .where(RelayItem.id.in_(batch.ids))
                .values(state=ItemState.REFUSED, code=code, reason=reason, settled_at=int(self._clock()))
            )
