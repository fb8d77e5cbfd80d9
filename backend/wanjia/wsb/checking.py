"""Judging a secret ballot by the contract's order: motion by motion, then group by group."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wanjia.wsb.ballot import Ciphertext, read_body
from wanjia.wsb.form import Form
from wanjia.wsb.group import Unreadable, check_point
from wanjia.wsb.proof import Proof, check_proof, holds
from wanjia.wsb.statements import cap_statement, choice_statement


class Reason(StrEnum):
    """Why a body is refused; ``skip`` is the number of the contract's event."""

    MALFORMED = "malformed"
    """A coordinate, point or scalar that may not be read."""
    INVALID_CHOICE = "invalid-choice"
    """A motion's proof does not hold."""
    OVER_CAP = "over-cap"
    """A group's proof does not hold."""

    @property
    def skip(self) -> int:
        """The reason of ``BallotSkipped``."""
        return {Reason.MALFORMED: 7, Reason.INVALID_CHOICE: 3, Reason.OVER_CAP: 4}[self]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where: the motion's position, or the group's number."""

    reason: Reason
    place: str


def faults_of(form: Form, voter: int, body: bytes) -> list[Fault]:
    """Everything wrong with a body, in the contract's order; its reason is the first one's.

    A group with an unreadable motion is not judged: the motion is named. A body of a wrong length is malformed.
    """
    return list(_faults(form, voter, body))


def first_fault(form: Form, voter: int, body: bytes) -> Fault | None:
    """The fault that the contract names, without looking further; ``None`` of a body that holds."""
    return next(_faults(form, voter, body), None)


def _faults(form: Form, voter: int, body: bytes) -> Iterator[Fault]:
    try:
        read = read_body(form, body)
    except ValueError:
        yield Fault(Reason.MALFORMED, "body")
        return
    unreadable = set()
    for motion, (ciphertext, proof) in enumerate(read.motions):
        if not _readable(ciphertext, proof):
            unreadable.add(motion)
            yield Fault(Reason.MALFORMED, f"motion {motion}")
        elif not holds(choice_statement(form, voter, motion, ciphertext), proof):
            yield Fault(Reason.INVALID_CHOICE, f"motion {motion}")
    for group, proof in zip(form.groups, read.groups, strict=True):
        if unreadable.intersection(group.motions):
            continue
        if not _readable(None, proof):
            yield Fault(Reason.MALFORMED, f"group {group.number}")
            continue
        ciphertexts = [read.motions[at][0] for at in group.motions]
        if not holds(cap_statement(form, voter, group, ciphertexts), proof):
            yield Fault(Reason.OVER_CAP, f"group {group.number}")


def _readable(ciphertext: Ciphertext | None, proof: Proof) -> bool:
    try:
        for point in ciphertext.points if ciphertext else ():
            check_point(point)
        check_proof(proof)
    except Unreadable:
        return False
    return True
