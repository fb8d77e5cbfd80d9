"""The course of a secret meeting: the steps of every meeting, and between them what its trustees have to do. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wanjia.domain.states import MeetingState
from wanjia.meetings.next_steps import (
    ANYONE,
    COMMITTEE,
    SUPERVISOR,
    TRUSTEES,
    Course,
    Standing,
    Step,
    Why,
    steps_of,
)

_BEFORE_OPENING = frozenset({MeetingState.CONVENED, MeetingState.NOTICE})


@dataclass(frozen=True, slots=True)
class TrusteeFacts:
    """How far a secret meeting's trustees are."""

    seats: int
    """0 while the committee has set none."""
    taken: int
    proposed: bool
    """The accounts of the seats stand on the board as the committee's proposal."""
    confirmed: bool
    """The latest run is of the trustees proposed last."""
    complete: bool
    """The latest run made keys."""
    adopted: bool
    """The meeting has fixed its keys; nothing of the ceremony can change any more."""
    sealed: bool
    """The ballots are sealed and wait to be decrypted, or are."""


def secret_steps(course: Course, facts: TrusteeFacts) -> Iterator[Step]:
    """Give every step of a secret meeting, in the order of its course."""
    for step in steps_of(course):
        if step.name == "declare":
            yield _decrypt(course, facts)
        waits = step.name == "declare" and step.standing is Standing.POSSIBLE and facts.sealed
        yield replace(step, standing=Standing.WAITING, why=Why.DECRYPTION) if waits else step
        if step.name == "seal-roll":
            yield from _keys(course, facts)


def _keys(course: Course, facts: TrusteeFacts) -> Iterator[Step]:
    """Everything before the opening, each step waiting for the one before it."""
    full = facts.seats > 0 and facts.taken == facts.seats
    bound = facts.adopted or facts.proposed
    yield _step(course, "trustee-seats", COMMITTEE, done=bound or full, waits_for=None)
    yield _step(
        course,
        "propose-trustees",
        COMMITTEE,
        done=bound,
        waits_for=None if full else Why.SEATS,
    )
    yield _step(
        course,
        "confirm-trustees",
        SUPERVISOR,
        done=facts.adopted or (facts.proposed and facts.confirmed),
        waits_for=None if facts.proposed else Why.PROPOSAL,
    )
    yield _step(
        course,
        "make-keys",
        TRUSTEES,
        done=facts.adopted or (facts.confirmed and facts.complete),
        waits_for=None if facts.confirmed else Why.CONFIRMATION,
    )
    complete = facts.confirmed and facts.complete
    waits_for = Why.KEYS if not complete else Why.SEAL if course.sealed_at is None else None
    yield _step(course, "adopt-keys", ANYONE, done=facts.adopted, waits_for=waits_for)


def _step(course: Course, name: str, role: str, *, done: bool, waits_for: Why | None) -> Step:
    last = course.opens_at - 1
    if done:
        return Step(name, role, Standing.DONE, None, None, None, last)
    if course.state not in _BEFORE_OPENING:
        ended = course.state in (MeetingState.VOID, MeetingState.LAPSED)
        return Step(name, role, Standing.OVER, Why.ENDED if ended else Why.TOO_LATE, None, None, last)
    standing = Standing.POSSIBLE if waits_for is None else Standing.WAITING
    return Step(name, role, standing, waits_for, None, None, last)


def _decrypt(course: Course, facts: TrusteeFacts) -> Step:
    first = course.closes_at + course.paper_period
    if course.state is MeetingState.CLOSED and facts.sealed:
        return Step("decrypt", TRUSTEES, Standing.POSSIBLE, None, None, first)
    if course.state in (MeetingState.DECLARED, MeetingState.FINAL):
        if facts.sealed:
            return Step("decrypt", TRUSTEES, Standing.DONE, None, course.declared_at, first)
        return Step("decrypt", TRUSTEES, Standing.OVER, Why.NO_QUORUM)
    if course.state in (MeetingState.VOID, MeetingState.LAPSED):
        return Step("decrypt", TRUSTEES, Standing.OVER, Why.ENDED)
    return Step("decrypt", TRUSTEES, Standing.WAITING, Why.CLOSE, None, first)
