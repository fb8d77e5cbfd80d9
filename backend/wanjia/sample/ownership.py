"""Gives units owners: mostly one person or a couple, and every hard case of the law at least once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from wanjia.sample.people import Invented, Inventor

Developers = Callable[[str, str], "Ownership"]

_COUPLES_PERCENT = 38
_OLD_PERCENT = 2
_FLATS_A_RICH_OWNER = 60
"""One more owner of two flats for so many flats."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owner's columns of a row."""

    kind: str
    holders: tuple[Invented, ...]
    representative: Invented | None = None
    agent: Invented | None = None
    basis: str = ""
    sale_state: str = ""

    def columns(self) -> dict[str, str]:
        """Cells by column key."""
        agent = self.agent
        types = [holder.number_type for holder in self.holders]
        return {
            "kind": self.kind,
            "holders": "、".join(holder.name for holder in self.holders),
            "id_types": "、".join(each or "身份证" for each in types) if any(types) else "",
            "id_numbers": "、".join(holder.number for holder in self.holders),
            "phones": "、".join(holder.phone for holder in self.holders),
            "representative": self._named(self.representative) if self.representative else "",
            "agent": agent.name if agent else "",
            "agent_basis": self.basis,
            "agent_id": agent.number if agent else "",
            "agent_phone": agent.phone if agent else "",
            "sale_state": self.sale_state,
        }

    def _named(self, holder: Invented) -> str:
        """Name a holder so that it is clear who is meant: by number where two share a name."""
        same = [each for each in self.holders if each.name == holder.name]
        return holder.name if len(same) == 1 else holder.number


def alone(person: Invented) -> Ownership:
    """One person alone."""
    return Ownership("个人", (person,))


def together(*people: Invented) -> Ownership:
    """Co-owners; the first represents."""
    return Ownership("共有", people, representative=people[0])


def hard_cases(invent: Inventor, flats: int) -> Iterator[list[Ownership]]:
    """Owners of the flats that each case takes, the cases that need a small community's few flats most first."""
    couple, partial = [invent.adult() for _ in range(2)], [invent.adult() for _ in range(2)]
    yield [together(*couple)] * 2
    yield [together(*partial), alone(partial[0])]
    yield [alone(invent.adult())] * 3
    yield [Ownership("个人", (invent.child(),), agent=invent.adult(), basis="未成年")]
    yield [Ownership("单位", (invent.company(),), agent=invent.adult())] * 2
    yield [together(invent.adult(), invent.child())]
    yield [together(*(invent.adult() for _ in range(3)))]
    yield [Ownership("个人", (invent.old_person(),), agent=invent.adult(), basis="无民事行为能力")]
    yield [alone(invent.foreigner())]
    yield [alone(invent.old_person())]
    for _ in range(flats // _FLATS_A_RICH_OWNER):
        yield [alone(invent.adult())] * 2


def usual_case(invent: Inventor, rng: Random) -> Ownership:
    """One person, a couple, or now and then an old person without a phone."""
    draw = rng.randrange(100)
    if draw < _COUPLES_PERCENT:
        return together(invent.adult(), invent.adult())
    if draw < _COUPLES_PERCENT + _OLD_PERCENT:
        return alone(invent.old_person())
    return alone(invent.adult())


def developers(invent: Inventor) -> Developers:
    """Give the developer's ownership by its name and the state of the sale, one company and clerk a name."""
    known: dict[str, tuple[Invented, Invented]] = {}

    def of(name: str, sale_state: str) -> Ownership:
        if name not in known:
            known[name] = invent.company(name), invent.adult()
        company, clerk = known[name]
        return Ownership("建设单位", (company,), agent=clerk, sale_state=sale_state)

    return of
