"""The one commit of intake: ballots that arrive together are written together."""

import threading
import time
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.intake.arrivals import Arrival, Kept
from wanjia.intake.deciding import decide_all
from wanjia.intake.turn import Turn

LOOK_SECONDS, LINGER_SECONDS = 0.001, 0.01
"""When ballots come fast a group waits while it grows, looking so often, so long at most."""


class BallotStore:
    """Stores arrivals, many a commit.

    One thread at a time writes for all that wait and wakes them; then the first of those who came meanwhile
    does. So the cost of a commit is shared when ballots come fast, and no one waits when they come slowly.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._guard = threading.Lock()
        self._waiting: list[Arrival] = []
        self._busy = False
        self._crowded = False
        self._turn = Turn(database.engine)

    def store(self, arrival: Arrival) -> Kept:
        """Give what was committed. Raises ``Refusal``; ``STORAGE_UNAVAILABLE`` when nothing could be written."""
        with self._guard:
            self._waiting.append(arrival)
            mine, self._busy = not self._busy, True
        if not mine:
            arrival.woken.acquire()
        if not arrival.done:
            self._write_for_all()
        if arrival.refusal is not None:
            raise arrival.refusal
        if arrival.kept is None:
            raise Refusal("STORAGE_UNAVAILABLE")
        return arrival.kept

    def _write_for_all(self) -> None:
        batch: list[Arrival] = []
        self._linger()
        try:
            with self._turn.writing():
                batch = self._take()
                self._write(batch)
        except OSError:  # the turn's own file cannot be opened or locked
            batch = batch or self._take()
            for arrival in batch:
                arrival.refusal = Refusal("STORAGE_UNAVAILABLE")
        finally:
            for arrival in batch:
                arrival.done = True
                arrival.woken.release()
            with self._guard:
                self._busy = bool(self._waiting)
                if self._busy:
                    self._waiting[0].woken.release()

    def _linger(self) -> None:
        """Let the group grow as long as it does: a commit costs the same for one ballot as for fifty."""
        deadline, size = time.monotonic() + LINGER_SECONDS, 0
        while self._crowded and size < len(self._waiting) and time.monotonic() < deadline:
            size = len(self._waiting)
            time.sleep(LOOK_SECONDS)

    def _take(self) -> list[Arrival]:
        with self._guard:
            batch, self._waiting = self._waiting, []
        self._crowded = len(batch) > 1
        return batch

    def _write(self, batch: Sequence[Arrival]) -> None:
        try:
            with self._database.engine.begin() as connection:
                decided = decide_all(connection, batch, int(self._clock()))
            for arrival, outcome in zip(batch, decided, strict=True):
                if isinstance(outcome, Refusal):
                    arrival.refusal = outcome
                else:
                    arrival.kept = outcome
        except SQLAlchemyError:
            for arrival in batch:
                arrival.refusal = Refusal("STORAGE_UNAVAILABLE")
