"""The world ``make run`` serves: 681 real flats and the meetings of ``sample_meetings``."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.progress import Progress

from wanjia.roll.writing import to_csv
from wanjia.running import RunningSystem
from wanjia.sample.buildings import sample_entrances
from wanjia.sample.roll import sample_roll
from wanjia.simulation.deliberating import deliberate
from wanjia.simulation.people import Official, Voter, read_officials, save_officials
from wanjia.simulation.sample_meetings import SampleMeetings
from wanjia.simulation.visitors import save_visitors, visitors
from wanjia.simulation.world import Inhabited, inhabit, register

GENESIS_DAYS = 52
SLUG = "shougang"
SEED = 681
_UNREGISTERED = 48
"""Owners nobody simulates: visitors of the sample can register as them."""


@dataclass(frozen=True, slots=True)
class SampleWorld:
    """What a visitor needs to know. Addresses are the contracts', log-ins are the demonstration's."""

    slug: str
    name: str
    registry: str
    open_meeting: int
    finished_meeting: int
    notice_meeting: int
    secret_meeting: int | None = None
    """A secret meeting open for ballots; homes made before there were any have none."""
    secret_finished_meeting: int | None = None


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
    meetings = SampleMeetings(system, place, simulated, progress, now)
    meetings.hold()
    persons = [each.voter for each in invited if each.kind == "person" and each.entrance.isdigit()]
    grid = deliberate(system.settings, place.community, int(time.time()), persons[0] if persons else None)
    save_officials(grid_file(system.settings.home), grid)
    world = SampleWorld(
        SLUG,
        first.community,
        place.community.registry_address,
        finished_meeting=meetings.finished.number,
        open_meeting=meetings.open.number,
        notice_meeting=meetings.in_notice.number,
        secret_meeting=meetings.secret.number,
        secret_finished_meeting=meetings.secret_finished.number,
    )
    _world_file(system.settings.home).write_text(json.dumps(asdict(world), indent=2), encoding="utf-8")
    return world


def _split(place: Inhabited) -> tuple[list[Voter], list[Voter]]:
    voters = sorted(place.voters, key=lambda voter: voter.area)
    step = len(voters) // _UNREGISTERED
    left = {voter.voter for voter in voters[:: max(step, 1)][:_UNREGISTERED]}
    return [v for v in place.voters if v.voter not in left], [v for v in place.voters if v.voter in left]


def read_sample_world(home: Path) -> tuple[SampleWorld, dict[str, Official]] | None:
    """Read what ``make_sample_world`` left, or ``None`` when it did not finish."""
    if not _world_file(home).exists():
        return None
    world = SampleWorld(**json.loads(_world_file(home).read_text(encoding="utf-8")))
    return world, read_officials(officials_file(home))


def officials_file(home: Path) -> Path:
    """Where the demonstration log-ins are kept (mode 600)."""
    return home / "officials.json"


def grid_file(home: Path) -> Path:
    """Where the log-ins of the sample's grid are kept (mode 600): several may have one role."""
    return home / "grid.json"


def visitors_file(home: Path) -> Path:
    """Where the details of owners a visitor can be are kept (mode 600)."""
    return home / "visitors.json"


def _world_file(home: Path) -> Path:
    return home / "sample-world.json"
