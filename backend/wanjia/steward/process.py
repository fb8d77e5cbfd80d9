"""The process that looks, several times a second, whether something is due, and once a day clears what is over."""

import time
from threading import Event

import structlog

from wanjia.chain.client import Chain
from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.identity.retention import sweep
from wanjia.intake.opened import sweep_opened
from wanjia.loop import Loop, Turn
from wanjia.steward.due import due_calls, queue_calls
from wanjia.steward.secret import SecretDuties

log = structlog.get_logger()

_SWEEP_SECONDS = 86_400


class Steward:
    """One turn: queue what is due; sweep when a day has passed since the last time."""

    def __init__(self, database: Database, secret: SecretDuties) -> None:
        self._database = database
        self._secret = secret
        self._swept = 0.0

    def turn(self) -> Turn:
        """Look once. Writers wait for each other: the lock is taken only when there is something to write."""
        now, queued = time.time(), 0
        with self._database.read() as session:
            due = [*due_calls(session, now), *self._secret.due(session, now)]
        if due:
            with self._database.write() as session:
                queued = queue_calls(session, due, now)
        if now - self._swept >= _SWEEP_SECONDS:
            with self._database.write() as session:
                sweep(session, int(now))
                sweep_opened(session, int(now))
            self._swept = now
        if queued:
            log.info("steward.queued", calls=queued)
        return Turn("ok")


def run(settings: Settings, stop: Event) -> None:
    """Take turns until ``stop`` is set; trouble with the database is waited out."""
    database = Database(open_engine(settings.database_url))
    secret = SecretDuties(Chain(settings.rpc_url))
    try:
        Loop("steward", database, stop).run(Steward(database, secret).turn)
    finally:
        database.engine.dispose()
