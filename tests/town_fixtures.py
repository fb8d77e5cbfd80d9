"""Fixtures of a small community behind the web application."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from town import Town, build_town, settings_for


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    """Give a fresh town, on SQLite and on PostgreSQL."""
    made = build_town(settings_for(tmp_path, database_url))
    yield made
    made.wanjia.database.engine.dispose()
