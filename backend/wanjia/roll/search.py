"""Units with their owners, names masked, for the committee; every look is logged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.premises import TitleRole, address_order, address_part
from wanjia.identity.owners import masked_name
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner, Title, Unit
from wanjia.roll.uploads import own_community

SHOWN = 100
_REFERENCE = 128
_AGENTS = (TitleRole.GUARDIAN, TitleRole.AUTHORISED)


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """One unit. ``acting`` is who votes for its owner, ``acting_role`` in what role; names are masked."""

    building: str
    entrance: str
    number: str
    use: str
    area: int
    area_source: str
    sale_state: str
    counted: bool
    kind: str
    holders: Sequence[str]
    acting: str
    acting_role: str
    reachable: bool
    """Whether the roll has a phone of the one who votes."""
    others: Sequence[str]
    """The same owner's other units, ``building-entrance-number``."""


class RollSearch:
    """Finds units of the reader's own community."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def find(
        self, staff: StaffLogin, slug: str, building: str, entrance: str, number: str
    ) -> tuple[int, list[FoundUnit]]:
        """Give how many units fit, and the first of them; what is left empty fits anything.

        Raises ``Refusal("NOT_FOUND")``, also for another community.
        """
        wanted = {"building": building, "entrance": entrance, "number": number}
        with self._database.write() as session:
            community = own_community(session, staff, slug)
            query = select(Unit).where(Unit.community_id == community.id)
            for part, text in wanted.items():
                if text:
                    query = query.where(getattr(Unit, part) == address_part(part, text))
            units = sorted(
                session.scalars(query),
                key=lambda unit: address_order(unit.building, unit.entrance, unit.number),
            )
            place = "/".join(wanted.values())
            log_act(session, staff, self._clock(), "roll.read", f"{len(units)} units {place}"[:_REFERENCE])
            return len(units), self._shown(session, units[:SHOWN])

    def _shown(self, session: Session, units: Sequence[Unit]) -> list[FoundUnit]:
        ids = {unit.owner_id for unit in units}
        owners = {owner.id: owner for owner in session.scalars(select(Owner).where(Owner.id.in_(ids)))}
        titles: dict[int, list[Title]] = {owner: [] for owner in ids}
        for title in session.scalars(select(Title).where(Title.owner_id.in_(ids)).order_by(Title.id)):
            titles[title.owner_id].append(title)
        held: dict[int, list[Unit]] = {owner: [] for owner in ids}
        for unit in session.scalars(select(Unit).where(Unit.owner_id.in_(ids))):
            held[unit.owner_id].append(unit)
        return [
            self._line(unit, owners[unit.owner_id], titles[unit.owner_id], held[unit.owner_id])
            for unit in units
        ]

    def _line(self, unit: Unit, owner: Owner, titles: Sequence[Title], held: Sequence[Unit]) -> FoundUnit:
        others = [each for each in held if each.id != unit.id]
        others.sort(key=lambda each: address_order(each.building, each.entrance, each.number))
        acting = next((title for title in titles if title.acts), None)
        return FoundUnit(
            unit.building,
            unit.entrance,
            unit.number,
            unit.use,
            unit.area,
            unit.area_source,
            unit.sale_state,
            unit.counted,
            owner.kind,
            [self._masked(title) for title in titles if title.role not in _AGENTS],
            self._masked(acting) if acting else "",
            acting.role if acting else "",
            acting is not None and acting.phone is not None,
            ["-".join(filter(None, (each.building, each.entrance, each.number))) for each in others],
        )

    def _masked(self, title: Title) -> str:
        return masked_name(self._vault.open(title.name))
