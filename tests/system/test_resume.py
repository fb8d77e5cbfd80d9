"""``wanjia up`` again after kill -9 of everything: what was receipted is there, and the meeting goes on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from running_world import SLUG, RunningWorld, running_world
from wanjia.simulation.api import Api
from wanjia.simulation.world import register

UP_SECONDS = 90


def _kill_everything(world: RunningWorld) -> None:
    for child in world.system.supervisor.children:
        if child.process is not None:
            child.process.kill()
            child.process.wait()


def _gone(url: str) -> bool:
    try:
        requests.get(f"{url}/api/health", timeout=2)
    except requests.ConnectionError:
        return True
    return False


def _wait(ready: object, seconds: float = UP_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not ready():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not come up"
        time.sleep(0.2)


def _well(url: str) -> bool:
    try:
        return requests.get(f"{url}/api/health", timeout=5).json()["status"] == "ok"  # type: ignore[no-any-return]
    except requests.RequestException:
        return False


def _up(world: RunningWorld) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "wanjia", "up"],
        env={**os.environ, **world.system.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.slow
def test_everything_is_there_again(tmp_path: Path) -> None:
    """Kill each process, start again; kill the supervisor itself, start again: no ballot is lost or doubled."""
    # a chain that starts again takes up the machine's clock: the meeting must be open by that clock too
    with running_world(tmp_path / "home", genesis_days=16.5) as world:
        voters = world.place.voters[:30]
        register(world.system.settings, world.place, voters)
        meeting = world.open_meeting()
        first = meeting.cast(voters[:15], "resume")
        time.sleep(
            1.5
        )  # the chain's state is saved every moment; the last of it may be lost, a second is not
        _kill_everything(world)
        _wait(lambda: _gone(world.url), 20)  # gunicorn workers see within a moment that their master is gone
        up = _up(world)
        try:
            _wait(lambda: _well(world.url))
            meeting.wait_recorded(first)
            second = meeting.cast(voters[15:], "resume")
            os.kill(up.pid, signal.SIGKILL)
            up.wait()
            _wait(lambda: _gone(world.url), 20)
            up = _up(world)
            _wait(lambda: _well(world.url))
            meeting.wait_recorded(first)
            meeting.wait_recorded(second)
            part = Api(world.url).get(f"/communities/{SLUG}/meetings/{meeting.number}")["part"]
            assert part == {"area": sum(voter.area for voter in voters), "heads": len(voters)}
        finally:
            up.terminate()
            up.wait(30)
