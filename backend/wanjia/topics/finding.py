"""From matters to topics: words, directions, groups, and what each group is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from wanjia.topics.grouping import Tell, grouped
from wanjia.topics.heat import heat
from wanjia.topics.likeness import Directions, directions_of
from wanjia.topics.matter import Matter
from wanjia.topics.places import common_place
from wanjia.topics.words import words_of

LEAST_PEOPLE = 2
"""What one person says, however often, is no topic."""
WORDS = 6


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of like matters by at least two people. Times in UTC seconds; ``matters`` by time."""

    heat: float
    title: str
    """Title of the matter that is most like all others."""
    words: tuple[str, ...]
    place: str
    """Where most of them are, or empty."""
    people: int
    supports: int
    first_at: int
    last_at: int
    matters: tuple[Matter, ...]


def find_topics(
    matters: Sequence[Matter], as_of: int, tell: Tell = lambda _done, _total: None
) -> list[Topic]:
    """Give the topics, the hottest first; of equal heat the earlier one."""
    directions = directions_of([words_of(matter) for matter in matters])
    if directions is None:
        return []
    topics = [
        _topic(matters, rows, directions, as_of)
        for rows in grouped(directions.rows, tell)
        if len({matters[at].author for at in rows}) >= LEAST_PEOPLE
    ]
    return sorted(topics, key=lambda topic: (-topic.heat, topic.first_at, topic.matters[0].id))


def _topic(matters: Sequence[Matter], rows: Sequence[int], directions: Directions, as_of: int) -> Topic:
    import numpy as np

    members = [matters[at] for at in rows]
    part = directions.rows[rows]
    middle = np.asarray(part.mean(axis=0)).ravel()
    strongest = np.argsort(-middle, kind="stable")[:WORDS]
    by_time = sorted(members, key=lambda matter: (matter.at, matter.id))
    return Topic(
        heat=heat(members, as_of),
        title=members[int((part @ middle).argmax())].title,
        words=tuple(directions.words[at] for at in strongest if middle[at] > 0),
        place=common_place(members),
        people=len({matter.author for matter in members}),
        supports=sum(max(0, matter.supports) for matter in members),
        first_at=by_time[0].at,
        last_at=by_time[-1].at,
        matters=tuple(by_time),
    )
