"""The world ``make run`` serves: 681 real flats, one finished meeting, one open now, one in its notice period.

The chain begins weeks ago and its clock is moved through the meetings until it is now.
"""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from rich.progress import Progress

from wanjia.roll.writing import to_csv
from wanjia.running import RunningSystem
from wanjia.sample.buildings import sample_entrances
from wanjia.sample.roll import sample_roll
from wanjia.simulation.api import Api, OfficialDesk
from wanjia.simulation.clock import DAY, HOUR, WorldClock
from wanjia.simulation.meeting import MeetingRun, Plan
from wanjia.simulation.people import Official, Voter, read_officials, save_officials
from wanjia.simulation.plans import FINISHED, IN_NOTICE, OPEN
from wanjia.simulation.visitors import save_visitors, visitors
from wanjia.simulation.world import Inhabited, inhabit, register

GENESIS_DAYS = 52
SLUG = "shougang"
SEED = 681
_UNREGISTERED = 24
"""Owners nobody simulates: visitors of the sample can register as them."""
_TURNOUT_FINISHED, _TURNOUT_OPEN = 0.82, 0.44


@dataclass(frozen=True, slots=True)
class SampleWorld:
    """What a visitor needs to know. Addresses are the contracts', log-ins are the demonstration's."""

    slug: str
    name: str
    registry: str
    open_meeting: int
    finished_meeting: int
    notice_meeting: int


def make_sample_world(system: RunningSystem, progress: Progress) -> SampleWorld:
    """Fill a fresh home whose chain began ``GENESIS_DAYS`` ago. Its stages must not run yet: this starts them."""
    now = int(time.time())
    entrances = sample_entrances()
    first = entrances[0]
    place = inhabit(
        system.settings,
        slug=SLUG,
        name=first.community,
        district=first.district,
        address=first.address,
        roll_file=to_csv(sample_roll(entrances, SEED), "zh"),
        seed="sample",
    )
    save_officials(officials_file(system.settings.home), [*place.officials.values(), place.operator])
    system.start_stages()
    simulated, left = _split(place)
    invited = visitors(system.settings, place.community, {voter.voter for voter in left})
    save_visitors(visitors_file(system.settings.home), invited)
    task = progress.add_task("登记业主", total=len(simulated))
    register(system.settings, place, simulated, lambda done: progress.update(task, completed=done))
    numbers = _hold_meetings(system, place, simulated, progress, now)
    world = SampleWorld(
        SLUG,
        first.community,
        place.community.registry_address,
        finished_meeting=numbers[0],
        open_meeting=numbers[1],
        notice_meeting=numbers[2],
    )
    _world_file(system.settings.home).write_text(json.dumps(asdict(world), indent=2), encoding="utf-8")
    return world


def _split(place: Inhabited) -> tuple[list[Voter], list[Voter]]:
    voters = sorted(place.voters, key=lambda voter: voter.area)
    step = len(voters) // _UNREGISTERED
    left = {voter.voter for voter in voters[:: max(step, 1)][:_UNREGISTERED]}
    return [v for v in place.voters if v.voter not in left], [v for v in place.voters if v.voter in left]


def _hold_meetings(
    system: RunningSystem, place: Inhabited, voters: list[Voter], progress: Progress, now: int
) -> list[int]:
    """Take three meetings through their periods in the order of time."""
    clock = WorldClock(system.node, Api(system.url))
    desks = {role: OfficialDesk(system.url, official) for role, official in place.officials.items()}
    first, second, third = (
        MeetingRun(system.url, SLUG, clock, desks["committee"], desks["supervisor"]) for _ in range(3)
    )
    steps = progress.add_task("召开三次会议", total=9)
    ballots = progress.add_task(
        "投票", total=int(len(voters) * _TURNOUT_FINISHED) + int(len(voters) * _TURNOUT_OPEN)
    )

    morning = now - (now - HOUR) % DAY  # the last 09:00 in Asia/Shanghai, 01:00 UTC

    def day(offset: float) -> int:
        return morning + int(offset * DAY)

    def prepare(run: MeetingRun, plan: Plan, convened: float, opens: float, closes: float) -> None:
        clock.move_to(day(convened))
        run.convene(plan, day(opens), day(closes))
        progress.advance(steps)
        clock.move_to(clock.now() + HOUR)
        run.consent()
        run.publish_roll()
        progress.advance(steps)

    def takers(share: float, parts: int) -> list[list[Voter]]:
        random = Random(f"sample {share}")  # noqa: S311  who of the simulated owners takes part
        chosen = random.sample(voters, int(len(voters) * share))
        return [chosen[part::parts] for part in range(parts)]

    def cast(run: MeetingRun, owners: list[Voter], at: float) -> None:
        clock.move_to(day(at))
        run.cast(owners, "sample", lambda: progress.advance(ballots))

    prepare(first, FINISHED, -50, -34, -24)
    clock.move_to(clock.now() + 7 * DAY + HOUR)
    first.seal_roll()
    for owners, at in zip(takers(_TURNOUT_FINISHED, 4), (-33.9, -31, -28, -25), strict=True):
        cast(first, owners, at)
    first.close(day(-24) + 1)
    progress.advance(steps)
    prepare(second, OPEN, -19, -3, 7)
    first.finish()
    progress.advance(steps)
    clock.move_to(day(-11))
    second.seal_roll()
    progress.advance(steps)
    early, late = takers(_TURNOUT_OPEN, 2)
    cast(second, early, -2.9)
    prepare(third, IN_NOTICE, -2, 14, 24)
    cast(second, late, -0.2)
    clock.move_to(int(time.time()))
    return [first.number, second.number, third.number]


def read_sample_world(home: Path) -> tuple[SampleWorld, dict[str, Official]] | None:
    """Read what ``make_sample_world`` left, or ``None`` when it did not finish."""
    if not _world_file(home).exists():
        return None
    world = SampleWorld(**json.loads(_world_file(home).read_text(encoding="utf-8")))
    return world, read_officials(officials_file(home))


def officials_file(home: Path) -> Path:
    """Where the demonstration log-ins are kept (mode 600)."""
    return home / "officials.json"


def visitors_file(home: Path) -> Path:
    """Where the details of owners a visitor can be are kept (mode 600)."""
    return home / "visitors.json"


def _world_file(home: Path) -> Path:
    return home / "sample-world.json"
