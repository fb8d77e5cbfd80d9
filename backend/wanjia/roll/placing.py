"""Puts a checked roll in force: voter indexes that stay, personal data sealed."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.community import Community
from wanjia.domain.premises import CountingRule, TitleRole
from wanjia.identity.locks import lock_subject
from wanjia.roll.models import Owner, RollImport, Title, Unit
from wanjia.roll.parsed import ParsedOwner, ParsedRoll, Person

DEFAULT_RULE = CountingRule()


class Sealing(Protocol):
    """What the roll needs of the vault."""

    def seal(self, text: str) -> bytes:
        """Encrypt a text."""
        ...

    def open(self, sealed: bytes) -> str:
        """Decrypt what ``seal`` gave."""
        ...

    def lookup(self, text: str) -> bytes:
        """Give the keyed hash of a text."""
        ...


def import_roll(
    session: Session,
    community: Community,
    roll: ParsedRoll,
    vault: Sealing,
    *,
    rule: CountingRule = DEFAULT_RULE,
    now: int,
) -> RollImport:
    """Put a checked roll in the place of the one in force, in the caller's unit of work.

    An owner with the same exact set of title holders keeps its voter index, so that keys and ballots on the chain
    stay theirs; new owners take the next free ones in order of their first unit. People no longer on the roll are
    erased; of an owner that left remain the index and a keyed hash.
    """
    lock_roll(session, community.id)
    owners = _place_owners(session, community.id, roll.owners, vault)
    known = {
        (unit.building, unit.entrance, unit.number): unit
        for unit in session.scalars(select(Unit).where(Unit.community_id == community.id))
    }
    for parsed in roll.units:
        unit = known.pop(parsed.address, None)
        if unit is None:
            unit = Unit(community_id=community.id)
            unit.building, unit.entrance, unit.number = parsed.address
            session.add(unit)
        unit.use, unit.area, unit.area_source = parsed.use, parsed.area, parsed.area_source
        unit.sale_state, unit.counted = parsed.sale_state, rule.counts(parsed.use)
        unit.owner_id = owners[parsed.owner].id
    for gone in known.values():
        session.delete(gone)
    totals = roll.totals(rule)
    made = RollImport(
        community_id=community.id,
        imported_at=now,
        file_hash=roll.file_hash,
        parking_counts=rule.parking,
        storerooms_count=rule.storerooms,
        units=totals.units,
        heads=totals.weight.heads,
        area=totals.weight.area,
    )
    session.add(made)
    session.flush()
    return made


def lock_roll(session: Session, community_id: int) -> None:
    """Let nobody else put a roll of this community in force until the unit of work ends."""
    lock_subject(session, b"roll" + community_id.to_bytes(4, "big"))


def _place_owners(
    session: Session, community_id: int, parsed: Sequence[ParsedOwner], vault: Sealing
) -> list[Owner]:
    known = {
        owner.holders_key: owner
        for owner in session.scalars(select(Owner).where(Owner.community_id == community_id))
    }
    next_voter = max((owner.voter for owner in known.values()), default=0) + 1
    placed: list[Owner] = []
    for each in parsed:
        key = vault.lookup(each.key)
        owner = known.get(key)
        if owner is None:
            owner = Owner(community_id=community_id, voter=next_voter, holders_key=key)
            next_voter += 1
            session.add(owner)
        owner.kind = each.kind
        placed.append(owner)
    session.flush()
    before: dict[int, dict[bytes, Title]] = {owner.id: {} for owner in known.values()}
    for title in session.scalars(
        select(Title).join(Owner, Title.owner_id == Owner.id).where(Owner.community_id == community_id)
    ):
        before[title.owner_id][title.id_number_key] = title
    for owner, each in zip(placed, parsed, strict=True):
        _place_titles(session, owner, each, before.get(owner.id, {}), vault)
    gone = [title for titles in before.values() for title in titles.values()]
    for title in gone:
        session.delete(title)
    return placed


def _place_titles(
    session: Session, owner: Owner, parsed: ParsedOwner, before: dict[bytes, Title], vault: Sealing
) -> None:
    """Bring an owner's people up to date; those found again are taken out of ``before``."""
    people: list[tuple[Person, TitleRole]] = [(person, TitleRole.HOLDER) for person in parsed.holders]
    people = [pair for pair in people if pair[0] != parsed.acting] + [(parsed.acting, parsed.acting_role)]
    for person, role in people:
        key = vault.lookup(person.number)
        title = before.pop(key, None)
        if title is None:
            title = Title(owner_id=owner.id, id_number_key=key, id_number=vault.seal(person.number))
            session.add(title)
        title.role, title.acts, title.id_type = role, person == parsed.acting, person.number_type
        _set_sealed(title, "name", person.name, vault)
        _set_sealed(title, "phone", person.phone, vault)


def _set_sealed(title: Title, field: str, value: str | None, vault: Sealing) -> None:
    """Seal a changed value anew; an unchanged one keeps its bytes, so that a re-import writes little."""
    key = None if value is None else vault.lookup(value)
    if getattr(title, f"{field}_key") == key and getattr(title, field) is not None:
        return
    setattr(title, field, None if value is None else vault.seal(value))
    setattr(title, f"{field}_key", key)
