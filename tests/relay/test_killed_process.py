"""The relay as a real process, killed with -9 just before and just after it hands bytes to the node."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from faulty_node import Answer, FaultyNode, Forward, honest
from open_world import OPERATOR, OpenWorld
from wanjia.chain.local_node import CHAIN_ID
from wanjia.relay.models import RelayBroadcast, RelaySlot

Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def faulty(world: OpenWorld) -> Iterator[FaultyNode]:
    """Put a proxy between relay and chain."""
    node = FaultyNode(world.node.rpc_url)
    yield node
    node.close()


@pytest.fixture
def start_relay(world: OpenWorld, faulty: FaultyNode, tmp_path: Path) -> Iterator[Start]:
    """Start relay processes; whichever still runs at the end is killed."""
    (tmp_path / "deployment.json").write_text(json.dumps({"chain_id": CHAIN_ID}), encoding="utf-8")
    environment = {
        **os.environ,
        "WANJIA_HOME": str(tmp_path),
        "WANJIA_DATABASE_URL": world.database.engine.url.render_as_string(hide_password=False),
        "WANJIA_RPC_URL": faulty.url,
        "WANJIA_OPERATOR_KEY": OPERATOR.key.hex(),
        "WANJIA_DATA_KEY": "11" * 32,
        "WANJIA_SESSION_KEY": "22" * 32,
    }
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "relay.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "wanjia.stages", "relay"], env=environment, stdout=log, stderr=log
            )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize("moment", ["before the node has it", "after the node has it"])
def test_killed_while_sending(world: OpenWorld, faulty: FaultyNode, start_relay: Start, moment: str) -> None:
    """The next relay sends the very bytes that were stored, within 30 seconds and without help."""
    intake, index = world.intake(), world.index()
    for voter in range(1, 11):
        world.send(intake, voter)
    victims: list[subprocess.Popen[bytes]] = []

    def kill_on_send(method: str, _params: list[Any], forward: Forward) -> Answer | int | None:
        if method != "eth_sendRawTransaction":
            return forward()
        if moment == "after the node has it":
            forward()
        victims[0].send_signal(signal.SIGKILL)
        return None

    faulty.behaviour = kill_on_send
    victims.append(start_relay())
    assert victims[0].wait(30) == -signal.SIGKILL
    with world.database.read() as session:
        stored = session.scalars(select(RelayBroadcast.hash)).one()
    faulty.behaviour = honest
    started = time.monotonic()
    start_relay()
    while world.part()["heads"] < 10 or not world.is_drained():
        assert time.monotonic() - started < 30
        time.sleep(0.1)
    index.catch_up()
    assert world.chain.receipt(stored) is not None
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(RelaySlot)) == 1
        assert session.scalars(select(RelayBroadcast.hash)).all() == [stored]


def test_asked_to_stop_it_gives_the_lease_back(world: OpenWorld, start_relay: Start) -> None:
    """SIGTERM ends it cleanly; the next relay need not wait for the lease to run out."""
    world.send(world.intake(), 5)
    first = start_relay()
    deadline = time.monotonic() + 30
    while not world.has_cast(5):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    first.send_signal(signal.SIGTERM)
    assert first.wait(15) == 0
    assert world.relay().tick().state == "ok"
