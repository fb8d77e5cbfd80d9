"""Where concerns stand, in figures. Times in UTC seconds, durations in seconds."""

from typing import Annotated

from pydantic import BaseModel, Field

from wanjia.web.schemas.common import Answer


class OverviewQuery(BaseModel):
    """The period: so many days up to now."""

    days: Annotated[int, Field(ge=1, le=3_660)] = 90


class CountAnswer(Answer):
    """Concerns of one name (state, level, kind or building; empty: common areas): all, not ended, beyond their term."""

    name: str
    total: int
    open: int
    overdue: int


class AgeAnswer(Answer):
    """Concerns not ended whose age in seconds is over ``above`` and at most ``up_to``."""

    above: int
    up_to: int | None
    count: int


class SpreadAnswer(Answer):
    """How long something took: in the middle case, and at most in nine of ten."""

    count: int
    median: int | None
    ninth_tenth: int | None


class ConcernOverviewAnswer(Answer):
    """The figures of what the reader may open, raised since ``since`` or not ended."""

    as_of: int
    since: int
    sum: CountAnswer
    urgent: int
    states: list[CountAnswer]
    levels: list[CountAnswer]
    kinds: list[CountAnswer]
    buildings: list[CountAnswer]
    ages: list[AgeAnswer]
    first_answer: SpreadAnswer
    close: SpreadAnswer
