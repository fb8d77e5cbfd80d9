"""How fast the relay drains a full queue, beside the chain's own rate for the same batches signed beforehand."""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from open_world import STRANGER, OpenWorld, Prepared, prepare
from wanjia.chain import contracts
from wanjia.chain.local_node import CHAIN_ID
from wanjia.db.base import Database, open_engine
from wanjia.db.tables import all_tables
from wanjia.relay.models import ItemState, RelayItem, RelaySlot
from wanjia.relay.wallet import Fee, Wallet


def run(ballots: int = 12_000) -> dict[str, Any]:
    """Give both rates in ballots a second and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared = prepare(folder, ballots)
        drained, transactions, sizes = _relay_rate(folder, prepared)
        own = _chain_rate(folder, prepared, sizes)
    return {
        "ballots": ballots,
        "transactions": transactions,
        "ballots_per_second": drained,
        "chain_per_second": own,
        "ratio": drained / own,
    }


def _world(folder: Path, name: str, prepared: Prepared) -> OpenWorld:
    (folder / name).mkdir()
    engine = open_engine(f"sqlite:///{folder / name / 'bench.db'}")
    all_tables().metadata.create_all(engine)
    world = prepared.start(folder / name, Database(engine))
    world.index().catch_up()
    return world


def _relay_rate(folder: Path, prepared: Prepared) -> tuple[float, int, list[int]]:
    world = _world(folder, "relay", prepared)
    try:
        intake, relay = world.intake(), world.relay()
        for voter in prepared.owners:
            world.send(intake, voter)
        started = time.perf_counter()
        while not _all_done(world):
            relay.tick()
        spent = time.perf_counter() - started
        with world.database.read() as session:
            sizes = [
                count
                for count, _ in session.execute(
                    select(func.count(), RelaySlot.nonce)
                    .join(RelayItem, RelayItem.slot_id == RelaySlot.id)
                    .group_by(RelaySlot.nonce)
                    .order_by(RelaySlot.nonce)
                )
            ]
        return len(prepared.owners) / spent, len(sizes), sizes
    finally:
        world.node.kill()
        world.database.engine.dispose()


def _all_done(world: OpenWorld) -> bool:
    with world.database.read() as session:
        return not session.scalar(
            select(func.count()).select_from(RelayItem).where(RelayItem.state != ItemState.DONE)
        )


def _chain_rate(folder: Path, prepared: Prepared, sizes: list[int]) -> float:
    world = _world(folder, "chain_alone", prepared)
    try:
        wallet, fee = Wallet(STRANGER.key.hex(), CHAIN_ID), Fee(10**10, 10**9)
        signed, first = [], 1
        for nonce, size in enumerate(sizes):
            data = contracts.open_meeting().encode("cast", 1, world.records(*range(first, first + size)))
            signed.append(
                wallet.sign(nonce=nonce, to=prepared.open_meeting, data=data, gas=14_000_000, fee=fee)
            )
            first += size
        started = time.perf_counter()
        for one in signed:
            world.chain.send_raw(one.raw)
        while any(world.chain.receipt(one.hash) is None for one in signed):
            time.sleep(0.005)
        spent = time.perf_counter() - started
        if world.part()["heads"] != len(prepared.owners):
            raise RuntimeError("not every prepared ballot was counted")
        return len(prepared.owners) / spent
    finally:
        world.node.kill()
        world.database.engine.dispose()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
