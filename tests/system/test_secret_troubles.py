"""What goes wrong in secret meetings, through the real processes: cheats, absence, an edge, kills, no quorum, no keys."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from crooked_trustee import BAD_DEALING, ROGUE_KEY, SEAT, CrookedTrustee, WatchedTrustee

from running_world import SLUG
from secret_town import PLAN, SecretMeetingRun, SecretTown
from wanjia.chain.contracts import trustee_board
from wanjia.domain.ballots import Choice, pack_choices
from wanjia.running import RunningSystem
from wanjia.simulation.api import Api, ApiRefusal
from wanjia.simulation.casting import CastLog
from wanjia.simulation.clock import HOUR
from wanjia.simulation.people import Voter
from wanjia.simulation.recount import recount
from wanjia.simulation.secret_casting import place_of, prove_ballot
from wanjia.simulation.trustee import Trustee

pytestmark = pytest.mark.xdist_group("secret_town")

EDGE = 1
"""The motion that rounded areas leave undecided."""
REASON = {"text": "第二位受托人没有公布系数", "salt": "5a" * 16}


@dataclass
class Course:
    """Three meetings of one course, and what was seen on the way."""

    troubled: SecretMeetingRun
    few: SecretMeetingRun
    keyless: SecretMeetingRun
    first: WatchedTrustee
    crooked: CrookedTrustee
    log: CastLog
    chosen: dict[Voter, int]
    early: str
    """How a share before the seal was refused."""
    few_ballots: CastLog

    @property
    def trustees_path(self) -> str:
        """The troubled meeting's trustees in the API."""
        return f"/communities/{SLUG}/meetings/{self.troubled.number}/trustees"


@pytest.fixture(scope="module")
def course(secret_town: SecretTown) -> Course:
    """Take the three through everything, until two are declared and one has lapsed."""
    troubled, few, keyless = secret_town.convene_beside(3)
    first = troubled.ceremony.put(1, WatchedTrustee)
    crooked = troubled.ceremony.put(SEAT, CrookedTrustee)
    _troubled_keys(secret_town, troubled, crooked)
    few.make_keys()
    for meeting in (troubled, few, keyless):
        meeting.run.publish_roll()
    secret_town.world.clock.move_to(secret_town.world.clock.now() + 7 * 24 * HOUR + 1)
    for meeting in (troubled, few, keyless):
        meeting.run.seal_roll()
        meeting.roll_is_sealed = True
    few.ceremony.wait_adopted()
    troubled.open()
    early = _refused_share(troubled, first)
    few_ballots = few.cast(few.quorum()[:3])
    chosen = _on_the_edge(troubled.quorum())
    system = secret_town.world.system
    with _killing(system, "relay", "web"):
        log = troubled.cast_chosen(chosen)
    troubled.run.wait_recorded(log)
    troubled.seal()
    with troubled.beside(SEAT):
        secret_town.world.clock.wait(lambda: "postShares" in crooked.refusals, "no share was refused")
    with troubled.beside(1, 3), _killing(system, "steward", "relay", "index"):
        troubled.run.wait_declared()
    few.run.wait_declared()
    return Course(troubled, few, keyless, first, crooked, log, chosen, early, few_ballots)


def _troubled_keys(town: SecretTown, meeting: SecretMeetingRun, crooked: CrookedTrustee) -> None:
    """Two runs that fail, one for a complaint and one by the supervisor, and a third that completes."""
    world = town.world
    meeting.invite()
    meeting.seat_simulated()
    meeting.confirm()
    staff = f"/staff/communities/{SLUG}/meetings/{meeting.number}"
    with meeting.beside():
        world.clock.wait(lambda: "revealKeys" in crooked.refusals, "no rogue key was refused", 180)
        reason = world.supervisor.api.post(f"{staff}/statements", REASON)
        restart = world.supervisor.api.post(f"{staff}/trustees/restart", reason)
        world.supervisor.act(restart)
        meeting.ceremony.wait_complete()


def _refused_share(meeting: SecretMeetingRun, trustee: Trustee) -> str:
    data = trustee_board().encode("postShares", meeting.number, 0, 0, [1, 2, 3, 4])
    body = {"account": trustee.account, "data": "0x" + data.hex()}
    path = f"/communities/{SLUG}/meetings/{meeting.number}/trustees/acts/prepare"
    with pytest.raises(ApiRefusal) as refusal:
        Api(meeting.world.url).post(path, body)
    return f"{refusal.value.code} {refusal.value.values['reason']}"


def _on_the_edge(voters: list[Voter]) -> dict[Voter, int]:
    """All are for the first motion; of the second those for it hold just more than half of the area, and of the heads."""
    half = sum(voter.area for voter in voters) // 2
    smallest = sorted(voters, key=lambda voter: voter.area)
    support: list[Voter] = []
    while sum(voter.area for voter in support) + smallest[len(support)].area <= half:
        support.append(smallest[len(support)])
    short = half - sum(voter.area for voter in support)
    swaps = [(mine, other) for mine in support for other in smallest[len(support) :]]
    mine, other = min(
        (swap for swap in swaps if swap[1].area - swap[0].area > short),
        key=lambda swap: swap[1].area - swap[0].area,
    )
    chosen = {*support, other} - {mine}
    in_favour, against = (pack_choices([Choice.FOR, choice]) for choice in (Choice.FOR, Choice.AGAINST))
    return {voter: in_favour if voter in chosen else against for voter in voters}


