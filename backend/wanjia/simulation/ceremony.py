"""Simulated trustees of a secret meeting: proposed, confirmed, each started as a process, until the keys are adopted."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wanjia.chain.signing import address_of
from wanjia.simulation.api import Api, OfficialDesk
from wanjia.simulation.clock import WorldClock
from wanjia.simulation.people import new_key

TRUSTEES, THRESHOLD = 3, 2
_CEREMONY_SECONDS = 300


class Ceremony:
    """The trustees of one meeting."""

    def __init__(self, url: str, slug: str, number: int, clock: WorldClock) -> None:
        self._url, self._slug, self._number, self._clock = url, slug, number, clock
        self._path = f"communities/{slug}/meetings/{number}"
        self._keys = [new_key() for _ in range(TRUSTEES)]

    def appoint(self, committee: OfficialDesk, supervisor: OfficialDesk) -> None:
        """Committee proposes, supervisor confirms."""
        accounts = [address_of(bytes.fromhex(key)) for key in self._keys]
        staff = f"/staff/{self._path}/trustees"
        committee.act(committee.api.post(f"{staff}/proposal", {"accounts": accounts, "threshold": THRESHOLD}))
        self._clock.settle()
        supervisor.act(supervisor.api.get(f"{staff}/confirmation"))
        self._clock.settle()

    @contextmanager
    def attended(self, environment: Mapping[str, str], logs: Path) -> Iterator[None]:
        """Run the trustees' processes meanwhile; what they complain of goes to ``logs``."""
        logs.mkdir(parents=True, exist_ok=True)
        running = []
        try:
            for number, key in enumerate(self._keys, start=1):
                command = [sys.executable, "-m", "wanjia.simulation.trustee", self._url, self._slug]
                with (logs / f"trustee{number}.log").open("w", encoding="utf-8") as log:
                    process = subprocess.Popen(  # noqa: S603  our own interpreter
                        [*command, str(self._number)],
                        stdin=subprocess.PIPE,
                        stdout=log,
                        stderr=log,
                        env=dict(environment),
                        text=True,
                    )
                running.append(process)
                if process.stdin is not None:
                    process.stdin.write(key + "\n")
                    process.stdin.flush()
            yield
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()

    def wait_complete(self) -> None:
        """Wait until every trustee has approved."""
        api = Api(self._url)

        def complete() -> bool:
            run = api.get(f"/{self._path}/trustees")["run"]
            return run is not None and run["step"] == "complete"

        self._clock.wait(complete, "the key ceremony did not end", _CEREMONY_SECONDS)

    def wait_adopted(self) -> None:
        """Wait until the meeting's keys are fixed; the system adopts them."""
        api = Api(self._url)
        self._clock.wait(
            lambda: api.get(f"/{self._path}")["keys"] is not None,
            "the keys were not adopted",
            _CEREMONY_SECONDS,
        )
