"""``wanjia up``: runs chain, web, relay and index as separate processes and starts again whichever dies."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import structlog

from wanjia.chain.local_node import die_with_parent

log = structlog.get_logger()

_TICK = 0.2
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 10.0
_STEADY_SECONDS = 30
_STOP_SECONDS = 20


@dataclass
class Child:
    """One process of the system: its command and what became of it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = _FIRST_PAUSE
    restart_at: float = 0.0
    restarts: int = field(default=0)


class Supervisor:
    """Keeps children running: output in ``HOME/logs/NAME.log``, process ids in ``HOME/run/NAME.pid``."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self._logs, self._pids = home / "logs", home / "run"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._pids.mkdir(parents=True, exist_ok=True)
        self._environment = environment
        self.children: list[Child] = []

    def start(self, name: str, *arguments: str) -> Child:
        """Start the stage ``name`` (``wanjia.stages``) as a child."""
        return self.start_command(name, [sys.executable, "-m", "wanjia.stages", name, *arguments])

    def start_command(self, name: str, command: Sequence[str]) -> Child:
        """Start any command as the child ``name``."""
        child = Child(name, command)
        self.children.append(child)
        self._spawn(child)
        return child

    def _spawn(self, child: Child) -> None:
        with (self._logs / f"{child.name}.log").open("ab") as output:
            child.process = subprocess.Popen(  # noqa: S603  our own program
                child.command,
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self._environment,
                preexec_fn=die_with_parent,  # noqa: PLW1509  one prctl call, no locks
            )
        child.started_at = time.monotonic()
        (self._pids / f"{child.name}.pid").write_text(str(child.process.pid), encoding="utf-8")

    def tend(self) -> None:
        """Look at each child once: start again the dead, at growing pauses when they keep dying."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                steady = now - child.started_at > _STEADY_SECONDS
                child.pause = _FIRST_PAUSE if steady else min(2 * child.pause, _LONGEST_PAUSE)
                child.restart_at = now + child.pause
                log.warning("process.died", process=child.name, status=child.process.returncode)
                child.process = None
            if child.process is None and now >= child.restart_at:
                child.restarts += 1
                self._spawn(child)

    def run(self, stop: Event) -> None:
        """Tend the children until ``stop`` is set, then stop them in reverse order."""
        while not stop.wait(_TICK):
            self.tend()
        self.stop()

    def stop(self) -> None:
        """Ask each child to stop, the last started first, and kill what does not within 20 s."""
        for child in reversed(self.children):
            if child.process is None or child.process.poll() is not None:
                continue
            child.process.send_signal(signal.SIGTERM)
            try:
                child.process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                log.warning("process.killed", process=child.name)
                child.process.kill()
                child.process.wait()
