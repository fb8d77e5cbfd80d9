"""Everyone a roll names, each once: the same number must come with the same name and phone everywhere."""

from dataclasses import replace

from wanjia.domain.premises import plain
from wanjia.roll.facts import RowFacts
from wanjia.roll.findings import Findings
from wanjia.roll.parsed import Person


class People:
    """People by number, with what the rows say of them put together."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Person, int, int]] = {}

    def add(self, row: RowFacts, findings: Findings) -> None:
        """Take in a row's people, noting where it contradicts an earlier one."""
        for person in row.holders:
            self._add(person, row.row, "holders", "phones", findings)
        if row.agent is not None:
            self._add(row.agent, row.row, "agent", "agent_phone", findings)

    def whole(self, person: Person) -> Person:
        """Give a person with the phone that any row knows, in the first row's spelling."""
        return self._known[person.number][0]

    def _add(self, person: Person, row: int, name_column: str, phone_column: str, findings: Findings) -> None:
        known, row_of_name, row_of_phone = self._known.setdefault(person.number, (person, row, row))
        if one_spelling(known.name) != one_spelling(person.name):
            near = _differences(one_spelling(known.name), one_spelling(person.name)) == 1
            code = "ROLL_NAME_MISSPELT" if near else "ROLL_NAME_CONFLICT"
            findings.error(row, name_column, code, first=row_of_name)
        if person.phone is None or person.phone == known.phone:
            return
        if known.phone is not None:
            findings.error(row, phone_column, "ROLL_PHONE_CONFLICT", first=row_of_phone)
            return
        self._known[person.number] = replace(known, phone=person.phone), row_of_name, row


def one_spelling(name: str) -> str:
    """Bring a name to one spelling: no spaces, capitals, one kind of middle dot."""
    return "".join(plain(name).upper().split()).replace("•", "·").replace("・", "·")


def _differences(one: str, other: str) -> int:
    """Count the changed, added or left out characters between two names (Levenshtein)."""
    line = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        above, line = line, [i]
        for j, right in enumerate(other, start=1):
            line.append(min(above[j] + 1, line[-1] + 1, above[j - 1] + (left != right)))
    return line[-1]
