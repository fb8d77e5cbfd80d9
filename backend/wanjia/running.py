"""A whole system on this machine: the processes of ``wanjia up`` and waiting until they answer."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import requests

from wanjia.chain.local_node import LocalNode
from wanjia.chain.process import embedded_node
from wanjia.config import NAMES, Settings, load_settings
from wanjia.db.migrate import upgrade
from wanjia.secrets_file import make_home
from wanjia.stages import STAGES
from wanjia.supervisor import Supervisor

_POLL = 0.1


class NotServing(RuntimeError):
    """A process did not come up in time; the text names it and its log."""


class RunningSystem:
    """Starts the processes of one home folder. ``environment`` overrides the process environment.

    With ``apart`` no setting comes from the process environment: a simulation must not reach a database,
    chain or key that somebody named there.
    """

    def __init__(self, home: Path, environment: dict[str, str], *, apart: bool = False) -> None:
        outside = {name: value for name, value in os.environ.items() if not (apart and name in NAMES)}
        self.environment = {**outside, **environment, "WANJIA_HOME": str(home)}
        make_home(home)
        self.settings: Settings = load_settings(self.environment)
        upgrade(self.settings.database_url)
        self.supervisor = Supervisor(home, self.environment)

    @property
    def node(self) -> LocalNode:
        """The embedded chain, to be asked over RPC; it runs in its own process."""
        return embedded_node(self.settings)

    @property
    def url(self) -> str:
        """Where the web server listens."""
        scheme = "http" if self.settings.certificates is None else "https"
        return f"{scheme}://{self.settings.bind}"

    def start_chain(self, genesis: int | None = None) -> None:
        """Start the embedded chain and wait until it answers."""
        # a chain that starts again has a saved state, which outweighs the genesis time
        self.supervisor.start("chain", *(() if genesis is None else (str(genesis),)))
        node = self.node
        self._wait("chain", lambda: requests.post(node.rpc_url, json=_CHAIN_ID, timeout=5).ok)

    def start_stages(self) -> None:
        """Start web, relay, index and steward, and wait until the web server answers."""
        for stage in STAGES:
            self.supervisor.start(stage)
        # any answer will do: what is not well yet is the health page's to say
        self._wait("web", lambda: bool(self._ask("/api/health").status_code))

    def _ask(self, path: str) -> requests.Response:
        folder = self.settings.certificates
        with requests.Session() as session:
            session.trust_env = False  # no proxy stands between this machine and itself
            trusted = True if folder is None else str(folder / "authority.crt")
            return session.get(self.url + path, timeout=5, verify=trusted)

    def _wait(self, name: str, ready: Callable[[], bool], seconds: float = 180) -> None:
        deadline = time.monotonic() + seconds
        while True:
            self.supervisor.tend()
            try:
                if ready():
                    return
            except requests.RequestException:
                pass
            if time.monotonic() > deadline:
                log = self.settings.home / "logs" / f"{name}.log"
                raise NotServing(f"{name} did not come up within {seconds:.0f} s; see {log}")
            time.sleep(_POLL)


_CHAIN_ID = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
