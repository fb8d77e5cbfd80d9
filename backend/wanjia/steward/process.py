"""The process that looks, every second, whether something is due; once a day it clears what need not be kept."""

import time
from threading import Event

import structlog
from sqlalchemy.exc import SQLAlchemyError

from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.db.heartbeat_models import beat
from wanjia.identity.retention import sweep
from wanjia.steward.due import due_calls, queue_due

log = structlog.get_logger()

_EVERY = 1.0
_BEAT_SECONDS = 10
_SWEEP_SECONDS = 86_400


def run(settings: Settings, stop: Event) -> None:
    """Queue what is due until ``stop`` is set; trouble with the database is waited out."""
    database = Database(open_engine(settings.database_url))
    beaten = swept = 0.0
    while not stop.wait(_EVERY):
        now, queued = time.time(), 0
        try:
            with database.read() as session:
                due = next(due_calls(session, now), None)
            if due is not None or now - beaten >= _BEAT_SECONDS:
                # writers wait for each other: take the lock only when there is something to write
                with database.write() as session:
                    queued = queue_due(session, now)
                    beat(session, "steward", int(now), "ok")
                beaten = now
            if now - swept >= _SWEEP_SECONDS:
                with database.write() as session:
                    sweep(session, int(now))
                swept = now
        except SQLAlchemyError as error:
            log.warning("steward.database", error=type(error).__name__)
            continue
        if queued:
            log.info("steward.queued", calls=queued)
    database.engine.dispose()
