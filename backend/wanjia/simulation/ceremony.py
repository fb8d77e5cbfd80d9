"""The trustees of a secret meeting, simulated: seated, proposed, confirmed, at work beside everything else until keys are adopted."""

import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from wanjia.chain.eip712 import trustee_seat_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.simulation.api import Api, OfficialDesk
from wanjia.simulation.clock import WorldClock
from wanjia.simulation.people import new_key
from wanjia.simulation.trustee import Trustee, attend

T = TypeVar("T", bound=Trustee)
THRESHOLD = 2
OFFICES = ("业主委员会", "居民委员会", "抽签业主")
"""Who holds the keys of a simulated meeting where nothing else is said."""
_CEREMONY_SECONDS = 300


class Ceremony:
    """The trustees of one meeting, an office each, counted from 1."""

    def __init__(
        self,
        url: str,
        slug: str,
        number: int,
        clock: WorldClock,
        offices: Sequence[str] = OFFICES,
        threshold: int = THRESHOLD,
    ) -> None:
        self._url, self._slug, self._number, self._clock = url, slug, number, clock
        self._path = f"communities/{slug}/meetings/{number}"
        self._offices, self._threshold = offices, threshold
        self._keys = [bytes.fromhex(new_key()) for _ in offices]
        self.trustees = [Trustee(url, slug, number, key) for key in self._keys]

    def put(self, seat: int, kind: type[T]) -> T:
        """Let a trustee of another kind hold the key of a seat; give it."""
        trustee = kind(self._url, self._slug, self._number, self._keys[seat - 1])
        self.trustees[seat - 1] = trustee
        return trustee

    def appoint(self, committee: OfficialDesk, supervisor: OfficialDesk) -> None:
        """Every trustee takes a seat; the committee proposes who sits there, the supervisor confirms."""
        tokens = self.invite(committee)
        for seat, token in tokens.items():
            self.take_seat(seat, token)
        self.confirm(committee, supervisor)

    def invite(self, committee: OfficialDesk) -> dict[int, str]:
        """The committee sets the seats; gives each one's invitation."""
        set_to = {"threshold": self._threshold, "labels": list(self._offices)}
        seats = committee.api.put(f"/staff/{self._path}/trustees/seats", set_to)["seats"]
        return {each["seat"]: each["token"] for each in seats}

    def take_seat(self, seat: int, token: str) -> None:
        """The simulated trustee of this seat joins."""
        api, key = Api(self._url), self._keys[seat - 1]
        board = api.get(f"/{self._path}/trustees")
        account = address_of(key)
        digest = trustee_seat_digest(board["chain_id"], board["board"], self._number, seat, account)
        signed = "0x" + sign_digest(key, digest).hex()
        body = {"token": token, "account": account, "signature": signed}
        api.post(f"/{self._path}/trustees/seats", body)

    def confirm(self, committee: OfficialDesk, supervisor: OfficialDesk) -> None:
        """Propose the accounts of the seats, whoever holds them, and confirm: a run begins."""
        seats = committee.api.get(f"/{self._path}/trustees")["seats"]
        accounts = [each["account"] for each in seats]
        staff = f"/staff/{self._path}/trustees"
        proposal = {"accounts": accounts, "threshold": self._threshold}
        committee.act(committee.api.post(f"{staff}/proposal", proposal))
        self._clock.settle()
        supervisor.act(supervisor.api.get(f"{staff}/confirmation"))
        self._clock.settle()

    @contextmanager
    def attended(self, environment: Mapping[str, str], logs: Path) -> Iterator[None]:
        """Run the trustees as processes meanwhile, each alone with its secrets; what they complain of goes to ``logs``."""
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
                    process.stdin.write(key.hex() + "\n")
                    process.stdin.flush()
            yield
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()

    @contextmanager
    def beside(self, seats: Collection[int] = ()) -> Iterator[None]:
        """Let the trustees of some seats, or of all, take their turns in this process meanwhile; they keep their secrets."""
        stop = threading.Event()
        threads = [
            threading.Thread(target=attend, args=(trustee, stop), daemon=True)
            for seat, trustee in enumerate(self.trustees, start=1)
            if seat in seats or not seats
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

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
