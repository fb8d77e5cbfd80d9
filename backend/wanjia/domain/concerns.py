"""What a resident raises (诉求) and how it moves through the grid: states, levels, terms. Pure rules.

A *concern* is not one of the nine matters of the Civil Code (``matters.py``). The ladder 网格员, 网格组, 网格长,
街道指挥中心 is that of grid management (网格化管理) in Chinese streets; the terms are this project's defaults.
"""

from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

from wanjia.domain.errors import Refusal

HOUR: Final = 3_600
DAY: Final = 24 * HOUR
RATING_TERM: Final = 7 * DAY
"""Seconds the person has to say whether the answer settles it; afterwards the concern closes by rule."""


class ConcernKind(StrEnum):
    """What a concern is about."""

    REPAIR = "repair"
    CLEANING = "cleaning"
    NOISE = "noise"
    PARKING = "parking"
    SAFETY = "safety"
    GREENERY = "greenery"
    SERVICE = "service"
    NEIGHBOURS = "neighbours"
    MONEY = "money"
    OTHER = "other"


class ResidentKind(StrEnum):
    """How somebody who speaks belongs here; shown beside everything they write."""

    OWNER = "owner"
    TENANT = "tenant"
    FAMILY = "family"


class Level(IntEnum):
    """Who has to settle a concern; it climbs by one."""

    WORKER = 0
    GROUP = 1
    HEAD = 2
    CENTRE = 3


LEVEL_ROLES: Final = MappingProxyType(
    {
        Level.WORKER: "grid_worker",
        Level.GROUP: "grid_group",
        Level.HEAD: "grid_head",
        Level.CENTRE: "command_centre",
    }
)
"""The staff role of each level."""

TERMS: Final = MappingProxyType(
    {
        Level.WORKER: 3 * DAY,
        Level.GROUP: 3 * DAY,
        Level.HEAD: 5 * DAY,
        Level.CENTRE: 7 * DAY,
    }
)
"""Seconds a level has for an answer."""
URGENT_TERMS: Final = MappingProxyType(
    {Level.WORKER: 2 * HOUR, Level.GROUP: 2 * HOUR, Level.HEAD: 4 * HOUR, Level.CENTRE: 24 * HOUR}
)


class ConcernState(StrEnum):
    """Where a concern stands. Hidden is no state: a hidden one is settled like any other."""

    RAISED = "raised"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves a concern, or is added to its course without moving it."""

    TAKE = "take"
    NOTE = "note"
    ANSWER = "answer"
    CLIMB = "climb"
    RATE_SETTLED = "settled"
    RATE_UNSETTLED = "unsettled"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    """The person said nothing within ``RATING_TERM``."""


_R, _T, _A, _C, _W = (
    ConcernState.RAISED,
    ConcernState.TAKEN,
    ConcernState.ANSWERED,
    ConcernState.CLOSED,
    ConcernState.WITHDRAWN,
)
_NEXT: Final = MappingProxyType(
    {
        (_R, Step.TAKE): _T,
        (_T, Step.NOTE): _T,
        (_R, Step.ANSWER): _A,
        (_T, Step.ANSWER): _A,
        (_R, Step.CLIMB): _R,
        (_T, Step.CLIMB): _R,
        (_A, Step.RATE_SETTLED): _C,
        (_A, Step.RATE_UNSETTLED): _R,
        (_A, Step.LAPSE): _C,
        (_R, Step.WITHDRAW): _W,
        (_T, Step.WITHDRAW): _W,
        (_A, Step.WITHDRAW): _W,
    }
)


def next_state(state: ConcernState, step: Step) -> ConcernState:
    """Give the state after a step. Raises ``Refusal("CONCERN_NOT_NOW")`` where the step does not belong."""
    after = _NEXT.get((state, step))
    if after is None:
        raise Refusal("CONCERN_NOT_NOW", state=state.value)
    return after


def term(level: Level, *, urgent: bool) -> int:
    """Seconds a level has for an answer."""
    return (URGENT_TERMS if urgent else TERMS)[level]


def above(level: Level) -> Level:
    """Give the level a concern climbs to. Raises ``Refusal("CONCERN_AT_TOP")`` at the top."""
    if level is Level.CENTRE:
        raise Refusal("CONCERN_AT_TOP")
    return Level(level + 1)
