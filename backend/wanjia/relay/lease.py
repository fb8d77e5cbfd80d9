"""The lease that lets one relay run per operator key, wherever it runs."""

import secrets
import time
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.relay.models import RelayLease

LEASE_SECONDS = 10.0


class LeaseLost(Exception):
    """Another relay holds the lease: nothing may be stored or sent."""


class Lease:
    """One relay's claim on an operator key."""

    def __init__(
        self,
        database: Database,
        operator: str,
        *,
        seconds: float = LEASE_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._operator = operator
        self._seconds = seconds
        self._clock = clock
        self._until = 0.0
        self.holder = secrets.token_hex(16)

    def hold(self) -> bool:
        """Take or renew the lease; tells whether it is ours. Writes only when a third of it has passed."""
        now = self._clock()
        if now < self._until - self._seconds * 2 / 3:
            return True
        with self._database.write() as session:
            row = self._locked(session)
            if row is not None and row.holder != self.holder and row.expires_at > now:
                self._until = 0.0
                return False
            row = row or RelayLease(operator=self._operator)
            row.holder, row.expires_at = self.holder, now + self._seconds
            session.add(row)
        self._until = now + self._seconds
        return True

    def require(self, session: Session) -> None:
        """Raise ``LeaseLost`` unless the lease is ours at this moment, in the caller's own transaction."""
        row = self._locked(session)
        if row is None or row.holder != self.holder or row.expires_at <= self._clock():
            self._until = 0.0
            raise LeaseLost(self._operator)

    def release(self) -> None:
        """Give the lease back, so that the next relay need not wait."""
        with self._database.write() as session:
            row = self._locked(session)
            if row is not None and row.holder == self.holder:
                row.expires_at = 0.0
        self._until = 0.0

    def _locked(self, session: Session) -> RelayLease | None:
        query = select(RelayLease).where(RelayLease.operator == self._operator).with_for_update()
        return session.scalars(query).one_or_none()
