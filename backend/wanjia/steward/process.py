"""The process that looks, several times a second, whether something is due, and once a day clears what is over."""

import time
from threading import Event

import structlog

from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.identity.retention import sweep
from wanjia.loop import Loop, Turn
from wanjia.steward.due import due_calls, queue_due

log = structlog.get_logger()

_SWEEP_SECONDS = 86_400


class Steward:
    """One turn: queue what is due; sweep when a day has passed since the last time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._swept = 0.0

    def turn(self) -> Turn:
        """Look once. Writers wait for each other: the lock is taken only when there is something to write."""
        now, queued = time.time(), 0
        with self._database.read() as session:
            due = next(due_calls(session, now), None)
        if due is not None:
            with self._database.write() as session:
                queued = queue_due(session, now)
        if now - self._swept >= _SWEEP_SECONDS:
            with self._database.write() as session:
                sweep(session, int(now))
            self._swept = now
        if queued:
            log.info("steward.queued", calls=queued)
        return Turn("ok")


def run(settings: Settings, stop: Event) -> None:
    """Take turns until ``stop`` is set; trouble with the database is waited out."""
    database = Database(open_engine(settings.database_url))
    try:
        Loop("steward", database, stop).run(Steward(database).turn)
    finally:
        database.engine.dispose()
