"""The health page tells a process that fell silent from one that is well."""

import pytest

from wanjia.db.base import Database
from wanjia.db.heartbeat_models import beat
from wanjia.web.health import PROCESSES, SILENT_SECONDS, health

NOW = 1_800_000_000


def _beat(database: Database, states: dict[str, tuple[int, str]]) -> None:
    with database.write() as session:
        for process, (at, state) in states.items():
            beat(session, process, at, state)


def _status(database: Database) -> tuple[str, dict[str, str]]:
    with database.read() as session:
        answer = health(session, NOW)
    return answer.status, {process.process: process.state for process in answer.processes}


def test_all_well(database: Database) -> None:
    """Every process gave a sign of life: ok."""
    _beat(database, dict.fromkeys(PROCESSES, (NOW, "ok")))
    assert ("ok", dict.fromkeys(PROCESSES, "ok")) == _status(database)


def test_nobody_ever_spoke(database: Database) -> None:
    """A system whose processes never ran is not well."""
    assert ("degraded", dict.fromkeys(PROCESSES, "silent")) == _status(database)


@pytest.mark.parametrize("silent", PROCESSES)
def test_one_fell_silent(database: Database, silent: str) -> None:
    """One old sign of life is enough to say so, by name."""
    _beat(database, dict.fromkeys(PROCESSES, (NOW, "ok")) | {silent: (NOW - SILENT_SECONDS - 1, "ok")})
    status, states = _status(database)
    assert (status, states[silent]) == ("degraded", "silent")


def test_one_waits(database: Database) -> None:
    """A relay that waits for the chain shows."""
    _beat(database, dict.fromkeys(PROCESSES, (NOW, "ok")) | {"relay": (NOW, "waiting")})
    assert _status(database)[0] == "degraded"
