"""The roll in force as the desk shows it: sums by building and entrance, kinds of owners. No names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.domain.counting import Weight
from wanjia.domain.premises import CountingRule, OwnerKind, address_order
from wanjia.roll.models import Owner, Unit
from wanjia.roll.service import last_import


@dataclass(frozen=True, slots=True)
class PlaceSums:
    """A building or entrance: all units, those that count, and their weight."""

    name: str
    units: int
    counted: int
    weight: Weight
    entrances: Sequence["PlaceSums"] = ()


@dataclass(frozen=True, slots=True)
class Owners:
    """How many owners there are of which kind; ``several`` have more than one unit, ``uncounted`` none that counts."""

    total: int
    person: int
    joint: int
    company: int
    developer: int
    several: int
    uncounted: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The roll in force; ``imported_at`` is empty while there is none."""

    imported_at: int | None
    rule: CountingRule
    whole: PlaceSums
    excluded_area: int
    owners: Owners
    buildings: Sequence[PlaceSums]


def overview(session: Session, community_id: int) -> Overview:
    """Add up the roll in force."""
    units = session.scalars(select(Unit).where(Unit.community_id == community_id)).all()
    rows = session.execute(select(Owner.id, Owner.kind).where(Owner.community_id == community_id))
    kinds = {owner: kind for owner, kind in rows}  # noqa: C416  mypy knows the types of rows, not of dict(rows)
    made = last_import(session, community_id)
    return Overview(
        imported_at=made.imported_at if made else None,
        rule=CountingRule(made.parking_counts, made.storerooms_count) if made else CountingRule(),
        whole=_sums("", units),
        excluded_area=sum(unit.area for unit in units if not unit.counted),
        owners=_owners(units, kinds),
        buildings=[
            _sums(
                name,
                inside,
                [_sums(*entrance) for entrance in _parted(inside, "entrance")],
            )
            for name, inside in _parted(units, "building")
        ],
    )


def _parted(units: Iterable[Unit], by: str) -> list[tuple[str, list[Unit]]]:
    parts: dict[str, list[Unit]] = {}
    for unit in units:
        parts.setdefault(getattr(unit, by), []).append(unit)
    return sorted(parts.items(), key=lambda part: address_order(part[0]))


def _sums(name: str, units: Sequence[Unit], entrances: Sequence[PlaceSums] = ()) -> PlaceSums:
    counted = [unit for unit in units if unit.counted]
    weight = Weight(sum(unit.area for unit in counted), len({unit.owner_id for unit in counted}))
    return PlaceSums(name, len(units), len(counted), weight, entrances)


def _owners(units: Sequence[Unit], kinds: dict[int, str]) -> Owners:
    held: dict[int, int] = {}
    for unit in units:
        held[unit.owner_id] = held.get(unit.owner_id, 0) + 1
    number = {kind: sum(kinds[owner] == kind for owner in held) for kind in OwnerKind}
    return Owners(
        total=len(held),
        person=number[OwnerKind.PERSON],
        joint=number[OwnerKind.JOINT],
        company=number[OwnerKind.COMPANY],
        developer=number[OwnerKind.DEVELOPER],
        several=sum(many > 1 for many in held.values()),
        uncounted=len(held) - len({unit.owner_id for unit in units if unit.counted}),
    )
