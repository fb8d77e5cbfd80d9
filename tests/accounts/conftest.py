"""Books on SQLite and on PostgreSQL, or on SQLite alone where the database plays no part."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledgers import Books, open_books

from wanjia.db.base import Database, open_engine
from wanjia.db.tables import all_tables
from wanjia.identity.vault import Vault


@pytest.fixture
def books(database: Database) -> Books:
    """Give fresh books."""
    return open_books(database, Vault(bytes(range(32))))


@pytest.fixture
def light_books(tmp_path: Path) -> Iterator[Books]:
    """Give fresh books on SQLite."""
    engine = open_engine(f"sqlite:///{tmp_path / 'books.db'}")
    all_tables().metadata.create_all(engine)
    yield open_books(Database(engine), Vault(bytes(range(32))))
    engine.dispose()
