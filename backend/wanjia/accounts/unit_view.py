"""What the owner of a unit is shown: their share, what they hold, what came in, what was taken and why."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from wanjia.accounts.balances import UnitFlow, unit_flow
from wanjia.accounts.chart import EntryKind
from wanjia.accounts.entries import Place
from wanjia.accounts.sharing import areas_in
from wanjia.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit's account in the maintenance fund. Areas in 0.01 m², sums in fen, ``taken`` as a positive sum.

    ``came`` and ``taken`` leave out what was taken back: an entry and its reversal are in ``flows`` only.
    """

    area: int
    building_area: int
    whole_area: int
    balance: int
    came: int
    taken: int
    flows: tuple[UnitFlow, ...]


def unit_view(session: Session, community_id: int, unit: Place, until: date | None = None) -> UnitView:
    """Give a unit's view, of entries up to ``until``. Raises ``Refusal("NOT_FOUND")`` for a unit not on the roll."""
    areas = areas_in(session, community_id)
    if unit not in areas:
        raise Refusal("NOT_FOUND")
    flows = tuple(
        each for each in unit_flow(session, community_id, unit) if until is None or each.day <= until
    )
    undone = {each.reverses for each in flows if each.reverses is not None}
    counted = [each for each in flows if each.kind != EntryKind.REVERSAL and each.number not in undone]
    return UnitView(
        areas[unit],
        sum(area for place, area in areas.items() if place.building == unit.building),
        sum(areas.values()),
        sum(each.amount for each in flows),
        sum(each.amount for each in counted if each.amount > 0),
        -sum(each.amount for each in counted if each.amount < 0),
        flows,
    )
