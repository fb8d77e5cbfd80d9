"""The process that looks, several times a second, whether something is due, and once a day clears what is over."""

import time
from threading import Event

import structlog

from wanjia.chain.client import Chain
from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.deliberation.days import ConcernDays
from wanjia.deliberation.household import sweep_invitations
from wanjia.deliberation.rules import ConcernRules
from wanjia.identity.retention import sweep
from wanjia.identity.vault import Vault
from wanjia.intake.opened import sweep_opened
from wanjia.loop import Loop, Turn
from wanjia.steward.due import due_calls, queue_calls
from wanjia.steward.secret import SecretDuties

log = structlog.get_logger()

_SWEEP_SECONDS = 86_400
_CONCERN_SECONDS = 10
"""How often concerns are looked at: their terms are hours and days."""


class Steward:
    """One turn: queue what is due, let concerns climb; sweep when a day has passed since the last time."""

    def __init__(
        self, database: Database, secret: SecretDuties, concerns: ConcernRules, days: ConcernDays
    ) -> None:
        self._database = database
        self._secret = secret
        self._concerns = concerns
        self._days = days
        self._looked = self._swept = 0.0

    def turn(self) -> Turn:
        """Look once. Writers wait for each other: the lock is taken only when there is something to write."""
        now, queued = time.time(), 0
        with self._database.read() as session:
            due = [*due_calls(session, now), *self._secret.due(session, now)]
        if due:
            with self._database.write() as session:
                queued = queue_calls(session, due, now)
        if now - self._looked >= _CONCERN_SECONDS:
            moved, closed = self._concerns.turn(int(now)), self._days.turn(int(now))
            self._looked = now
            if moved or closed:
                log.info("steward.concerns", moved=moved, days=closed)
        if now - self._swept >= _SWEEP_SECONDS:
            with self._database.write() as session:
                sweep(session, int(now))
                sweep_opened(session, int(now))
                sweep_invitations(session, int(now))
            self._swept = now
        if queued:
            log.info("steward.queued", calls=queued)
        return Turn("ok")


def run(settings: Settings, stop: Event) -> None:
    """Take turns until ``stop`` is set; trouble with the database is waited out."""
    database = Database(open_engine(settings.database_url))
    secret = SecretDuties(Chain(settings.rpc_url))
    try:
        concerns = ConcernRules(database, Vault(settings.data_key))
        Loop("steward", database, stop).run(Steward(database, secret, concerns, ConcernDays(database)).turn)
    finally:
        database.engine.dispose()
