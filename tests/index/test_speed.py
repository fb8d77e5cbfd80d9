"""A full block of ballots is indexed in well under a second."""

import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from open_world import OPERATOR, prepare
from wanjia.chain import contracts
from wanjia.db.base import Database
from wanjia.index.models import IndexedBallot


@pytest.mark.slow
def test_block_of_1400_ballots(database: Database, tmp_path: Path) -> None:
    """One block, two batches of 700."""
    prepared = prepare(tmp_path, 1400)
    (tmp_path / "run").mkdir()
    world = prepared.start(tmp_path / "run", database)
    try:
        index = world.index()
        index.catch_up()
        for first in (1, 701):
            records = world.records(*range(first, first + 700))
            world.act(OPERATOR, contracts.open_meeting(), prepared.open_meeting, "cast", 1, records)
        started = time.process_time()
        index.catch_up()
        spent = time.process_time() - started
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(IndexedBallot)) == 1400
        assert spent < 1
    finally:
        world.node.kill()
