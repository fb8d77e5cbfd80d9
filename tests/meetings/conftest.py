"""A town, and one whose contracts are on a real chain."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hall import Hall, build_hall

from town_fixtures import town
from wanjia.chain.local_node import LocalNode

__all__ = ["town"]


@pytest.fixture
def hall(tmp_path: Path, database_url: str, chain_node: LocalNode) -> Iterator[Hall]:
    """Give a town whose contracts are on a fresh chain."""
    made = build_hall(tmp_path, database_url, chain_node)
    yield made
    made.town.wanjia.database.engine.dispose()
