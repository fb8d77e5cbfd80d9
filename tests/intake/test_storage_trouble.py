"""When the database cannot write: 503, no receipt, nothing half written (T05)."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text

from open_world import OpenWorld, Prepared
from wanjia.db.base import Database, open_engine
from wanjia.db.tables import all_tables
from wanjia.domain.errors import Refusal
from wanjia.intake.models import Ballot, BallotSequence
from wanjia.relay.models import RelayItem


def count(database: Database) -> list[int | None]:
    """Rows of every table intake writes."""
    with database.read() as session:
        return [
            session.scalar(select(func.count()).select_from(t)) for t in (Ballot, RelayItem, BallotSequence)
        ]


def unavailable(world: OpenWorld, voter: int) -> bool:
    """Whether a ballot is answered with 503."""
    with pytest.raises(Refusal) as refusal:
        world.send(world.intake(), voter)
    return (refusal.value.code, refusal.value.status) == ("STORAGE_UNAVAILABLE", 503)


@pytest.fixture
def on_sqlite(prepared: Prepared, tmp_path: Path) -> OpenWorld:
    """A world on SQLite whose connections wait for a lock only shortly; its chain is not needed further."""
    engine = open_engine(f"sqlite:///{tmp_path / 'trouble.db'}")

    @event.listens_for(engine, "connect")
    def _impatient(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=200")

    all_tables().metadata.create_all(engine)
    world = prepared.start(tmp_path, Database(engine))
    world.index().catch_up()
    world.node.kill()
    return world


def test_database_locked(on_sqlite: OpenWorld, tmp_path: Path) -> None:
    """Another program holds the write lock; when it lets go, the ballot is received."""
    other = sqlite3.connect(tmp_path / "trouble.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = count(on_sqlite.database)
    assert unavailable(on_sqlite, 5)
    assert before == count(on_sqlite.database)
    other.execute("ROLLBACK")
    other.close()
    assert on_sqlite.send(on_sqlite.intake(), 5).sequence == 1


def test_disk_full(on_sqlite: OpenWorld) -> None:
    """The database may not grow by another page."""
    intake = on_sqlite.intake()
    accepted = 0
    with on_sqlite.database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()

    @event.listens_for(on_sqlite.database.engine, "begin")
    def _full(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    def fill_up() -> None:
        nonlocal accepted
        for voter in range(1, 61):
            on_sqlite.send(intake, voter)
            accepted += 1

    with pytest.raises(Refusal, match="STORAGE_UNAVAILABLE"):
        fill_up()
    assert count(on_sqlite.database)[:2] == [accepted, accepted]


def test_connection_cut_in_the_middle(world: OpenWorld) -> None:
    """The server drops the connection between the statements of the one transaction."""
    if world.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no connection to cut")
    intake = world.intake()
    engine = world.database.engine
    cut = threading.Event()

    @event.listens_for(engine, "after_cursor_execute")
    def _cut(connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO relay_item") and not cut.is_set():
            cut.set()
            pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()  # type: ignore[attr-defined]
            with engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

    before = count(world.database)
    with pytest.raises(Refusal, match="STORAGE_UNAVAILABLE"):
        world.send(intake, 5)
    assert cut.is_set()
    assert before == count(world.database)
    assert world.send(intake, 5).sequence == 1
