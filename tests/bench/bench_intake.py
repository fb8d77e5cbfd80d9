"""Ballots accepted a second by the real web server, beside a bare Flask JSON route under the same server."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import load
import requests

from open_world import OPERATOR, SLUG, prepare
from wanjia.chain.local_node import CHAIN_ID, free_port
from wanjia.db.base import Database, open_engine
from wanjia.db.migrate import upgrade

ROUNDS = 3
SERVER = ("--workers", "2", "--worker-class", "gthread", "--threads", "16", "--keep-alive", "15")


def run(ballots: int = 6_000) -> dict[str, Any]:
    """Give ballots and bare requests a second (medians of three rounds, in turn) and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared = prepare(folder, ballots)
        url = f"sqlite:///{folder / 'bench.db'}"
        upgrade(url)
        (folder / "chain").mkdir()
        world = prepared.start(folder / "chain", Database(open_engine(url)))
        world.index().catch_up()
        port, bare_port = free_port(), free_port()
        bodies = [_body(*world.ballot(voter)) for voter in prepared.owners]
        path = f"/api/communities/{SLUG}/meetings/1/ballots"
        mine = [load.request(path, f"127.0.0.1:{port}", body) for body in bodies]
        bare = [load.request("/bare", f"127.0.0.1:{bare_port}", body) for body in bodies]
        made = {
            "chain_id": CHAIN_ID,
            "forwarder": prepared.forwarder,
            "factory": prepared.forwarder,
        } | dict.fromkeys(
            (
                *("registry_implementation", "open_meeting_implementation", "notary_implementation"),
                *("secret_meeting_implementation", "trustee_board_implementation"),
            ),
            prepared.registry,
        )
        (folder / "deployment.json").write_text(json.dumps(made), encoding="utf-8")
        environment = {
            **os.environ,
            "WANJIA_HOME": name,
            "WANJIA_DATABASE_URL": url,
            "WANJIA_RPC_URL": world.node.rpc_url,
            "WANJIA_BIND": f"127.0.0.1:{port}",
            "WANJIA_OPERATOR_KEY": OPERATOR.key.hex(),
            "WANJIA_DATA_KEY": "11" * 32,
            "WANJIA_SESSION_KEY": "22" * 32,
            "PYTHONPATH": str(Path(__file__).parent),
        }
        try:
            with (
                _served("wanjia.web.wsgi:make()", port, environment),
                _served("bare_route:make()", bare_port, environment),
            ):
                load.fire(bare_port, bare[:400])
                found: dict[str, list[float]] = {"ballots": [], "bare": []}
                for part in range(ROUNDS):
                    found["bare"].append(load.fire(bare_port, bare[part::ROUNDS]))
                    found["ballots"].append(load.fire(port, mine[part::ROUNDS]))
        finally:
            world.node.kill()
            world.database.engine.dispose()
    accepted, plain = statistics.median(found["ballots"]), statistics.median(found["bare"])
    return {
        "ballots": ballots,
        "ballots_per_second": accepted,
        "bare_per_second": plain,
        "ratio": accepted / plain,
    }


def _body(voter: int, packed: int, signature: bytes) -> bytes:
    return json.dumps({"voter": voter, "choices": str(packed), "signature": "0x" + signature.hex()}).encode()


@contextmanager
def _served(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *SERVER]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    requests.get(f"http://127.0.0.1:{port}/api/health", timeout=2)
                    break
                except requests.RequestException:
                    if time.monotonic() > deadline or server.poll() is not None:
                        raise RuntimeError(f"{application} did not come up") from None
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
