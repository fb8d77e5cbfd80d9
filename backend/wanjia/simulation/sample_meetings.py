"""The meetings of the sample world: one finished and one open of each kind of ballot, and one in its notice period.

The chain begins weeks ago and its clock is moved through the meetings until it is now. The trustees of the secret ones are
simulated in this process and keep nothing: what is still open when it ends waits for trustees that do not exist.
"""

import time
from random import Random

from rich.progress import Progress

from wanjia.db.base import Database, open_engine
from wanjia.roll.service import areas
from wanjia.running import RunningSystem
from wanjia.simulation.api import Api, OfficialDesk
from wanjia.simulation.ceremony import Ceremony
from wanjia.simulation.clock import DAY, HOUR, WorldClock
from wanjia.simulation.meeting import MeetingRun, Plan
from wanjia.simulation.people import Voter
from wanjia.simulation.plans import FINISHED, IN_NOTICE, OPEN, SECRET_FINISHED, SECRET_OPEN
from wanjia.simulation.world import Inhabited

_OFFICES = ("业主委员会", "居民委员会", "街道办事处", "监事", "抽签业主")
_TURNOUT_FINISHED, _TURNOUT_OPEN, _TURNOUT_BUILDING = 0.82, 0.44, 0.9
_SECRET_BALLOTS = 40


class SampleMeetings:
    """Takes the meetings through their periods in the order of time."""

    def __init__(
        self, system: RunningSystem, place: Inhabited, voters: list[Voter], progress: Progress, now: int
    ) -> None:
        self._settings, self._place, self._voters, self._progress = system.settings, place, voters, progress
        self._url, self._slug = system.url, place.community.slug
        self._clock = WorldClock(system.node, Api(system.url))
        desks = {role: OfficialDesk(system.url, official) for role, official in place.officials.items()}
        self._committee, self._supervisor = desks["committee"], desks["supervisor"]
        self._morning = now - (now - HOUR) % DAY  # the last 09:00 in Asia/Shanghai, 01:00 UTC
        self.finished, self.open, self.in_notice = self._run(), self._run(), self._run()
        self.secret_finished, self.secret = self._run(), self._run()
        building = self._in_scope(SECRET_FINISHED.scope)
        self._building = _part(building, int(len(building) * _TURNOUT_BUILDING), "building")
        self._early, self._late = self._takers(_TURNOUT_OPEN, 2)
        self._secretly = _part(voters, _SECRET_BALLOTS, "secret")
        self._finishers = self._takers(_TURNOUT_FINISHED, 4)
        casts = [*self._finishers, self._building, self._early, self._late, self._secretly]
        self._steps = progress.add_task("召开五次会议", total=14)
        self._ballots = progress.add_task("投票", total=sum(map(len, casts)))

    def hold(self) -> None:
        """Hold them all; afterwards the chain's clock is now."""
        self._hold_the_finished()
        self._prepare(self.open, OPEN, -19, -3, 7)
        self._prepare_secret(self.secret, SECRET_OPEN, -18.8, -2.5, 8, (_OFFICES, 3))
        self.finished.finish()
        self.secret_finished.wait_final()
        self._step(2)
        self._clock.move_to(self._day(-11))
        self.open.seal_roll()
        self.secret.seal_roll()
        self._step(2)
        self._cast(self.open, self._early, -2.9)
        self._cast(self.secret, self._secretly, -2.4)
        self._prepare(self.in_notice, IN_NOTICE, -2, 14, 24)
        self._cast(self.open, self._late, -0.2)
        self._clock.move_to(int(time.time()))

    def _hold_the_finished(self) -> None:
        """An open and a secret meeting beside each other, until their results are declared."""
        self._prepare(self.finished, FINISHED, -50, -34, -24)
        ceremony = self._prepare_secret(
            self.secret_finished, SECRET_FINISHED, -49.8, -33.5, -24, (_OFFICES[:2] + _OFFICES[-1:], 2)
        )
        self._clock.move_to(self._clock.now() + 7 * DAY + HOUR)
        self.finished.seal_roll()
        self.secret_finished.seal_roll()
        for owners, at in zip(self._finishers, (-33.9, -31, -28, -25), strict=True):
            self._cast(self.finished, owners, at)
        self._cast(self.secret_finished, self._building, -24.5)
        with ceremony.beside():
            self.finished.close(self._day(-24) + 1)
            self.secret_finished.wait_declared()
        self._step(2)

    def _run(self) -> MeetingRun:
        return MeetingRun(self._url, self._slug, self._clock, self._committee, self._supervisor)

    def _step(self, steps: int = 1) -> None:
        self._progress.advance(self._steps, steps)

    def _day(self, offset: float) -> int:
        return self._morning + int(offset * DAY)

    def _prepare(self, run: MeetingRun, plan: Plan, convened: float, opens: float, closes: float) -> None:
        self._convene(run, plan, convened, opens, closes)
        run.publish_roll()
        self._step()

    def _prepare_secret(
        self,
        run: MeetingRun,
        plan: Plan,
        convened: float,
        opens: float,
        closes: float,
        seats: tuple[tuple[str, ...], int],
    ) -> Ceremony:
        """Convene, make the keys with trustees on these seats (offices, threshold), publish the roll."""
        self._convene(run, plan, convened, opens, closes)
        ceremony = Ceremony(self._url, self._slug, run.number, self._clock, *seats)
        ceremony.appoint(self._committee, self._supervisor)
        with ceremony.beside():
            run.publish_roll()
            ceremony.wait_complete()
        self._step()
        return ceremony

    def _convene(self, run: MeetingRun, plan: Plan, convened: float, opens: float, closes: float) -> None:
        self._clock.move_to(self._day(convened))
        run.convene(plan, self._day(opens), self._day(closes))
        self._step()
        self._clock.move_to(self._clock.now() + HOUR)
        run.consent()

    def _cast(self, run: MeetingRun, owners: list[Voter], at: float) -> None:
        self._clock.move_to(self._day(at))
        run.cast(owners, "sample", lambda: self._progress.advance(self._ballots))

    def _takers(self, share: float, parts: int) -> list[list[Voter]]:
        chosen = _part(self._voters, int(len(self._voters) * share), str(share))
        return [chosen[part::parts] for part in range(parts)]

    def _in_scope(self, scope: str) -> list[Voter]:
        """The simulated owners on the roll of a part of the community."""
        database = Database(open_engine(self._settings.database_url))
        with database.read() as session:
            within = areas(session, self._place.community.id, scope)
        database.engine.dispose()
        return [voter for voter in self._voters if voter.voter in within]


def _part(voters: list[Voter], count: int, seed: str) -> list[Voter]:
    return Random(f"sample {seed}").sample(voters, count)  # noqa: S311  who of the simulated owners takes part
