"""The index as a process."""

import json
from threading import Event

from sqlalchemy import func, select

from wanjia.chain.client import Chain
from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.index.apply import IndexProblem
from wanjia.index.follower import Index
from wanjia.index.models import IndexedBlock, IndexState
from wanjia.loop import Loop, Turn


def run(settings: Settings, stop: Event) -> None:
    """Follow the chain until ``stop`` is set; trouble with chain or database only slows it down."""
    database = Database(open_engine(settings.database_url))
    loop = Loop("index", database, stop)
    chain_id = loop.wait_for_deployment(settings)
    if chain_id is None:
        return
    index = Index(
        database, Chain(settings.rpc_url), chain_id=chain_id, finality_depth=settings.finality_depth
    )

    def step() -> Turn:
        try:
            more = index.step()
        except IndexProblem as problem:
            return Turn("stopped", str(problem), _facts(database))
        return Turn("ok", facts=_facts(database), more=more)

    loop.run(step)


def rebuild(settings: Settings) -> dict[str, int | str | None]:
    """Drop the index's rows, replay the chain and end the alarm; give how far it came.

    Raises ``ChainUnavailable`` and ``IndexProblem``; the running index goes on from wherever this stopped.
    """
    database = Database(open_engine(settings.database_url))
    chain_id = int(json.loads(settings.deployment_file.read_text(encoding="utf-8"))["chain_id"])
    chain = Chain(settings.rpc_url)
    try:
        Index(database, chain, chain_id=chain_id, finality_depth=settings.finality_depth).rebuild()
        return _facts(database)
    finally:
        database.engine.dispose()


def _facts(database: Database) -> dict[str, int | str | None]:
    with database.read() as session:
        state = session.get(IndexState, 1)
        return {
            "indexed_block": session.scalar(select(func.max(IndexedBlock.number))),
            "chain_head": state.chain_head if state else None,
            "alarm": state.alarm if state else "",
        }
