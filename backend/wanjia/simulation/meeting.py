"""One owners' meeting, step by step, by simulated officials and owners through the HTTP API."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wanjia.simulation.api import OfficialDesk
from wanjia.simulation.casting import CastLog, cast_all
from wanjia.simulation.clock import DAY, WorldClock
from wanjia.simulation.people import Voter
from wanjia.simulation.secret_casting import cast_secretly

_DECLARE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting to hold: what is put to the owners and how they lean (chance of a vote in favour)."""

    title: str
    notice: str
    motions: Sequence[dict[str, Any]]
    leans: Sequence[float]
    documents: Sequence[dict[str, Any]] = ()
    scope: str = "*"
    ballots: str = "open"
    """``open`` or ``secret``."""


class MeetingRun:
    """Takes one meeting from convening to its final result."""

    def __init__(
        self, url: str, slug: str, clock: WorldClock, committee: OfficialDesk, supervisor: OfficialDesk
    ) -> None:
        self._url, self._slug, self._clock = url, slug, clock
        self._committee, self._supervisor = committee, supervisor
        self.number = 0
        self.plan: Plan | None = None

    def convene(self, plan: Plan, opens_at: int, closes_at: int) -> int:
        """Committee drafts and convenes; gives the meeting's number."""
        draft = self._committee.api.post(
            "/staff/meetings",
            {
                "community": self._slug,
                "title": plan.title,
                "notice": plan.notice,
                "scope": plan.scope,
                "motions": list(plan.motions),
                "documents": list(plan.documents),
                "opens_at": opens_at,
                "closes_at": closes_at,
                "ballots": plan.ballots,
            },
        )
        before = {m["meeting"] for m in self._list()}
        self._committee.act(draft["act"])
        self._clock.settle()
        (self.number,) = {m["meeting"] for m in self._list()} - before
        self.plan = plan
        return self.number

    def consent(self) -> None:
        """Supervisor consents to the frozen content."""
        self._supervisor.act(self._call(self._supervisor, "consent"))
        self._clock.settle()

    def publish_roll(self) -> None:
        """Committee publishes the roll."""
        calls = self._call(self._committee, "publish-roll")
        for call in calls["calls"]:
            self._committee.act(call)
        self._clock.settle()

    def seal_roll(self) -> None:
        """Supervisor seals the roll."""
        self._supervisor.act(self._call(self._supervisor, "seal-roll"))
        self._clock.settle()

    def cast(
        self, voters: Sequence[Voter], seed: str, on_receipt: Callable[[], None] = lambda: None
    ) -> CastLog:
        """Let owners cast, and wait until every ballot is recorded."""
        if self.plan is None:
            raise RuntimeError("the meeting is not convened yet")
        cast = cast_secretly if self.plan.ballots == "secret" else cast_all
        log = cast(self._url, self._slug, self.number, voters, self.plan.leans, seed, on_receipt)
        self.wait_recorded(log, 120 + len(voters))
        return log

    def wait_recorded(self, log: CastLog, seconds: float = 120) -> None:
        """Wait until every receipt of ``log`` is recorded. Raises ``TimeoutError``."""
        waiting = {receipt["ballot_hash"] for receipt in log.receipts.values()}

        def recorded() -> bool:
            for ballot in list(waiting):
                if self._committee.api.get(f"/ballots/{ballot}")["state"] not in ("recorded", "final"):
                    return False
                waiting.discard(ballot)
            return True

        self._clock.wait(recorded, f"{len(waiting)} ballots are not recorded", seconds)

    def close(self, closes_at: int) -> None:
        """Let the close pass; the result is declared by the system, once trustees have opened what it needs."""
        self._clock.move_to(closes_at)
        self.wait_declared()

    def wait_declared(self) -> None:
        """Wait until the result of a meeting that is over is declared. Raises ``TimeoutError``."""
        self._wait_state("declared", _DECLARE_SECONDS)

    def finish(self) -> dict[str, Any]:
        """Let the objection period pass; give the final result."""
        self._clock.move_to(self._clock.now() + 7 * DAY + 1)
        return self.wait_final()

    def wait_final(self) -> dict[str, Any]:
        """Wait until a result whose objection period is over is final; give it. Raises ``TimeoutError``."""
        self._wait_state("final")
        result: dict[str, Any] = self._committee.api.get(
            f"/communities/{self._slug}/meetings/{self.number}/result"
        )
        return result

    def _wait_state(self, state: str, seconds: float = 60) -> None:
        self._clock.wait(
            lambda: self.detail()["state"] == state, f"the meeting did not become {state}", seconds
        )

    def detail(self) -> dict[str, Any]:
        """Read the meeting as anyone can."""
        detail: dict[str, Any] = self._committee.api.get(f"/communities/{self._slug}/meetings/{self.number}")
        return detail

    def _list(self) -> list[dict[str, Any]]:
        meetings: list[dict[str, Any]] = self._committee.api.get(f"/communities/{self._slug}/meetings")
        return meetings

    def _call(self, desk: OfficialDesk, act: str) -> dict[str, Any]:
        call: dict[str, Any] = desk.api.get(
            f"/staff/communities/{self._slug}/meetings/{self.number}/acts/{act}"
        )
        return call
