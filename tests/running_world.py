"""A whole running system for tests: real processes, a community that is not the sample, one meeting open."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.progress import Progress

from wanjia.chain.local_node import free_port
from wanjia.roll.writing import to_csv
from wanjia.running import RunningSystem
from wanjia.sample.buildings import Entrance, entrances_of, read_buildings
from wanjia.sample.roll import sample_roll
from wanjia.simulation import sample_world
from wanjia.simulation.api import Api, OfficialDesk
from wanjia.simulation.clock import DAY, HOUR, WorldClock
from wanjia.simulation.meeting import MeetingRun, Plan
from wanjia.simulation.plans import OPEN
from wanjia.simulation.visitors import Visitor, read_visitors, visitors
from wanjia.simulation.world import Inhabited, inhabit

SLUG = "other"
GENESIS_DAYS = 40


@dataclass
class RunningWorld:
    """What tests drive: addresses, people, the clock and the meeting under way."""

    system: RunningSystem
    place: Inhabited
    clock: WorldClock
    committee: OfficialDesk
    supervisor: OfficialDesk

    @property
    def url(self) -> str:
        """Address of the site."""
        return self.system.url

    @property
    def slug(self) -> str:
        """The community's name in addresses."""
        return SLUG

    def owners(self) -> list[Visitor]:
        """Every owner who can register, with what they would type."""
        return visitors(
            self.system.settings, self.place.community, {voter.voter for voter in self.place.voters}
        )

    def outbox(self) -> list[dict[str, Any]]:
        """Messages the development sender kept, the newest first."""
        messages: list[dict[str, Any]] = Api(self.url).get("/dev/outbox")
        return messages

    def new_meeting(self) -> MeetingRun:
        """A meeting nobody convened yet."""
        return MeetingRun(self.url, SLUG, self.clock, self.committee, self.supervisor)

    def open_meeting(self, plan: Plan = OPEN) -> MeetingRun:
        """Take a new meeting to its opening; chain time moves on by 16 days."""
        run = self.new_meeting()
        opens_at = self.clock.now() + 16 * DAY
        run.convene(plan, opens_at, opens_at + 10 * DAY)
        run.consent()
        run.publish_roll()
        self.clock.move_to(self.clock.now() + 7 * DAY + 1)
        run.seal_roll()
        self.clock.move_to(opens_at + HOUR)
        return run


def other_entrances(name: str = "青云台小区") -> list[Entrance]:
    """Entrances of a community that does not ship as the sample."""
    text = (Path(__file__).parent / "fixtures" / "buildings_other.csv").read_text(encoding="utf-8")
    return entrances_of(read_buildings(text), name)


@contextmanager
def running_world(
    home: Path,
    environment: dict[str, str] | None = None,
    genesis_days: float = GENESIS_DAYS,
    entrances: Sequence[Entrance] = (),
) -> Iterator[RunningWorld]:
    """Start every process on free ports in ``home``; stop them at the end. The chain began days ago.

    The community is that of ``entrances``, else the other one of these tests.
    """
    system = RunningSystem(
        home,
        {
            "WANJIA_BIND": f"127.0.0.1:{free_port()}",
            "WANJIA_RPC_URL": f"http://127.0.0.1:{free_port()}",
            "WANJIA_OUTBOX_PAGE": "1",
            **(environment or {}),
        },
    )
    try:
        system.start_chain(int(time.time() - genesis_days * DAY))
        entrances = entrances or other_entrances()
        first = entrances[0]
        place = inhabit(
            system.settings,
            slug=SLUG,
            name=first.community,
            district=first.district,
            address=first.address,
            roll_file=to_csv(sample_roll(list(entrances), 7), "zh"),
            seed="tests",
        )
        system.start_stages()
        desks = {role: OfficialDesk(system.url, official) for role, official in place.officials.items()}
        clock = WorldClock(system.node, Api(system.url))
        yield RunningWorld(system, place, clock, desks["committee"], desks["supervisor"])
    finally:
        system.supervisor.stop()


@dataclass
class SampleRunning:
    """The world ``make run`` serves, with the owners a visitor can be."""

    system: RunningSystem
    url: str
    slug: str
    open_meeting: int
    finished_meeting: int
    notice_meeting: int
    secret_meeting: int
    secret_finished_meeting: int
    owners: list[Visitor]

    def outbox(self) -> list[dict[str, Any]]:
        """Messages the development sender kept, the newest first."""
        messages: list[dict[str, Any]] = Api(self.url).get("/dev/outbox")
        return messages


@contextmanager
def sample_running(home: Path) -> Iterator[SampleRunning]:
    """Make and serve the sample world in ``home`` on free ports."""
    system = RunningSystem(
        home,
        {
            "WANJIA_BIND": f"127.0.0.1:{free_port()}",
            "WANJIA_RPC_URL": f"http://127.0.0.1:{free_port()}",
            "WANJIA_OUTBOX_PAGE": "1",
        },
    )
    try:
        system.start_chain(int(time.time()) - sample_world.GENESIS_DAYS * DAY)
        with Progress(disable=True) as progress:
            made = sample_world.make_sample_world(system, progress)
        assert made.secret_meeting is not None
        assert made.secret_finished_meeting is not None
        yield SampleRunning(
            system,
            system.url,
            made.slug,
            made.open_meeting,
            made.finished_meeting,
            made.notice_meeting,
            made.secret_meeting,
            made.secret_finished_meeting,
            read_visitors(sample_world.visitors_file(home)),
        )
    finally:
        system.supervisor.stop()
