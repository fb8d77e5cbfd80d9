"""The loop of a long-running stage: does its work again and again, slows down in trouble, says how it fares."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Literal

import structlog
from sqlalchemy.exc import DBAPIError

from wanjia.chain.client import ChainUnavailable, WrongChain
from wanjia.config import Settings
from wanjia.db.base import Database
from wanjia.db.heartbeat_models import beat

log = structlog.get_logger()

TICK = 0.3
LONGEST_PAUSE = 5.0
BEAT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Turn:
    """How one turn went: ``ok``; ``waiting`` for something outside; ``stopped`` until a person looks."""

    state: Literal["ok", "waiting", "stopped"]
    detail: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    more: bool = False
    """There is more to do at once."""


class Loop:
    """Turns of the stage ``name`` until ``stop`` is set. Transport and database trouble never end it."""

    def __init__(self, name: str, database: Database, stop: Event) -> None:
        self._name = name
        self._database = database
        self._stop = stop
        self._last_beat = 0.0
        self._last_detail: str | None = None

    def wait_for_deployment(self, settings: Settings) -> int | None:
        """Give the chain id of the deployed release, waiting until there is one; ``None`` when told to stop."""
        while not self._stop.is_set():
            try:
                return int(json.loads(settings.deployment_file.read_text(encoding="utf-8"))["chain_id"])
            except (FileNotFoundError, json.JSONDecodeError):
                self.say(Turn("waiting", "nothing is deployed yet"))
                self._stop.wait(1.0)
        return None

    def run(self, take_turn: Callable[[], Turn]) -> None:
        """Take turns. A turn may raise ``ChainUnavailable``, ``WrongChain`` and database errors."""
        pause = TICK
        while not self._stop.is_set():
            try:
                turn = take_turn()
            except (ChainUnavailable, DBAPIError) as trouble:
                turn = Turn("waiting", f"{type(trouble).__name__}: {plain(trouble)}")
                pause = min(2 * pause, LONGEST_PAUSE)
            except WrongChain as wrong:
                turn = Turn("stopped", f"wrong chain: {wrong}")
                pause = LONGEST_PAUSE
            else:
                pause = LONGEST_PAUSE if turn.state == "stopped" else TICK
            self.say(turn)
            if not turn.more:
                self._stop.wait(pause)

    def say(self, turn: Turn) -> None:
        """Log what changed, and leave a sign of life for the health page."""
        if turn.detail != self._last_detail:
            say = {"ok": log.info, "waiting": log.warning, "stopped": log.error}[turn.state]
            say("loop." + turn.state, stage=self._name, detail=turn.detail)
        elif time.monotonic() - self._last_beat < BEAT_SECONDS:
            return
        self._last_detail, self._last_beat = turn.detail, time.monotonic()
        try:
            with self._database.write() as session:
                beat(session, self._name, int(time.time()), turn.state, turn.detail, turn.facts)
        except DBAPIError as trouble:
            log.warning("loop.no_heartbeat", stage=self._name, trouble=plain(trouble))


def plain(trouble: Exception) -> str:
    """Give the trouble without statements and values, which a log must not hold."""
    # PostgreSQL names the values in further lines
    return str(trouble.orig).split("\n", 1)[0] if isinstance(trouble, DBAPIError) else str(trouble)
