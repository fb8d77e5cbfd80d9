"""Owners of a roll: rows with the same set of title holders together, and the person who acts for each.

JS 9: a person with several units is one head. GZ 25: co-owners name one representative. The guardian acts for
minors and persons without capacity, an authorised person for a company.
"""

from dataclasses import dataclass, field
from datetime import date

from wanjia.domain.identity_numbers import is_minor
from wanjia.domain.premises import OwnerKind, TitleRole
from wanjia.domain.rollwords import MAX_AREA
from wanjia.roll.facts import RowFacts
from wanjia.roll.findings import Findings
from wanjia.roll.parsed import ParsedOwner, Person, holders_key
from wanjia.roll.registered_people import People, one_spelling
from wanjia.roll.words import NumberType

SHARED_PHONE = 3
"""So many owners with one phone are worth a look: votes were forged through the staff's phones before."""


@dataclass(slots=True, repr=False)
class _Group:
    """Rows of one owner."""

    place: int
    rows: list[RowFacts] = field(default_factory=list)


def gather_owners(
    rows: list[RowFacts], today: date, findings: Findings
) -> tuple[list[ParsedOwner], list[int]]:
    """Group rows into owners; give the owners and, for each row, the place of its owner."""
    people = People()
    for row in sorted(rows, key=lambda each: each.row):
        people.add(row, findings)
    groups: dict[str, _Group] = {}
    for row in rows:
        groups.setdefault(holders_key(row.holders), _Group(len(groups))).rows.append(row)
    places = [groups[holders_key(row.holders)].place for row in rows]
    owners = []
    for group in groups.values():
        owner = _owner(sorted(group.rows, key=lambda each: each.row), people, today, findings)
        if owner is not None:
            owners.append(owner)
    _note_phones(owners, groups, findings)
    return owners, places


def _owner(rows: list[RowFacts], people: People, today: date, findings: Findings) -> ParsedOwner | None:
    first = rows[0]
    area = sum(row.area for row in rows)
    if area > MAX_AREA:
        limit = f"{MAX_AREA // 100}.{MAX_AREA % 100:02}"
        findings.error(first.row, "area", "ROLL_OWNER_AREA_TOO_LARGE", units=len(rows), limit=limit)
    kind = OwnerKind.DEVELOPER if any(row.kind is OwnerKind.DEVELOPER for row in rows) else first.kind
    holders = tuple(people.whole(person) for person in first.holders)
    voter = _voting_holder(rows, holders, findings)
    agent = _agent(rows, people, findings)
    if voter is None or (agent is None and any(row.agent for row in rows)):
        return None
    return _acting(rows, kind, holders, voter, agent, today, findings)


def _voting_holder(rows: list[RowFacts], holders: tuple[Person, ...], findings: Findings) -> Person | None:
    """Give the title holder whose word counts: the only one, or the representative that every row agrees on."""
    chosen: Person | None = None
    named = 0
    for row in rows:
        if not row.representative:
            continue
        wanted = one_spelling(row.representative)
        fitting = [each for each in holders if wanted in (one_spelling(each.name), each.number)]
        if len(fitting) != 1:
            code = "ROLL_REPRESENTATIVE_AMBIGUOUS" if fitting else "ROLL_REPRESENTATIVE_NOT_HOLDER"
            findings.error(row.row, "representative", code)
            return None
        if chosen is not None and chosen != fitting[0]:
            findings.error(row.row, "representative", "ROLL_REPRESENTATIVE_CONFLICT", first=named)
            return None
        chosen, named = fitting[0], row.row
    if chosen is None and len(holders) == 1:
        return holders[0]
    if chosen is None:
        findings.error(rows[0].row, "representative", "ROLL_REPRESENTATIVE_MISSING", holders=len(holders))
    return chosen


def _agent(rows: list[RowFacts], people: People, findings: Findings) -> Person | None:
    """Give the guardian or authorised person that the owner's rows agree on."""
    chosen: Person | None = None
    named = 0
    for row in rows:
        if row.agent is None:
            continue
        if chosen is not None and chosen.number != row.agent.number:
            findings.error(row.row, "agent", "ROLL_AGENT_CONFLICT", first=named)
            return None
        chosen, named = people.whole(row.agent), row.row
    return chosen


def _acting(
    rows: list[RowFacts],
    kind: OwnerKind,
    holders: tuple[Person, ...],
    voter: Person,
    agent: Person | None,
    today: date,
    findings: Findings,
) -> ParsedOwner | None:
    """Decide who votes: the holder, or the one the law puts in their place."""
    row = rows[0].row
    basis = next((each.basis for each in rows if each.basis), "")
    minor = voter.number_type == NumberType.IDENTITY and is_minor(voter.number, today)
    if agent is not None and agent.number in {person.number for person in holders}:
        findings.error(row, "agent", "ROLL_AGENT_IS_HOLDER")
    elif voter.number_type == NumberType.CREDIT:
        if agent is not None:
            return ParsedOwner(kind, holders, agent, TitleRole.AUTHORISED)
        findings.error(row, "agent", "ROLL_AUTHORISED_MISSING")
    elif minor:
        if agent is not None:
            return ParsedOwner(kind, holders, agent, TitleRole.GUARDIAN)
        findings.error(row, "agent", "ROLL_GUARDIAN_MISSING")
    elif agent is None:
        role = TitleRole.REPRESENTATIVE if len(holders) > 1 else TitleRole.HOLDER
        return ParsedOwner(kind, holders, voter, role)
    elif basis == "incapacity" or (basis == "minor" and voter.number_type == NumberType.OTHER):
        return ParsedOwner(kind, holders, agent, TitleRole.GUARDIAN)
    else:
        findings.error(row, "agent", "ROLL_GUARDIAN_NOT_NEEDED")
    return None


def _note_phones(owners: list[ParsedOwner], groups: dict[str, _Group], findings: Findings) -> None:
    """Warn of owners that no code can reach, and of phones that stand for many people."""
    sharing: dict[str, dict[str, int]] = {}
    for owner in owners:
        row = min(each.row for each in groups[owner.key].rows)
        agent = owner.acting_role in (TitleRole.GUARDIAN, TitleRole.AUTHORISED)
        column = "agent_phone" if agent else "phones"
        if owner.acting.phone is None:
            findings.warn(row, column, "ROLL_PHONE_MISSING")
        else:
            sharing.setdefault(owner.acting.phone, {})[owner.acting.number] = row
    for people in sharing.values():
        if len(people) >= SHARED_PHONE:
            findings.warn(max(people.values()), "phones", "ROLL_PHONE_SHARED", people=len(people))
