"""What a checked roll would change in the one in force. Nothing in it names a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.domain.premises import CountingRule, address_order
from wanjia.roll.models import Owner, Title, Unit
from wanjia.roll.parsed import ParsedOwner, ParsedRoll

LINES = 1_000
"""Changed lines listed one by one; all of them are counted."""

Address = tuple[str, str, str]


class Keying(Protocol):
    """What comparing needs of the vault."""

    def lookup(self, text: str) -> bytes:
        """Give the keyed hash of a text."""
        ...


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """One line: ``new``, ``gone``, or what of it is another: ``owner``, ``area``, ``use``. Areas in 0.01 m²."""

    building: str
    entrance: str
    number: str
    changes: tuple[str, ...]
    area_before: int | None
    area: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts of what changes; ``people`` are owners who stay, with other names, phones or representatives."""

    counts: Mapping[str, int] = field(default_factory=dict)
    owners_new: int = 0
    owners_gone: int = 0
    people: int = 0
    counting: int = 0
    """Units that begin or cease to count by the rule for parking spaces and storerooms."""
    lines: tuple[ChangedUnit, ...] = ()

    @property
    def nothing(self) -> bool:
        """Tell whether the roll in force stays as it is."""
        return not (self.lines or self.owners_new or self.owners_gone or self.people or self.counting)


def compare(
    session: Session, community_id: int, roll: ParsedRoll, rule: CountingRule, vault: Keying
) -> Changes:
    """Hold a checked roll against the one in force."""
    before: dict[Address, tuple[Unit, bytes]] = {
        (unit.building, unit.entrance, unit.number): (unit, key)
        for unit, key in session.execute(
            select(Unit, Owner.holders_key)
            .join(Owner, Owner.id == Unit.owner_id)
            .where(Unit.community_id == community_id)
        )
    }
    owners_before = {key for _, key in before.values()}
    keys = [vault.lookup(owner.key) for owner in roll.owners]
    lines: list[ChangedUnit] = []
    counting = 0
    for parsed in roll.units:
        known = before.pop(parsed.address, None)
        if known is None:
            lines.append(ChangedUnit(*parsed.address, ("new",), None, parsed.area))
            continue
        unit, key = known
        changed = {
            "owner": key != keys[parsed.owner],
            "area": (unit.area, unit.area_source) != (parsed.area, parsed.area_source),
            "use": (unit.use, unit.sale_state) != (parsed.use, parsed.sale_state),
        }
        counting += unit.counted != rule.counts(parsed.use)
        found = tuple(name for name, differs in changed.items() if differs)
        if found:
            lines.append(ChangedUnit(*parsed.address, found, unit.area, parsed.area))
    lines += [ChangedUnit(*address, ("gone",), unit.area, None) for address, (unit, _) in before.items()]
    lines.sort(key=lambda line: address_order(line.building, line.entrance, line.number))
    named = [name for line in lines for name in line.changes]
    return Changes(
        counts={name: named.count(name) for name in ("new", "gone", "owner", "area", "use")},
        owners_new=len(set(keys) - owners_before),
        owners_gone=len(owners_before - set(keys)),
        people=_people_changed(session, community_id, dict(zip(keys, roll.owners, strict=True)), vault),
        counting=counting,
        lines=tuple(lines),
    )


def _people_changed(
    session: Session, community_id: int, owners: Mapping[bytes, ParsedOwner], vault: Keying
) -> int:
    """Count owners who stay but whose people are no longer described as they were."""
    known: dict[bytes, set[tuple[object, ...]]] = {}
    for key, title in session.execute(
        select(Owner.holders_key, Title)
        .join(Title, Title.owner_id == Owner.id)
        .where(Owner.community_id == community_id)
    ):
        described = title.id_number_key, title.name_key, title.phone_key, title.acts
        known.setdefault(key, set()).add(described)
    changed = 0
    for key, people in known.items():
        owner = owners.get(key)
        if owner is None:
            continue
        now = {
            (
                vault.lookup(person.number),
                vault.lookup(person.name),
                None if person.phone is None else vault.lookup(person.phone),
                person == owner.acting,
            )
            for person in {*owner.holders, owner.acting}
        }
        changed += now != people
    return changed
