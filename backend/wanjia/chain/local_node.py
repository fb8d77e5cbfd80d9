"""The embedded chain of one machine: an anvil process whose whole state is saved to a file, atomically.

anvil's own ``--state`` rewrites its file in place, so a kill can tear it. Here the state is asked for over
RPC and written beside the old file, synced and renamed: what is on disk is always one whole state. A kill
loses at most the time since the last save; the rest of the system treats the shorter chain as a
reorganisation.
"""

import ctypes
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests

from wanjia.paths import anvil_binary

CHAIN_ID = 20278
"""Chain id of the embedded chain (no public network uses it)."""
_START_SECONDS = 20
_PLENTY = 10**24
_PR_SET_PDEATHSIG = 1


class LocalNodeError(RuntimeError):
    """The embedded chain did not start or does not answer."""


def free_port() -> int:
    """Find a TCP port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def die_with_parent() -> None:
    """Ask Linux to kill this child when its parent dies, so that no orphan keeps a port or a file."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class LocalNode:
    """One embedded chain. ``genesis_time`` (UTC seconds) matters only when no state was saved before."""

    def __init__(
        self,
        state_file: Path,
        port: int,
        *,
        genesis_time: int | None = None,
        funded: Sequence[str] = (),
        gas_limit: int = 30_000_000,
    ) -> None:
        self.state_file = state_file
        self.port = port
        self.rpc_url = f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen[bytes] | None = None
        self._genesis_time = genesis_time
        self._funded = funded
        self._gas_limit = gas_limit
        self._saved_head = ""

    def start(self) -> None:
        """Start the chain from the saved state, or from genesis; returns when it answers.

        Raises ``LocalNodeError`` when the port is taken or the chain does not come up.
        """
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                raise LocalNodeError(f"port {self.port} is already in use: stop what runs there")
        command = [
            str(anvil_binary()),
            *("--host", "127.0.0.1", "--port", str(self.port), "--chain-id", str(CHAIN_ID)),
            *("--hardfork", "paris", "--gas-limit", str(self._gas_limit), "--accounts", "1", "--silent"),
        ]
        if self.state_file.exists():
            command += ["--load-state", str(self.state_file)]
        elif self._genesis_time is not None:
            command += ["--timestamp", str(self._genesis_time)]
        self.process = subprocess.Popen(  # noqa: S603  our own binary
            command,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us: the chain stops after its state is saved
            preexec_fn=die_with_parent,  # noqa: PLW1509  one prctl call, no locks
        )
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.rpc("eth_chainId")
                break
            except LocalNodeError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.kill()
                    raise LocalNodeError("the embedded chain did not start") from None
                time.sleep(0.03)
        for address in self._funded:
            self.rpc("anvil_setBalance", address, hex(_PLENTY))

    def rpc(self, method: str, *parameters: Any) -> Any:
        """Call one JSON-RPC method. Raises ``LocalNodeError`` for an error answer or none."""
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        try:
            answer = requests.post(self.rpc_url, json=body, timeout=60).json()
        except requests.RequestException as error:
            raise LocalNodeError(f"{method}: no answer ({type(error).__name__})") from None
        if "error" in answer:
            raise LocalNodeError(f"{method}: {answer['error'].get('message')}")
        return answer["result"]

    def head(self) -> tuple[int, int]:
        """Give number and time (UTC seconds) of the last block."""
        block = self.rpc("eth_getBlockByNumber", "latest", False)
        return int(block["number"], 16), int(block["timestamp"], 16)

    def mine(self, blocks: int = 1) -> None:
        """Add empty blocks."""
        self.rpc("anvil_mine", hex(blocks))

    def move_clock(self, to: int) -> None:
        """Mine a block whose time is ``to`` (UTC seconds, later than the last block's)."""
        self.rpc("evm_setNextBlockTimestamp", to)
        self.rpc("evm_mine")

    def save(self) -> bool:
        """Write the whole state when the head moved since the last save; tells whether it wrote."""
        head = self.rpc("eth_getBlockByNumber", "latest", False)["hash"]
        if head == self._saved_head:
            return False
        state = gzip.decompress(bytes.fromhex(self.rpc("anvil_dumpState").removeprefix("0x")))
        json.loads(state)  # never replace a good file by something that cannot be read back
        self.state_file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.state_file.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(state)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.state_file)
        self._saved_head = head
        return True

    def stop(self) -> None:
        """Save and stop."""
        try:
            if self.process is not None and self.process.poll() is None:
                self.save()
        finally:
            self.kill()

    def kill(self) -> None:
        """Stop at once (SIGKILL), saving nothing."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
        self._saved_head = ""
