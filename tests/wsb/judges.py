"""Who is asked about a ballot: each implementation says ``good`` or the reason of the contract's order."""

from collections.abc import Sequence
from typing import Protocol

from mutating import Ballot

from wanjia.wsb.checking import first_fault

GOOD = "good"


class Judge(Protocol):
    """One implementation of WSB-1."""

    name: str

    def judge(self, ballots: Sequence[Ballot]) -> list[str]:
        """``good``, ``malformed``, ``invalid-choice`` or ``over-cap`` for each ballot."""


class PythonJudge:
    """``wanjia.wsb``."""

    name = "Python"

    def judge(self, ballots: Sequence[Ballot]) -> list[str]:
        """The first fault's reason."""
        faults = (first_fault(ballot.form, ballot.voter, ballot.body) for ballot in ballots)
        return [str(fault.reason) if fault else GOOD for fault in faults]
