"""Peak memory of each process of a running system after a meeting's ballots."""

import re
import tempfile
from pathlib import Path
from typing import Any

from running_world import running_world
from wanjia.simulation.world import register


def run(turnout: float = 1.0) -> dict[str, Any]:
    """Hold a meeting to the last ballot; give ``peak_mib`` by process (web: its workers and master together)."""
    with tempfile.TemporaryDirectory() as folder, running_world(Path(folder) / "home") as world:
        voters = world.place.voters[: int(len(world.place.voters) * turnout)]
        register(world.system.settings, world.place, voters)
        meeting = world.open_meeting()
        log = meeting.cast(voters, "memory")
        peaks = {
            child.name: sum(_peak(pid) for pid in _family(child.process.pid))
            for child in world.system.supervisor.children
            if child.process is not None
        }
    return {
        "ballots": len(log.receipts),
        "peak_mib": {name: round(kib / 1024) for name, kib in peaks.items()},
    }


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) if found else 0