@contextmanager
def _killing(system: RunningSystem, *names: str) -> Iterator[None]:
    """Kill these processes with -9 one after the other while something goes on; of the web server one worker."""
    killed: list[str] = []

    def kill() -> None:
        for name in names:
            time.sleep(0.5)
            child = next(child for child in system.supervisor.children if child.name == name)
            assert child.process is not None
            os.kill(_worker(child.process.pid) if name == "web" else child.process.pid, signal.SIGKILL)
            killed.append(name)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    yield
    thread.join()
    assert killed == list(names)


def _worker(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return int(children[0])


def test_cheats_are_found_out_and_a_third_run_completes(course: Course) -> None:
    """A bad dealing is complained of, a rogue key cannot be revealed, the supervisor begins anew; all of it is public."""
    board = course.troubled.board()
    complaint, restart = board["restarts"]
    assert (complaint["run"], complaint["against"]) == (BAD_DEALING + 1, SEAT)
    assert (restart["run"], restart["against"], restart["reason"]) == (ROGUE_KEY + 1, 0, REASON["text"])
    assert course.crooked.refusals["revealKeys"] == "TrusteeBoardPossession"
    assert (board["run"]["run"], board["run"]["step"]) == (ROGUE_KEY + 1, "complete")
    keys = course.troubled.detail()["keys"]
    assert {name: keys[name] for name in board["run"]["keys"]} == board["run"]["keys"]


def test_no_share_counts_that_is_early_or_wrong(course: Course) -> None:
    """Before the seal nothing is posted, a share that does not fit is refused, and its trustee is seen to have given none."""
    assert course.early == "ACT_WOULD_FAIL TrusteeBoardNotSealed"
    assert course.crooked.refusals["postShares"] == "TrusteeBoardShare"


def test_two_of_three_decide_a_motion_on_the_edge(course: Course) -> None:
    """The sums are opened without the third trustee; where rounded areas do not decide, the exact one is opened, and only there."""
    plain = recount(
        {voter.voter: voter.area for voter in course.troubled.world.place.voters},
        course.log.choices,
        [motion["matter"] for motion in PLAN.motions],
    )
    assert [decision.passed for decision in plain.decisions] == [True, True]
    result = course.troubled.result()
    assert [motion["passed"] for motion in result["motions"]] == [True, True]
    ends = [motion["in_favour_area"] for motion in result["motions"]]
    exact = plain.in_favour[EDGE].area
    assert ends[EDGE] == {"lower": exact, "upper": exact}
    assert ends[0]["lower"] <= plain.in_favour[0].area <= ends[0]["upper"]
    assert ends[0]["lower"] < ends[0]["upper"]


def test_killed_processes_lose_no_secret_ballot(course: Course) -> None:
    """Relay, web server, steward and index were killed meanwhile: every receipt leads to a ballot that counts, once."""
    api = Api(course.troubled.world.url)
    states = {
        api.get(f"/ballots/{receipt['ballot_hash']}")["state"] for receipt in course.log.receipts.values()
    }
    assert states <= {"recorded", "final"}
    assert course.troubled.detail()["part"]["heads"] == len(course.chosen) == len(course.log.receipts)


def test_a_replayed_act_is_the_act_it_was(course: Course) -> None:
    """Who hands in a copy of a trustee's request gets the same act, under a new nonce it is nobody's; nothing is posted twice."""
    api, acts = Api(course.troubled.world.url), f"{course.trustees_path}/acts"
    signed = course.first.signed[-1]
    again = {api.post(acts, signed)["act"] for _ in range(2)}
    assert len(again) == 1
    assert api.get(f"{acts}/{again.pop()}")["state"] == "done"
    request: dict[str, Any] = signed["request"] | {"nonce": str(int(signed["request"]["nonce"]) + 1)}
    with pytest.raises(ApiRefusal) as refusal:
        api.post(acts, signed | {"request": request})
    assert refusal.value.code == "ACT_SIGNATURE_INVALID"


def test_too_few_ballots_are_never_decrypted(course: Course) -> None:
    """Without a quorum the result is declared, nothing is sealed, and no share is taken any more."""
    detail, board, result = course.few.detail(), course.few.board(), course.few.result()
    assert (detail["state"], detail["part"]["heads"]) == ("declared", len(course.few_ballots.receipts))
    assert (board["seal_hash"], board["stage"], result["quorum"]) == (None, None, False)
    assert [motion["passed"] for motion in result["motions"]] == [False, False]
    trustee = course.few.ceremony.trustees[0]
    assert _refused_share(course.few, trustee) == "ACT_WOULD_FAIL TrusteeBoardNotSealed"


def test_without_keys_a_meeting_lapses(course: Course) -> None:
    """Nobody can vote in it, and its trustees come too late."""
    assert course.keyless.detail()["state"] == "lapsed"
    place, voter = place_of(course.few.detail()), course.few.world.place.voters[0]
    path = f"/communities/{SLUG}/meetings/{course.keyless.number}/secret-ballots"
    with pytest.raises(ApiRefusal) as refusal:
        Api(course.few.world.url).post(path, prove_ballot(place, voter, 0))
    assert refusal.value.code == "BALLOT_MEETING_NOT_OPEN"
