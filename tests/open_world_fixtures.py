"""Fixtures of the pipeline's tests: a prepared chain, and each test's own copy of it with a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from open_world import OpenWorld, Prepared, prepare
from wanjia.db.base import Database

OWNERS = 60


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Hold the meeting up to its opening, once."""
    return prepare(tmp_path_factory.mktemp("prepared"), OWNERS)


@pytest.fixture
def world(prepared: Prepared, database: Database, tmp_path: Path) -> Iterator[OpenWorld]:
    """Give a running chain with an open meeting, indexed."""
    made = prepared.start(tmp_path, database)
    try:
        made.index().catch_up()
        yield made
    finally:
        made.node.kill()
