"""A concern whose term is over climbs by itself, an answer nobody rated lapses; killed in between, nothing twice."""

import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select
from storing import NOW, VAULT, community, concern

from wanjia.db.base import Database
from wanjia.deliberation.lines import overdue
from wanjia.deliberation.models import Concern, ConcernEntry
from wanjia.deliberation.rules import ConcernRules
from wanjia.domain.concerns import DAY, Level

STEPS = """
import sys
sys.path.insert(0, sys.argv[2])
from storing import NOW, VAULT
from wanjia.db.base import Database, open_engine
from wanjia.deliberation.rules import ConcernRules
ConcernRules(Database(open_engine(sys.argv[1])), VAULT).turn(NOW + 4 * 86_400)
"""


@pytest.fixture
def rules(database: Database) -> ConcernRules:
    """The rules over a community with one concern."""
    community(database)
    concern(database, 1)
    return ConcernRules(database, VAULT)


def _course(database: Database) -> list[tuple[str, int]]:
    with database.read() as session:
        entries = session.scalars(select(ConcernEntry).order_by(ConcernEntry.id))
        assert all(e.kind == "raised" or (e.resident_id, e.staff_id) == (None, None) for e in entries)
        rows = session.execute(select(ConcernEntry.kind, ConcernEntry.level).order_by(ConcernEntry.id))
        return [(row[0], row[1]) for row in rows]


def test_it_climbs_level_by_level_and_stays_overdue_at_the_top(
    database: Database, rules: ConcernRules
) -> None:
    """Not a second before its term; each level gets its own; at the top it stays and is overdue for everybody."""
    now = NOW + 3 * DAY
    assert rules.turn(now) == 0
    for level, term in enumerate((3, 5, 7), start=1):
        now += 1
        assert (rules.turn(now), rules.turn(now)) == (1, 0)
        assert _course(database)[-1] == ("climbed", level)
        now += term * DAY
        assert rules.turn(now) == 0
    assert rules.turn(now + 100 * DAY) == 0
    with database.read() as session:
        row = session.scalars(select(Concern).where(overdue(now + 1))).one()
    assert (row.level, row.state, row.due_at) == (Level.CENTRE, "raised", now)


def test_an_answer_nobody_rated_lapses(database: Database, rules: ConcernRules) -> None:
    """It closes with an entry of the rule's, once; what has ended is left alone."""
    with database.write() as session:
        session.scalars(select(Concern)).one().state = "answered"
    assert rules.turn(NOW + 3 * DAY) == 0
    assert (rules.turn(NOW + 3 * DAY + 1), rules.turn(NOW + 9 * DAY)) == (1, 0)
    with database.read() as session:
        row = session.scalars(select(Concern)).one()
    assert (row.state, row.due_at, row.ended_at) == ("closed", None, NOW + 3 * DAY + 1)
    assert _course(database) == [("raised", 0), ("lapsed", 0)]


def test_killed_in_between_it_goes_on(database: Database, database_url: str, rules: ConcernRules) -> None:
    """After kill -9 amid many steps each concern has climbed once, by one level, with one entry."""
    for number in range(2, 150):
        concern(database, number)

    def climbed() -> int:
        with database.read() as session:
            return session.scalar(select(func.count()).where(ConcernEntry.kind == "climbed")) or 0

    here = __file__.rsplit("/", 1)[0]
    process = subprocess.Popen([sys.executable, "-c", STEPS, database_url, here])
    deadline = time.monotonic() + 60
    while climbed() < 3:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = climbed()
    assert 3 <= done < 149
    assert rules.turn(NOW + 4 * DAY) == 149 - done
    with database.read() as session:
        each = session.execute(
            select(func.count(), func.max(Concern.level))
            .select_from(Concern)
            .join(ConcernEntry, ConcernEntry.concern_id == Concern.id)
            .where(ConcernEntry.kind == "climbed")
            .group_by(Concern.id)
        ).all()
    assert [(row[0], row[1]) for row in each] == [(1, 1)] * 149
