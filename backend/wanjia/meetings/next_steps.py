"""What can be done with a meeting now, by whom, from when and until when, and why not yet: pure, from chain time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wanjia.domain.states import MeetingState
from wanjia.meetings.rules import MAX_WINDOW

COMMITTEE, SUPERVISOR, ANYONE = "committee", "supervisor", "anyone"
TRUSTEES = "trustees"
"""Of a secret meeting; see ``trustee_steps``."""


class Standing(StrEnum):
    """Where a step stands."""

    DONE = "done"
    POSSIBLE = "possible"
    WAITING = "waiting"
    """Not yet; ``why`` and, where it is known, ``not_before`` say for what."""
    OVER = "over"
    """Its time has passed, or the meeting ended another way."""


class Why(StrEnum):
    """What a step waits for, or why its time is over."""

    CONSENT = "consent"
    ROLL = "roll"
    ROLL_PERIOD = "rollPeriod"
    SEAL = "seal"
    OPENING = "opening"
    CLOSE = "close"
    RESULT = "result"
    OBJECTIONS = "objections"
    OBJECTION_PERIOD = "objectionPeriod"
    NONE_OPEN = "noneOpen"
    TOO_LATE = "tooLate"
    ENDED = "ended"
    SEATS = "seats"
    PROPOSAL = "proposal"
    CONFIRMATION = "confirmation"
    KEYS = "keys"
    DECRYPTION = "decryption"
    NO_QUORUM = "noQuorum"


@dataclass(frozen=True, slots=True)
class Course:
    """A meeting's facts at chain time ``now``; all times UTC seconds, periods in seconds."""

    state: MeetingState
    now: int
    opens_at: int
    closes_at: int
    notice_period: int
    roll_period: int
    paper_period: int
    consented_at: int | None
    roll_published_at: int | None
    sealed_at: int | None
    declared_at: int | None
    objections_end_at: int | None
    final_at: int | None
    void_at: int | None
    open_objections: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``name`` as the API of acts calls it; ``done_at`` also when it may be done again."""

    name: str
    role: str
    standing: Standing
    why: Why | None = None
    done_at: int | None = None
    not_before: int | None = None
    not_after: int | None = None


_ENDED = frozenset({MeetingState.FINAL, MeetingState.VOID, MeetingState.LAPSED})
_BEFORE_OPENING = frozenset({MeetingState.CONVENED, MeetingState.NOTICE})


def steps_of(course: Course) -> Iterator[Step]:
    """Give every step of a meeting, in the order of its course."""
    yield _consent(course)
    yield _publish(course)
    yield _seal(course)
    yield _extend(course)
    yield _declare(course)
    yield _answer(course)
    yield _finalize(course)
    yield _void(course)


def _consent(course: Course) -> Step:
    last = course.opens_at - course.notice_period
    possible = course.state is MeetingState.CONVENED and course.now <= last
    standing, why = _standing(course, course.consented_at, possible=possible, why=Why.TOO_LATE)
    return Step("consent", SUPERVISOR, standing, why, course.consented_at, None, last)


def _publish(course: Course) -> Step:
    """It may be published again until it is sealed; what is published too late can never be sealed."""
    last = course.opens_at - course.roll_period - 1
    possible = course.state in _BEFORE_OPENING and course.sealed_at is None and course.now <= last
    done = course.roll_published_at
    standing, why = _standing(
        course, done if course.sealed_at or not possible else None, possible=possible, why=Why.TOO_LATE
    )
    return Step("publish-roll", COMMITTEE, standing, why, done, None, last)


def _seal(course: Course) -> Step:
    last = course.opens_at - 1
    first = course.roll_published_at + course.roll_period if course.roll_published_at else None
    if course.sealed_at or course.state not in _BEFORE_OPENING:
        standing, why = _standing(course, course.sealed_at, possible=False, why=Why.TOO_LATE)
    elif first is None or first > last:
        standing, why = Standing.WAITING, Why.ROLL
    elif course.consented_at is None:
        standing, why = Standing.WAITING, Why.CONSENT
    elif course.now < first:
        standing, why = Standing.WAITING, Why.ROLL_PERIOD
    else:
        standing, why = Standing.POSSIBLE, None
    return Step("seal-roll", SUPERVISOR, standing, why, course.sealed_at, first, last)


def _extend(course: Course) -> Step:
    latest = course.opens_at + MAX_WINDOW
    running = course.state in _BEFORE_OPENING or course.state is MeetingState.OPEN
    possible = running and course.closes_at < latest
    standing, why = _standing(course, None, possible=possible, why=Why.TOO_LATE)
    return Step("extend", COMMITTEE, standing, why, None, None, course.closes_at - 1)


def _declare(course: Course) -> Step:
    first = course.closes_at + course.paper_period
    possible = course.state is MeetingState.CLOSED and course.now >= first
    standing, why = _standing(course, course.declared_at, possible=possible, why=Why.CLOSE, waits=True)
    return Step("declare", ANYONE, standing, why, course.declared_at, first)


def _answer(course: Course) -> Step:
    possible = course.state is MeetingState.DECLARED and course.open_objections > 0
    why = Why.NONE_OPEN if course.state is MeetingState.DECLARED else Why.RESULT
    standing, reason = _standing(course, None, possible=possible, why=why, waits=True)
    return Step("answer-objection", SUPERVISOR, standing, reason)


def _finalize(course: Course) -> Step:
    first, declared = course.objections_end_at, course.state is MeetingState.DECLARED
    ready = declared and first is not None and course.now >= first
    possible = ready and course.open_objections == 0
    why = Why.OBJECTIONS if ready else Why.OBJECTION_PERIOD if declared else Why.RESULT
    standing, reason = _standing(course, course.final_at, possible=possible, why=why, waits=True)
    return Step("finalize", ANYONE, standing, reason, course.final_at, first)


def _void(course: Course) -> Step:
    possible = course.state not in (MeetingState.FINAL, MeetingState.VOID)
    standing = Standing.POSSIBLE if possible else Standing.DONE if course.void_at else Standing.OVER
    why = Why.ENDED if standing is Standing.OVER else None
    return Step("void", SUPERVISOR, standing, why, course.void_at)


def _standing(
    course: Course, done_at: int | None, *, possible: bool, why: Why, waits: bool = False
) -> tuple[Standing, Why | None]:
    if done_at is not None:
        return Standing.DONE, None
    if possible:
        return Standing.POSSIBLE, None
    if course.state in _ENDED:
        return Standing.OVER, Why.ENDED
    return (Standing.WAITING if waits else Standing.OVER), why
