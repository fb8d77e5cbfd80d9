"""What a community's roll says: who votes with what area, which unit is whose, what may be published."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import CountingRule, Use, address_order, address_part
from wanjia.domain.scope import Scope
from wanjia.roll.models import Owner, RollImport, Title, Unit
from wanjia.roll.placing import import_roll

__all__ = [
    "RollLine",
    "areas",
    "find_unit",
    "import_roll",
    "last_import",
    "published_lines",
    "set_rule",
    "titles_of",
    "totals",
    "totals_by_building",
    "units_of",
]


@dataclass(frozen=True, slots=True)
class RollLine:
    """One line of the published roll. No names, and no voter index: on the chain it would lead from ballot to door."""

    building: str
    entrance: str
    number: str
    area: int


def set_rule(session: Session, community_id: int, rule: CountingRule) -> None:
    """Count or leave out parking spaces and storerooms from now on."""
    for unit in session.scalars(select(Unit).where(Unit.community_id == community_id)):
        unit.counted = rule.counts(Use(unit.use))
    session.flush()
    in_force = last_import(session, community_id)
    if in_force is not None:
        weight = totals(session, community_id)
        in_force.parking_counts, in_force.storerooms_count = rule.parking, rule.storerooms
        in_force.heads, in_force.area = weight.heads, weight.area
        session.flush()


def areas(
    session: Session, community_id: int, scope: Scope | str, rule: CountingRule | None = None
) -> dict[int, int]:
    """Give voter index -> area (0.01 m²) of a meeting's roll: counted units within its scope.

    ``scope`` may be its text. A meeting counts by the ``rule`` frozen for it; without one the rule in force
    counts. Raises ``ValueError`` for a malformed one, ``Refusal`` for a part that is not there.
    """
    scope = Scope.parse(scope) if isinstance(scope, str) else scope
    _check_scope(session, community_id, scope)
    found: dict[int, int] = {}
    rows = session.execute(
        select(Owner.voter, Unit.building, Unit.entrance, Unit.area, Unit.use, Unit.counted)
        .join(Unit, Unit.owner_id == Owner.id)
        .where(Unit.community_id == community_id)
        .order_by(Owner.voter)
    )
    for voter, building, entrance, area, use, in_force in rows:
        counts = in_force if rule is None else rule.counts(Use(use))
        if counts and scope.covers(building, entrance):
            found[voter] = found.get(voter, 0) + area
    return found


def published_lines(session: Session, community_id: int, scope: Scope | str) -> list[RollLine]:
    """Give the roll as it may be published: counted units of the scope with their areas, in order of address."""
    scope = Scope.parse(scope) if isinstance(scope, str) else scope
    units = session.scalars(select(Unit).where(Unit.community_id == community_id, Unit.counted))
    lines = [
        RollLine(unit.building, unit.entrance, unit.number, unit.area)
        for unit in units
        if scope.covers(unit.building, unit.entrance)
    ]
    return sorted(lines, key=lambda line: address_order(line.building, line.entrance, line.number))


def totals(session: Session, community_id: int) -> Weight:
    """Add up the counted units of the roll in force."""
    row = session.execute(
        select(func.coalesce(func.sum(Unit.area), 0), func.count(Unit.owner_id.distinct())).where(
            Unit.community_id == community_id, Unit.counted
        )
    ).one()
    return Weight(int(row[0]), int(row[1]))


def totals_by_building(session: Session, community_id: int) -> dict[str, Weight]:
    """Add up each building; an owner with units in two of them is a head in both."""
    rows = session.execute(
        select(Unit.building, func.sum(Unit.area), func.count(Unit.owner_id.distinct()))
        .where(Unit.community_id == community_id, Unit.counted)
        .group_by(Unit.building)
    )
    found = {building: Weight(int(area), int(heads)) for building, area, heads in rows}
    return {building: found[building] for building in sorted(found, key=address_order)}


def find_unit(session: Session, community_id: int, building: str, entrance: str, number: str) -> Unit | None:
    """Find a unit by its address in any usual spelling."""
    return session.scalar(
        select(Unit).where(
            Unit.community_id == community_id,
            Unit.building == address_part("building", building),
            Unit.entrance == address_part("entrance", entrance),
            Unit.number == address_part("number", number),
        )
    )


def units_of(session: Session, owner_id: int) -> list[Unit]:
    """Give an owner's units in order of address."""
    units = session.scalars(select(Unit).where(Unit.owner_id == owner_id))
    return sorted(units, key=lambda unit: address_order(unit.building, unit.entrance, unit.number))


def titles_of(session: Session, owner_id: int) -> list[Title]:
    """Give the people behind an owner, the one who votes first."""
    return list(
        session.scalars(select(Title).where(Title.owner_id == owner_id).order_by(Title.acts.desc(), Title.id))
    )


def last_import(session: Session, community_id: int) -> RollImport | None:
    """Give the import in force."""
    return session.scalar(
        select(RollImport)
        .where(RollImport.community_id == community_id)
        .order_by(RollImport.id.desc())
        .limit(1)
    )


def _check_scope(session: Session, community_id: int, scope: Scope) -> None:
    """Refuse a scope that names a building or entrance the roll does not have: a slip there changes who counts."""
    parts = session.execute(
        select(Unit.building, Unit.entrance).where(Unit.community_id == community_id).distinct()
    ).all()
    known = {building for building, _ in parts} | {f"{building}/{entrance}" for building, entrance in parts}
    for entry in sorted(scope.entries - known):
        raise Refusal("ROLL_SCOPE_UNKNOWN", part=entry)
