"""Local chains as child processes: anvil for speed, ganache as the other implementation."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from web3 import HTTPProvider, Web3

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0


def anvil_binary() -> Path:
    """The binary inside the npm package: started itself, its pid is the one to stop."""
    found = sorted((ROOT / "node_modules" / "@foundry-rs").glob("anvil-*/bin/anvil*"))
    if not found:
        raise FileNotFoundError("anvil is not in node_modules: run `npm ci` first")
    return found[0]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def anvil(*options: str, hardfork: str = "paris") -> Iterator[Web3]:
    """A fresh anvil chain, by default under the rules the contracts are compiled for."""
    port = free_port()
    command = [str(anvil_binary()), "--port", str(port), "--hardfork", hardfork, "--silent", *options]
    with _running(command, port) as w3:
        yield w3


@contextlib.contextmanager
def ganache(*options: str) -> Iterator[Web3]:
    """A fresh ganache chain, started through npx from the installed package, offline."""
    npx = shutil.which("npx")
    if npx is None:
        raise FileNotFoundError("npx is missing: install Node 20 or newer")
    port = free_port()
    common = ["--server.port", str(port), "--chain.hardfork", "merge", "--wallet.deterministic"]
    limits = ["--miner.blockGasLimit", "30000000", "--logging.quiet"]
    with _running([npx, "--offline", "--no-install", "ganache", *common, *limits, *options], port) as w3:
        yield w3


@contextlib.contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[Web3]:
    # A group of its own: npx is a parent of the chain, and both have to go.
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        w3 = Web3(HTTPProvider(f"http://127.0.0.1:{port}", request_kwargs={"timeout": 120}))
        deadline = time.monotonic() + START_SECONDS
        while not w3.is_connected():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{Path(command[0]).name} did not start")
            time.sleep(0.05)
        yield w3
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
