"""Who is asked about a ballot: each implementation says ``good`` or the reason of the contract's order."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from contract_calls import Harness
from mutating import Ballot

from wanjia.chain.artifacts import load
from wanjia.paths import TOP
from wanjia.wsb import checking
from wanjia.wsb.checking import Reason, first_fault
from wanjia.wsb.group import G

GOOD = "good"
_SKIPS = {0: GOOD} | {reason.skip: str(reason) for reason in Reason}


class Judge(Protocol):
    """One implementation of WSB-1."""

    name: str

    def judge(self, ballots: Sequence[Ballot]) -> list[str]:
        """``good``, ``malformed``, ``invalid-choice`` or ``over-cap`` for each ballot."""

    def code(self) -> str:
        """A hash of the code that judges."""

    def stop(self) -> None:
        """End what was started."""


class PythonJudge:
    """``wanjia.wsb``."""

    name = "Python"

    def judge(self, ballots: Sequence[Ballot]) -> list[str]:
        """The first fault's reason."""
        faults = (first_fault(ballot.form, ballot.voter, ballot.body) for ballot in ballots)
        return [str(fault.reason) if fault else GOOD for fault in faults]

    def code(self) -> str:
        """Of the package's sources."""
        return _hash(*sorted(Path(checking.__file__).parent.glob("*.py")))

    def stop(self) -> None:
        """Nothing was started."""


class TypeScriptJudge:
    """``frontend/src/wsb`` in a Node process. ``folder`` takes its bundle."""

    name = "TypeScript"

    def __init__(self, folder: Path) -> None:
        node = shutil.which("node")
        assert node is not None, "Node.js is missing"
        vite = TOP / "node_modules" / "vite" / "bin" / "vite.js"
        config = ["--config", "vite.ballots.config.ts", "--outDir", str(folder), "--logLevel", "warn"]
        subprocess.run(
            [node, str(vite), "build", *config], cwd=TOP / "frontend", check=True, capture_output=True
        )
        self._bundle = folder / "cli.js"
        self._process = subprocess.Popen(
            [node, str(self._bundle)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def judge(self, ballots: Sequence[Ballot]) -> list[str]:
        """One line to the process, one line back, for each ballot."""
        return [self._ask(_asked(ballot))["reason"] or GOOD for ballot in ballots]

    def judge_together(self, ballots: Sequence[Ballot]) -> list[str]:
        """The same for ballots of one form, as a whole meeting's are judged: their proofs are worked out in lockstep."""
        form, rows = _asked(ballots[0])["form"], [_asked(ballot) for ballot in ballots]
        answer = self._ask({"form": form, "ballots": rows})
        return [reason or GOOD for reason in answer["reasons"]]

    def _ask(self, question: dict[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process ended"
        said: dict[str, Any] = json.loads(answer)
        return said

    def code(self) -> str:
        """Of the bundle."""
        return _hash(self._bundle)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


class SolidityJudge:
    """The contracts' libraries in an EVM, behind ``SecretProofHarness``."""

    name = "Solidity"

    def __init__(self) -> None:
        self._harness = Harness("SecretProofHarness")

    def judge(self, ballots: Sequence[Ballot]) -> list[str]:
        """One call for each ballot; a body of a wrong length is not asked about, the batch would revert."""
        return [self._reason(ballot) for ballot in ballots]

    def code(self) -> str:
        """Of the harness as it is deployed."""
        return hashlib.sha256(load("SecretProofHarness").bytecode).hexdigest()

    def stop(self) -> None:
        """Nothing was started."""

    def _reason(self, ballot: Ballot) -> str:
        form = ballot.form
        assert len(ballot.body) == form.body_bytes
        bound = (form.context, ballot.voter, [*G, *form.keys.in_favour, *form.keys.against])
        groups = [
            (group.number, sum(1 << 2 * motion for motion in group.motions), group.most + 1)
            for group in form.groups
        ]
        said: int = self._harness.call("reasonOf", bound, len(form.motions), groups, ballot.body)
        return _SKIPS[said]


def _hash(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _asked(ballot: Ballot) -> dict[str, object]:
    form = ballot.form
    return {
        "form": {
            "context": "0x" + form.context.hex(),
            "y_for": [hex(coordinate) for coordinate in form.keys.in_favour],
            "y_against": [hex(coordinate) for coordinate in form.keys.against],
            "motions": [{"group": group, "cap": cap} for group, cap in form.motions],
        },
        "voter": ballot.voter,
        "body": "0x" + ballot.body.hex(),
    }


JUDGES: dict[str, Callable[[Path], Judge]] = {
    "python": lambda _: PythonJudge(),
    "typescript": TypeScriptJudge,
    "solidity": lambda _: SolidityJudge(),
}
"""Each judge by its name; it gets an empty folder."""
