"""Buildings and entrances of the roll in force with their owners and areas: what a scope is chosen from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.domain.counting import Weight
from wanjia.domain.premises import address_order
from wanjia.roll.models import Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A building or one of its entrances; an owner with units in two places is a head in both."""

    name: str
    weight: Weight
    entrances: Sequence["Place"] = ()


def places_of(session: Session, community_id: int) -> list[Place]:
    """Give the community's buildings in order, each with its entrances; counted units only."""
    rows = session.execute(
        select(Unit.building, Unit.entrance, Unit.owner_id, Unit.area).where(
            Unit.community_id == community_id, Unit.counted
        )
    )
    units: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for building, entrance, owner, area in rows:
        units.setdefault(building, {}).setdefault(entrance, []).append((owner, area))
    return [
        Place(
            building,
            _weight([unit for inside in entrances.values() for unit in inside]),
            [Place(name, _weight(entrances[name])) for name in sorted(entrances, key=address_order) if name],
        )
        for building, entrances in sorted(units.items(), key=lambda item: address_order(item[0]))
    ]


def _weight(units: Sequence[tuple[int, int]]) -> Weight:
    return Weight(sum(area for _, area in units), len({owner for owner, _ in units}))
