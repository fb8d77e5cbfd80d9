"""A roll that passed its checks: units, owners and the people who stand behind them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from wanjia.domain.counting import Weight
from wanjia.domain.premises import (
    AreaSource,
    CountingRule,
    OwnerKind,
    SaleState,
    TitleRole,
    Use,
)
from wanjia.roll.findings import Finding, Severity


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A person or company as the file names it. No repr: what it holds must not reach a log.

    ``number_type`` is ``identity``, ``credit`` (companies) or ``other`` (passports and permits).
    """

    name: str
    number_type: str
    number: str
    phone: str | None


@dataclass(frozen=True, slots=True, repr=False)
class ParsedOwner:
    """One head: the exact set of title holders. ``acting`` is the person who votes for it, in that role."""

    kind: OwnerKind
    holders: tuple[Person, ...]
    acting: Person
    acting_role: TitleRole

    @property
    def key(self) -> str:
        """What tells this owner from others: the sorted numbers of its holders. Personal data."""
        return holders_key(self.holders)


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """One unit; ``area`` in 0.01 m², ``owner`` the place in the roll's owners."""

    building: str
    entrance: str
    number: str
    use: Use
    area: int
    area_source: AreaSource
    sale_state: SaleState
    owner: int

    @property
    def address(self) -> tuple[str, str, str]:
        """Building, entrance and number."""
        return self.building, self.entrance, self.number


@dataclass(frozen=True, slots=True)
class Totals:
    """What a roll adds up to: every unit of the file, and the weight of those that count."""

    units: int
    counted_units: int
    weight: Weight
    excluded_area: int
    """Area of the units that do not count, 0.01 m²."""


@dataclass(frozen=True, slots=True, repr=False)
class ParsedRoll:
    """Units in order of address; owners in order of their first unit."""

    units: tuple[ParsedUnit, ...]
    owners: tuple[ParsedOwner, ...]

    def areas(self, rule: CountingRule) -> dict[int, int]:
        """Give each owner's counted area by its place in ``owners``; owners without counted area are left out."""
        areas: dict[int, int] = {}
        for unit in self.units:
            if rule.counts(unit.use):
                areas[unit.owner] = areas.get(unit.owner, 0) + unit.area
        return areas

    def totals(self, rule: CountingRule) -> Totals:
        """Add up the roll."""
        return add_up(((unit, unit.owner) for unit in self.units), rule)

    def by_building(self, rule: CountingRule) -> dict[str, Totals]:
        """Add up each building; an owner with units in two of them is a head in both."""
        parts: dict[str, list[tuple[ParsedUnit, int]]] = {}
        for unit in self.units:
            parts.setdefault(unit.building, []).append((unit, unit.owner))
        return {building: add_up(parts[building], rule) for building in parts}

    @property
    def file_hash(self) -> bytes:
        """SHA-256 of the roll's canonical form: the same for any order of rows, encoding and spelling.

        It covers guessable personal data: it tells two rolls apart inside the system and is never published.
        """
        people = [
            [
                owner.kind,
                owner.acting_role,
                *_person(owner.acting),
                *map(_person, sorted_holders(owner.holders)),
            ]
            for owner in self.owners
        ]
        units = [
            [*unit.address, unit.use, unit.area, unit.area_source, unit.sale_state, people[unit.owner]]
            for unit in self.units
        ]
        return hashlib.sha256(json.dumps(units, ensure_ascii=False).encode()).digest()


@dataclass(frozen=True, slots=True)
class RollCheck:
    """Everything a check found, and the roll if nothing of it was an error."""

    findings: tuple[Finding, ...]
    roll: ParsedRoll | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that stop the import."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)


def add_up(units: Iterable[tuple[ParsedUnit, int]], rule: CountingRule) -> Totals:
    """Add up units, each given with its owner: heads are the owners of counted units."""
    every = list(units)
    counted = [(unit.area, owner) for unit, owner in every if rule.counts(unit.use)]
    area = sum(area for area, _ in counted)
    return Totals(
        units=len(every),
        counted_units=len(counted),
        weight=Weight(area, len({owner for _, owner in counted})),
        excluded_area=sum(unit.area for unit, _ in every) - area,
    )


def sorted_holders(holders: Iterable[Person]) -> list[Person]:
    """Holders in an order that does not depend on the file."""
    return sorted(holders, key=lambda person: (person.number_type, person.number))


def holders_key(holders: Iterable[Person]) -> str:
    """Text of a set of holders: their sorted numbers with their types."""
    return "|".join(f"{person.number_type}:{person.number}" for person in sorted_holders(holders))


def _person(person: Person) -> list[str]:
    return [person.number_type, person.number, person.name, person.phone or ""]
