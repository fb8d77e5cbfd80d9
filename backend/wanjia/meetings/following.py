"""Who took part in a meeting so far, by building and entrance, over time, and who not yet. Never how anyone voted.

Of a ballot only its voter and its block are read here; the choices are not even asked of the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_order
from wanjia.domain.rollwords import roll_total
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.index.models import IndexedBallot, IndexedBlock, IndexedKey, IndexedMeeting
from wanjia.index.views import chain_time, meeting_state, published_roll
from wanjia.intake.models import Ballot
from wanjia.meetings.lookup import find_meeting
from wanjia.meetings.meeting_roll import RollUnit, known_draft, roll_units
from wanjia.relay.models import ItemState, RelayItem

POINTS = 96
"""Most points of the curve."""


@dataclass(frozen=True, slots=True)
class PlaceTurnout:
    """A building or entrance: all owners with a unit there, those who took part, their area there."""

    name: str
    total: Weight
    part: Weight
    entrances: Sequence["PlaceTurnout"] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """What had taken part up to a moment of chain time."""

    at: int
    part: Weight


@dataclass(frozen=True, slots=True)
class Following:
    """A meeting's turnout; ``missing`` is what two thirds of both still lack."""

    state: str
    chain_time: int
    opens_at: int
    closes_at: int
    total: Weight
    part: Weight
    missing: Weight
    buildings: Sequence[PlaceTurnout]
    curve: Sequence[Point]


@dataclass(frozen=True, slots=True)
class AbsentUnit:
    """A unit whose owner has not voted. ``registered``: the owner has a voting key already."""

    building: str
    entrance: str
    number: str
    registered: bool


class Followings:
    """Follows meetings for officials of their community."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def follow(self, staff: StaffLogin, slug: str, number: int) -> Following:
        """Give the turnout so far. Raises ``Refusal("NOT_FOUND")``, also for another community."""
        with self._database.read() as session:
            meeting = _own_meeting(session, staff, slug, number)
            roll = published_roll(session, meeting)
            cast = _cast(session, meeting)
            total = roll_total(roll)
            part = roll_total({voter: roll[voter] for voter in cast if voter in roll})
            now = chain_time(session, self._clock())
            units = [
                unit for unit in roll_units(session, known_draft(session, meeting)) if unit.voter in roll
            ]
            return Following(
                state=meeting_state(meeting, now).name.lower(),
                chain_time=now,
                opens_at=meeting.opens_at,
                closes_at=meeting.closes_at,
                total=total,
                part=part,
                missing=missing_to_quorum(total, part),
                buildings=by_place(units, cast.keys()),
                curve=curve(meeting.opens_at, min(now, meeting.closes_at), roll, cast),
            )

    def absent(self, staff: StaffLogin, slug: str, number: int, purpose: str) -> list[AbsentUnit]:
        """Give the units whose owners have not voted, for reminding them; the look and its ``purpose`` are logged.

        An owner whose ballot was received and waits for the chain is not among them. Raises
        ``Refusal("NOT_FOUND")``, also for another community.
        """
        with self._database.write() as session:
            meeting = _own_meeting(session, staff, slug, number)
            roll = published_roll(session, meeting)
            done = _cast(session, meeting).keys() | _received(session, meeting)
            registered = set(
                session.scalars(
                    select(IndexedKey.voter).where(
                        IndexedKey.community_id == meeting.community_id, IndexedKey.until_block.is_(None)
                    )
                )
            )
            units = roll_units(session, known_draft(session, meeting))
            found = [
                AbsentUnit(unit.building, unit.entrance, unit.number, unit.voter in registered)
                for unit in units
                if unit.voter in roll and unit.voter not in done
            ]
            reference = f"meeting {number}: {len(found)} units, {purpose}"
            log_act(session, staff, self._clock(), "follow.absent", reference)
            return found


def missing_to_quorum(total: Weight, part: Weight) -> Weight:
    """Give what two thirds of area and heads still lack (MF 278: two thirds itself is enough)."""
    return Weight(max(0, -(-2 * total.area // 3) - part.area), max(0, -(-2 * total.heads // 3) - part.heads))


def by_place(units: Sequence[RollUnit], cast: Iterable[int]) -> list[PlaceTurnout]:
    """Add up buildings and their entrances; an owner with units in two places is a head in both."""
    done = frozenset(cast)
    buildings: dict[str, dict[str, list[RollUnit]]] = {}
    for unit in units:
        buildings.setdefault(unit.building, {}).setdefault(unit.entrance, []).append(unit)
    return [
        _place(
            building,
            [unit for inside in entrances.values() for unit in inside],
            done,
            [_place(name, entrances[name], done) for name in sorted(entrances, key=address_order)],
        )
        for building, entrances in sorted(buildings.items(), key=lambda item: address_order(item[0]))
    ]


def curve(since: int, until: int, roll: Mapping[int, int], cast: Mapping[int, int]) -> list[Point]:
    """Give what had taken part at up to ``POINTS`` moments from ``since`` to ``until``, evenly spaced."""
    if until <= since:
        return []
    step = max(1, -(-(until - since) // POINTS))
    arrivals = sorted((at, voter) for voter, at in cast.items() if voter in roll)
    points: list[Point] = []
    area = heads = 0
    for moment in [*range(since, until, step), until]:
        while heads < len(arrivals) and arrivals[heads][0] <= moment:
            area += roll[arrivals[heads][1]]
            heads += 1
        points.append(Point(moment, Weight(area, heads)))
    return points


def _place(
    name: str, units: Sequence[RollUnit], done: frozenset[int], entrances: Sequence[PlaceTurnout] = ()
) -> PlaceTurnout:
    return PlaceTurnout(name, _weight(units), _weight([u for u in units if u.voter in done]), entrances)


def _weight(units: Sequence[RollUnit]) -> Weight:
    return Weight(sum(unit.area for unit in units), len({unit.voter for unit in units}))


def _own_meeting(session: Session, staff: StaffLogin, slug: str, number: int) -> IndexedMeeting:
    community, meeting = find_meeting(session, slug, number)
    if community.id != staff.community_id:
        raise Refusal("NOT_FOUND")
    return meeting


def _cast(session: Session, meeting: IndexedMeeting) -> dict[int, int]:
    """Voter -> chain time of the counted ballot."""
    rows = session.execute(
        select(IndexedBallot.voter, IndexedBlock.time)
        .join(IndexedBlock, IndexedBlock.number == IndexedBallot.block)
        .where(IndexedBallot.community_id == meeting.community_id, IndexedBallot.meeting == meeting.number)
    )
    return {voter: time for voter, time in rows}  # noqa: C416  mypy knows the types of rows, not of dict(rows)


def _received(session: Session, meeting: IndexedMeeting) -> set[int]:
    """Voters whose ballots wait for the chain."""
    return set(
        session.scalars(
            select(Ballot.voter)
            .join(RelayItem, RelayItem.id == Ballot.item_id)
            .where(
                Ballot.community_id == meeting.community_id,
                Ballot.meeting == meeting.number,
                RelayItem.state != ItemState.REFUSED,
            )
        )
    )
