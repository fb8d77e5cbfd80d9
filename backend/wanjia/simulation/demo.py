"""``wanjia demo`` and ``wanjia simulate``: a whole meeting by itself, in a home of its own, then its audit."""

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rich.progress import Progress

from wanjia.chain.local_node import free_port
from wanjia.config import SETTINGS_FILE
from wanjia.domain.counting import Weight
from wanjia.roll.writing import to_csv
from wanjia.running import RunningSystem
from wanjia.sample.buildings import Entrance
from wanjia.sample.roll import sample_roll
from wanjia.simulation.api import Api, OfficialDesk
from wanjia.simulation.casting import CastLog
from wanjia.simulation.ceremony import Ceremony
from wanjia.simulation.clock import DAY, HOUR, WorldClock
from wanjia.simulation.meeting import MeetingRun, Plan
from wanjia.simulation.people import save_officials
from wanjia.simulation.recount import Recount, recount
from wanjia.simulation.world import Inhabited, inhabit, register

GENESIS_DAYS = 36
_MARK = "simulation-home"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a simulated meeting."""

    url: str
    registry: str
    rpc_url: str
    result: dict[str, Any]
    """The result page's figures, as the API gives them."""
    recounted: Recount
    audit: dict[str, Any]
    """The audit's own JSON."""
    ballots: int
    seconds: dict[str, float]
    """How long each stage took."""
    hand_in_ms: dict[str, float]
    """Median and 99th percentile of handing in one ballot."""

    @property
    def counted_alike(self) -> bool:
        """Tell whether the contract and the plain recount say the same."""
        part = self.result["part"]
        sides = zip(self.recounted.in_favour, self.recounted.against, self.recounted.decisions, strict=True)
        return all(
            _fits(motion, "in_favour", in_favour)
            and _fits(motion, "against", against)
            and motion["passed"] is decision.passed
            for motion, (in_favour, against, decision) in zip(self.result["motions"], sides, strict=True)
        ) and (part["area"], part["heads"]) == (self.recounted.part.area, self.recounted.part.heads)

    @property
    def agree(self) -> bool:
        """Tell whether contract, index, audit and the plain recount say the same."""
        return bool(self.audit["ok"]) and self.counted_alike


def _fits(motion: dict[str, Any], side: str, counted: Weight) -> bool:
    """Tell whether a sum is what was counted; of a secret ballot the area lies between its two ends."""
    ends = motion[f"{side}_area"] or {"lower": motion[side]["area"], "upper": motion[side]["area"]}
    lower, upper = int(ends["lower"]), int(ends["upper"])
    return counted.heads == int(motion[side]["heads"]) and lower <= counted.area <= upper


