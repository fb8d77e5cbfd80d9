"""A whole system of real processes over a prepared chain, and a killer with seeded dice."""

import json
import os
import random
import shutil
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

from open_world import OPERATOR, SLUG, OpenWorld, Prepared
from wanjia.chain.local_node import CHAIN_ID, free_port
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.running import RunningSystem

VICTIMS = ("web", "relay", "index", "chain")


def start_system(home: Path, prepared: Prepared, database_url: str | None = None) -> RunningSystem:
    """Start every process of a system whose chain already holds the prepared meeting."""
    environment = {
        "WANJIA_BIND": f"127.0.0.1:{free_port()}",
        "WANJIA_RPC_URL": f"http://127.0.0.1:{free_port()}",
        "WANJIA_OPERATOR_KEY": OPERATOR.key.hex(),
    }
    if database_url:
        environment["WANJIA_DATABASE_URL"] = database_url
    system = RunningSystem(home, environment)
    (home / "chain").mkdir(exist_ok=True)
    shutil.copy(prepared.state_file, home / "chain" / "state.json")
    made = {
        "chain_id": CHAIN_ID,
        "forwarder": prepared.forwarder,
        "registry_implementation": prepared.registry,
        "open_meeting_implementation": prepared.open_meeting,
        "secret_meeting_implementation": prepared.open_meeting,
        "trustee_board_implementation": prepared.notary,
        "notary_implementation": prepared.notary,
        "factory": prepared.forwarder,
    }
    system.settings.deployment_file.write_text(json.dumps(made), encoding="utf-8")
    engine = open_engine(system.settings.database_url)
    with Database(engine).write() as session:
        session.add(
            Community(
                slug=SLUG,
                name="花园",
                salt=b"s" * 32,
                registry_address=prepared.registry,
                open_meeting_address=prepared.open_meeting,
                notary_address=prepared.notary,
                first_block=prepared.first_block,
            )
        )
    engine.dispose()
    system.start_chain()
    system.start_stages()
    return system


@dataclass
class Phones:
    """Owners' phones: each keeps its ballot until it has a receipt, as the app does."""

    world: OpenWorld
    url: str
    receipts: dict[int, dict[str, object]] = field(default_factory=dict)

    def send(self, voter: int, patience: float = 120) -> dict[str, object]:
        """Send until a receipt comes back; a refusal fails the test."""
        _, packed, signature = self.world.ballot(voter)
        body = {"voter": voter, "choices": str(packed), "signature": "0x" + signature.hex()}
        deadline = time.monotonic() + patience
        while True:
            try:
                answer = requests.post(
                    f"{self.url}/api/communities/{SLUG}/meetings/1/ballots", json=body, timeout=20
                )
                if answer.status_code in (200, 201):
                    receipt: dict[str, object] = answer.json()["receipt"]
                    return receipt
                assert answer.status_code in (500, 502, 503), answer.text
            except requests.RequestException:
                pass
            assert time.monotonic() < deadline, f"voter {voter} never got a receipt"
            time.sleep(0.2)

    def send_all(self, voters: list[int], pause: float) -> None:
        """Send one ballot after the other."""
        for voter in voters:
            self.receipts[voter] = self.send(voter)
            time.sleep(pause)


class Killer:
    """Kills processes of a system with -9 and lets its supervisor start them again."""

    def __init__(self, system: RunningSystem, seed: int) -> None:
        self._system = system
        self._dice = random.Random(seed)
        self._stop = threading.Event()
        self._tending = threading.Thread(target=self._tend, daemon=True)
        self.kills: list[str] = []
        self._tending.start()

    def _tend(self) -> None:
        while not self._stop.wait(0.1):
            self._system.supervisor.tend()

    def kill_one(self) -> None:
        """Kill one process, or one of the web server's workers, after a moment of chance."""
        time.sleep(self._dice.uniform(0.05, 1.2))
        name = self._dice.choice(VICTIMS)
        child = next(c for c in self._system.supervisor.children if c.name == name)
        process = child.process
        if process is None or process.poll() is not None:
            return
        pid = process.pid
        workers = _children(pid)
        if name == "web" and workers and self._dice.random() < 0.5:
            pid = self._dice.choice(workers)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.kills.append(name)

    def stop(self) -> None:
        """Stop tending; the processes go on."""
        self._stop.set()
        self._tending.join()


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text(encoding="ascii").split()] if path.exists() else []
