"""The browser's verifier as a process of its own, asked one audit a line; and both verifiers asked the same.

The two share nothing but docs/protocol.md. Whatever is wrong, they have to find the same.
"""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wanjia.audit.checks import CHECKS, SECRET_CHECKS
from wanjia.audit.reader import RecordedReader
from wanjia.audit.running import Report, audit
from wanjia.paths import TOP

FRONTEND = TOP / "frontend"


class Verifier:
    """One long-lived Node process that runs the verifier. `folder` takes the bundle and the cases."""

    def __init__(self, folder: Path) -> None:
        self._case = folder / "case.json"
        node = shutil.which("node")
        assert node is not None, "Node.js is missing"
        vite = TOP / "node_modules" / "vite" / "bin" / "vite.js"
        config = ["--config", "vite.verifier.config.ts", "--outDir", str(folder), "--logLevel", "warn"]
        subprocess.run([node, str(vite), "build", *config], cwd=FRONTEND, check=True, capture_output=True)
        self._process = subprocess.Popen(
            [node, str(folder / "cli.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, **question: Any) -> dict[str, Any]:
        """Have one audit made: `rpc` and `registry`, or `recording` (a file), and `meeting` if wanted."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        wanted = {name: value for name, value in question.items() if value is not None}
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the verifier ended"
        said: dict[str, Any] = json.loads(answer)
        return said

    def replay(self, recording: Any, meeting: int | None = None) -> dict[str, Any]:
        """Audit a recording."""
        self._case.write_text(json.dumps(recording), encoding="utf-8")
        return self.ask(recording=str(self._case), meeting=meeting)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


def failed_of(said: dict[str, Any]) -> set[str]:
    """Ids of the checks that fail in an answer of the verifier."""
    made = [check["id"] for check in said["checks"]]
    assert made in ([*CHECKS], [*CHECKS, *SECRET_CHECKS])
    failed = {check["id"] for check in said["checks"] if not check["ok"]}
    assert said["ok"] == (not failed)
    return failed


@dataclass(frozen=True)
class BothVerifiers:
    """Asks the audit of the command line and the browser's verifier, which must agree."""

    verifier: Verifier

    def replay(self, recording: dict[str, Any], meeting: int | None = None) -> Report:
        """Audit a recording twice; the report of the command line's audit, once the other agrees."""
        report = audit(RecordedReader(recording), recording["registry"], meeting=meeting)
        agree(report, self.verifier.replay(recording, meeting))
        return report

    def failed(self, recording: dict[str, Any]) -> set[str]:
        """Ids of the checks that fail, in both."""
        return {check.id for check in self.replay(recording).checks if not check.ok}


def agree(report: Report, said: dict[str, Any]) -> None:
    """Insist that both verifiers found the same."""
    if "error" in said:
        # A node that says neither which chain it is nor how long it is has not answered at all.
        assert "neither which chain it is" in said["error"], said["error"]
        assert not report.ok
        return
    assert [check.id for check in report.checks] == [check["id"] for check in said["checks"]]
    ours = {check.id for check in report.checks if not check.ok}
    theirs = failed_of(said)
    assert ours == theirs, {"python only": ours - theirs, "typescript only": theirs - ours}
    if report.ok:
        assert report.result == said["result"]
