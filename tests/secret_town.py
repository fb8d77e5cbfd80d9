"""A small town for trustees: a running system on PostgreSQL whose secret meetings wait in their notice period.

Real browsers take some seats, simulated trustees the others. One system serves every test of the session, each with
meetings of its own; chain time only moves forward, so a test that needs a meeting convenes it (two seconds).
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from running_world import SLUG, RunningWorld, running_world
from wanjia.running import RunningSystem
from wanjia.simulation.api import Api
from wanjia.simulation.casting import CastLog
from wanjia.simulation.ceremony import OFFICES, THRESHOLD, Ceremony
from wanjia.simulation.clock import DAY, HOUR
from wanjia.simulation.meeting import MeetingRun, Plan
from wanjia.simulation.people import Voter
from wanjia.simulation.plans import OPEN
from wanjia.simulation.secret_casting import cast_chosen, cast_secretly
from wanjia.simulation.synthetic import towers
from wanjia.simulation.world import register

PLAN = replace(OPEN, motions=OPEN.motions[1:3], leans=[0.75, 0.85], ballots="secret", documents=())
"""One motion in a group with a cap, and one that stands alone."""
_FLATS = 72
_GENESIS_DAYS = 400
"""So long ago that many meetings fit between it and now."""


@dataclass
class SecretMeetingRun:
    """One secret meeting: convened and consented to, in Notice, its seats free."""

    world: RunningWorld
    run: MeetingRun
    ceremony: Ceremony
    opens_at: int
    closes_at: int
    invitations: dict[int, str] = field(default_factory=dict)
    """Each seat's token, from 1."""
    roll_is_sealed: bool = False

    @property
    def number(self) -> int:
        """The meeting's number."""
        return self.run.number

    @property
    def path(self) -> str:
        """The meeting in addresses of pages and, with ``/api/communities`` for ``/c``, of the API."""
        return f"/c/{SLUG}/m/{self.number}"

    def trustee_page(self, seat: int) -> str:
        """Address a trustee is invited to."""
        return f"{self.world.url}{self.path}/trustee#{self.invitations[seat]}"

    def detail(self) -> dict[str, Any]:
        """The meeting as the API gives it."""
        return self.run.detail()

    def board(self) -> dict[str, Any]:
        """The trustees' board as the API gives it."""
        board: dict[str, Any] = Api(self.world.url).get(
            f"/communities/{SLUG}/meetings/{self.number}/trustees"
        )
        return board

    def invite(self) -> dict[int, str]:
        """The committee sets the seats; gives their invitations."""
        self.invitations = self.ceremony.invite(self.world.committee)
        return self.invitations

    def seat_simulated(self, *seats: int) -> None:
        """Let simulated trustees take these seats, or every one."""
        for seat in seats or self.invitations:
            self.ceremony.take_seat(seat, self.invitations[seat])

    def confirm(self) -> None:
        """Propose and confirm who sits on the seats, browsers or simulated: the first run begins."""
        self.ceremony.confirm(self.world.committee, self.world.supervisor)

    def beside(self, *seats: int) -> AbstractContextManager[None]:
        """Let the simulated trustees of these seats, or of all, act meanwhile: ceremony and decryption."""
        return self.ceremony.beside(seats)

    def make_keys(self) -> None:
        """Seat, confirm and lead simulated trustees on every seat through the whole ceremony."""
        self.invite()
        self.seat_simulated()
        self.confirm()
        with self.beside():
            self.ceremony.wait_complete()

    def seal_roll(self) -> None:
        """Publish and seal the roll; chain time moves on by seven days."""
        self.run.publish_roll()
        self.world.clock.move_to(self.world.clock.now() + 7 * DAY + 1)
        self.run.seal_roll()
        self.roll_is_sealed = True

    def open(self) -> None:
        """Seal the roll if it is not, wait for the keys' adoption and move to the opening."""
        if not self.roll_is_sealed:
            self.seal_roll()
        self.ceremony.wait_adopted()
        self.world.clock.move_to(self.opens_at + HOUR)

    def quorum(self) -> list[Voter]:
        """As many owners, the largest first, as a quorum needs and some more."""
        voters = sorted(self.world.place.voters, key=lambda voter: -voter.area)
        return voters[: len(voters) * 3 // 4]

    def cast(self, voters: Sequence[Voter] | None = None) -> CastLog:
        """Let these owners, or a quorum of them, cast; returns when all are on the chain."""
        voters = self.quorum() if voters is None else voters
        log = cast_secretly(self.world.url, SLUG, self.number, voters, PLAN.leans, "secret town")
        self.run.wait_recorded(log)
        return log

    def cast_chosen(self, chosen: Mapping[Voter, int]) -> CastLog:
        """Let owners cast what they chose, packed; returns when all have receipts."""
        return cast_chosen(self.world.url, SLUG, self.number, chosen)

    def seal(self) -> None:
        """Let the close pass and wait until the sums are sealed and wait for shares."""
        self.world.clock.move_to(self.closes_at + 1)
        self.world.clock.wait(lambda: self.board()["stage"] is not None, "the sums were not sealed")

    def decrypt(self, *seats: int) -> None:
        """Let the simulated trustees of these seats, or of all, open every sum; returns when the result is declared."""
        with self.beside(*seats):
            self.run.wait_declared()

    def result(self) -> dict[str, Any]:
        """The result page's figures."""
        result: dict[str, Any] = Api(self.world.url).get(f"/communities/{SLUG}/meetings/{self.number}/result")
        return result


@dataclass
class SecretTown:
    """The running system: 65 owners, all registered, none of them simulated as trustees."""

    world: RunningWorld

    @property
    def url(self) -> str:
        """Address of the site."""
        return self.world.url

    def convene(
        self,
        plan: Plan = PLAN,
        offices: Sequence[str] = OFFICES,
        threshold: int = THRESHOLD,
        opens_in: int = 16 * DAY,
    ) -> SecretMeetingRun:
        """A new secret meeting in Notice, its trustees' seats not set yet."""
        (meeting,) = self.convene_beside(1, plan, offices, threshold, opens_in)
        return meeting

    def convene_beside(
        self,
        meetings: int,
        plan: Plan = PLAN,
        offices: Sequence[str] = OFFICES,
        threshold: int = THRESHOLD,
        opens_in: int = 16 * DAY,
    ) -> list[SecretMeetingRun]:
        """Several of one plan, a minute apart, so that one move of the clock serves them all."""
        opens_at = self.world.clock.now() + opens_in
        return [self._convene(plan, offices, threshold, opens_at + 60 * at) for at in range(meetings)]

    def _convene(self, plan: Plan, offices: Sequence[str], threshold: int, opens_at: int) -> SecretMeetingRun:
        run = self.world.new_meeting()
        run.convene(plan, opens_at, opens_at + 10 * DAY)
        run.consent()
        ceremony = Ceremony(self.url, SLUG, run.number, self.world.clock, offices, threshold)
        return SecretMeetingRun(self.world, run, ceremony, opens_at, opens_at + 10 * DAY)


@contextmanager
def secret_town(home: Path, database_url: str) -> Iterator[SecretTown]:
    """Start the system in ``home`` over a fresh database; stop it at the end."""
    environment = {"WANJIA_DATABASE_URL": database_url}
    with running_world(home, environment, _GENESIS_DAYS, towers(_FLATS)) as world, _tended(world.system):
        register(world.system.settings, world.place, world.place.voters)
        yield SecretTown(world)


@contextmanager
def _tended(system: RunningSystem) -> Iterator[None]:
    """Start again what dies, as ``wanjia up`` does. What a thread starts dies with it: it has to outlive every test."""
    stop = threading.Event()

    def tend() -> None:
        while not stop.wait(0.1):
            system.supervisor.tend()

    thread = threading.Thread(target=tend, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