class Stopwatch:
    """Notes how long each stage takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        """End the stage ``name``."""
        now = time.perf_counter()
        self.seconds[name] = now - self._since
        self._since = now


def fresh_home(home: Path) -> RunningSystem:
    """Make an empty home for a simulation; one made by an earlier simulation is removed.

    Raises ``FileExistsError`` for a folder that holds anything else.
    """
    if home.exists() and any(home.iterdir()):
        if not (home / _MARK).exists():
            raise FileExistsError(f"{home} holds something else; name another folder")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / _MARK).touch()
    (home / SETTINGS_FILE).write_text(
        f"WANJIA_BIND=127.0.0.1:{free_port()}\n"
        f"WANJIA_RPC_URL=http://127.0.0.1:{free_port()}\n"
        "WANJIA_OUTBOX_PAGE=1\n",
        encoding="utf-8",
    )
    return RunningSystem(home, {}, apart=True)


def hold_meeting(
    system: RunningSystem,
    progress: Progress,
    entrances: Sequence[Entrance],
    plan: Plan,
    *,
    turnout: float,
    seed: int,
    most_ballots: int | None = None,
) -> Outcome:
    """Hold one meeting of the community of ``entrances`` from its roll to its final result, then audit it."""
    watch = Stopwatch()
    system.start_chain(int(time.time()) - GENESIS_DAYS * DAY)
    first = entrances[0]
    rows = sample_roll(list(entrances), seed)
    place = inhabit(
        system.settings,
        slug="demo",
        name=first.community,
        district=first.district,
        address=first.address,
        roll_file=to_csv(rows, "zh"),
        seed=str(seed),
    )
    save_officials(system.settings.home / "officials.json", [*place.officials.values(), place.operator])
    system.start_stages()
    watch.lap("set up")
    takers = Random(seed).sample(place.voters, int(len(place.voters) * turnout))[:most_ballots]  # noqa: S311
    task = progress.add_task("登记业主", total=len(takers))
    register(system.settings, place, takers, lambda done: progress.update(task, completed=done))
    watch.lap("register")
    with ExitStack() as processes:
        run, log = _through_the_periods(system, place, plan, progress, takers, str(seed), watch, processes)
    result = run.finish()
    watch.lap("declare and finalize")
    audit = _audit(system, place, run.number, progress)
    watch.lap("audit")
    return Outcome(
        url=f"{system.url}/c/demo/m/{run.number}/result",
        registry=place.community.registry_address,
        rpc_url=system.settings.rpc_url,
        result=result,
        recounted=recount(
            {voter.voter: voter.area for voter in place.voters},
            log.choices,
            [motion["matter"] for motion in plan.motions],
        ),
        audit=audit,
        ballots=len(log.receipts),
        seconds=watch.seconds,
        hand_in_ms=_percentiles(log.seconds),
    )


def _through_the_periods(
    system: RunningSystem,
    place: Inhabited,
    plan: Plan,
    progress: Progress,
    takers: list[Any],
    seed: str,
    watch: Stopwatch,
    processes: ExitStack,
) -> tuple[MeetingRun, CastLog]:
    clock = WorldClock(system.node, Api(system.url))
    desks = {role: OfficialDesk(system.url, official) for role, official in place.officials.items()}
    run = MeetingRun(system.url, "demo", clock, desks["committee"], desks["supervisor"])
    steps = progress.add_task("召集、同意、公布并封存名册", total=4)
    start = clock.now()
    opens_at, closes_at = start + 16 * DAY, start + 26 * DAY
    run.convene(plan, opens_at, closes_at)
    progress.advance(steps)
    clock.move_to(clock.now() + HOUR)
    run.consent()
    progress.advance(steps)
    if plan.ballots == "secret":
        ceremony = Ceremony(system.url, "demo", run.number, clock)
        ceremony.appoint(desks["committee"], desks["supervisor"])
        processes.enter_context(ceremony.attended(system.environment, system.settings.home / "log"))
        ceremony.wait_complete()
        watch.lap("trustees' key ceremony")
    run.publish_roll()
    progress.advance(steps)
    clock.move_to(clock.now() + 7 * DAY + 1)
    run.seal_roll()
    progress.advance(steps)
    if plan.ballots == "secret":
        ceremony.wait_adopted()
    clock.move_to(opens_at + HOUR)
    watch.lap("convene, consent, publish and seal")
    ballots = progress.add_task("投票并上链", total=len(takers))
    log = run.cast(takers, seed, lambda: progress.advance(ballots))
    watch.lap("cast and record")
    run.close(closes_at + 1)
    if plan.ballots == "secret":
        watch.lap("seal, decrypt and declare")
    return run, log


def _audit(system: RunningSystem, place: Inhabited, number: int, progress: Progress) -> dict[str, Any]:
    task = progress.add_task("从链上独立审计", total=None)
    command = [
        *(sys.executable, "-m", "wanjia", "audit", "--json", "--rpc", system.settings.rpc_url),
        *("--registry", place.community.registry_address, "--meeting", str(number)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=system.environment, check=False)  # noqa: S603
    progress.update(task, total=1, completed=1)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _percentiles(seconds: Sequence[float]) -> dict[str, float]:
    if len(seconds) < 2:  # noqa: PLR2004  quantiles need two
        return {}
    cuts = statistics.quantiles(seconds, n=100)
    return {"median": 1000 * statistics.median(seconds), "p99": 1000 * cuts[98]}
