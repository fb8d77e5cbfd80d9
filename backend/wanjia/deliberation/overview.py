"""Where a community's concerns stand, in figures: by state, level, kind, place and age, and how long answers take.

Counts are of the concerns the reader may open, so that every figure leads to a list of that length.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sqlalchemy import select

from wanjia.db.base import Database
from wanjia.deliberation.lines import ENDED, WAITING
from wanjia.deliberation.models import Concern
from wanjia.deliberation.reading import staff_reads
from wanjia.domain.concerns import DAY, ConcernKind, ConcernState, Level
from wanjia.domain.premises import address_order
from wanjia.identity.sessions import StaffLogin

AGES: Final = (DAY, 3 * DAY, 7 * DAY, 30 * DAY)
"""Seconds that part the ages of concerns not ended: up to each, and beyond the last."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What the figures are made of: one concern without words. Times in UTC seconds."""

    kind: str
    building: str
    state: str
    level: int
    urgent: bool
    due_at: int | None
    created_at: int
    first_answer_at: int | None
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """Concerns of one kind, place, state or level: all of the period, those not ended, those beyond their term."""

    name: str
    total: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Age:
    """Concerns not ended whose age in seconds is over ``above`` and at most ``up_to``; without end where that is empty."""

    above: int
    up_to: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds something took: in the middle case, and at most in nine of ten. Empty where it never happened."""

    count: int
    median: int | None
    ninth_tenth: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a period that ends now, and of everything not ended whenever it was raised."""

    as_of: int
    since: int
    sum: Count
    urgent: int
    states: Sequence[Count]
    levels: Sequence[Count]
    kinds: Sequence[Count]
    buildings: Sequence[Count]
    ages: Sequence[Age]
    first_answer: Spread
    close: Spread


class Overviews:
    """Reads the figures for staff."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def read(self, staff: StaffLogin, days: int) -> Overview:
        """Give the figures of the last ``days``."""
        now = self._clock()
        since = now - days * DAY
        asked = select(
            Concern.kind,
            Concern.building,
            Concern.state,
            Concern.level,
            Concern.urgent,
            Concern.due_at,
            Concern.created_at,
            Concern.first_answer_at,
            Concern.ended_at,
        ).where(staff_reads(staff), (Concern.created_at >= since) | Concern.state.not_in(ENDED))
        with self._database.read() as session:
            stands = [Stand(*row) for row in session.execute(asked)]
        return overview_of(stands, now, since)


def overview_of(stands: Sequence[Stand], now: int, since: int) -> Overview:
    """Count. ``stands`` are those raised since ``since`` and those not ended."""

    def counted(name: str, those: Iterable[Stand]) -> Count:
        found = list(those)
        return Count(
            name,
            len(found),
            sum(each.state not in ENDED for each in found),
            sum(_overdue(each, now) for each in found),
        )

    places = sorted({each.building for each in stands}, key=address_order)
    return Overview(
        as_of=now,
        since=since,
        sum=counted("", stands),
        urgent=sum(each.urgent and each.state not in ENDED for each in stands),
        states=[counted(state, (each for each in stands if each.state == state)) for state in ConcernState],
        levels=[
            counted(str(int(level)), (e for e in stands if e.level == level and e.state not in ENDED))
            for level in Level
        ],
        kinds=[
            count
            for kind in ConcernKind
            if (count := counted(kind, (each for each in stands if each.kind == kind))).total
        ],
        buildings=[counted(place, (each for each in stands if each.building == place)) for place in places],
        ages=_ages([now - each.created_at for each in stands if each.state not in ENDED]),
        first_answer=_spread(
            each.first_answer_at - each.created_at
            for each in stands
            if each.first_answer_at is not None and each.created_at >= since
        ),
        close=_spread(
            each.ended_at - each.created_at
            for each in stands
            if each.ended_at is not None and each.state == ConcernState.CLOSED and each.created_at >= since
        ),
    )


def _overdue(stand: Stand, now: int) -> bool:
    return stand.state in WAITING and stand.due_at is not None and stand.due_at < now


def _ages(ages: Sequence[int]) -> list[Age]:
    edges = (0, *AGES, None)
    return [
        Age(
            above,
            up_to,
            sum((age > above or above == 0) and (up_to is None or age <= up_to) for age in ages),
        )
        for above, up_to in pairwise(edges)
        if above is not None
    ]


def _spread(durations: Iterable[int]) -> Spread:
    """The lower middle, and the smallest duration that nine of ten do not exceed."""
    found = sorted(durations)
    if not found:
        return Spread(0, None, None)
    return Spread(len(found), found[(len(found) - 1) // 2], found[-(-9 * len(found) // 10) - 1])
