"""How hot a group is, as a stated formula of people, recency, support and spread."""

import math
from collections.abc import Sequence

from wanjia.topics.matter import Matter

DAY = 86_400
HALF_LIFE_DAYS = 90
"""After so many days of silence somebody's voice counts half: a quarter, as the disclosures of public money."""


def heat(matters: Sequence[Matter], as_of: int) -> float:
    """Give ``voices · (1 + log10(1 + supports)) · (1 + log10(places))``.

    ``voices`` = Σ over authors of 2^(−days since their latest matter / 90): size and recency, and whoever repeats himself
    counts once. ``supports`` are those behind the matters, never below 0. ``places`` are the named ones, at least 1.
    """
    latest: dict[str, int] = {}
    for matter in matters:
        latest[matter.author] = max(matter.at, latest.get(matter.author, matter.at))
    voices = sum(2 ** (-max(0, as_of - at) / DAY / HALF_LIFE_DAYS) for at in latest.values())
    supports = sum(max(0, matter.supports) for matter in matters)
    places = max(1, len({matter.place for matter in matters if matter.place}))
    return voices * (1 + math.log10(1 + supports)) * (1 + math.log10(places))
