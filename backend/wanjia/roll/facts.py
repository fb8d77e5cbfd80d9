"""What one row of a roll file says, once its cells are understood."""

from dataclasses import dataclass
from datetime import date

from wanjia.domain.premises import AreaSource, OwnerKind, SaleState, Use
from wanjia.roll.cells import RowReader
from wanjia.roll.findings import Findings
from wanjia.roll.parsed import Person
from wanjia.roll.people import read_agent, read_holders
from wanjia.roll.table import Cell
from wanjia.roll.words import AREA_SOURCES, BASES, KINDS, SALE_STATES, USES, NumberType

_WITH_DEVELOPER = (SaleState.UNSOLD, SaleState.SOLD_NOT_HANDED_OVER)


@dataclass(frozen=True, slots=True, repr=False)
class RowFacts:
    """A row whose cells are all in order. Personal data: no repr."""

    row: int
    address: tuple[str, str, str]
    use: Use
    area: int
    area_source: AreaSource
    sale_state: SaleState
    kind: OwnerKind
    holders: tuple[Person, ...]
    representative: str
    agent: Person | None
    basis: str


@dataclass(frozen=True, slots=True, repr=False)
class RowReading:
    """What could be read of a row: its address for finding doubles, and its facts if nothing was wrong."""

    row: int
    address: tuple[str, str, str] | None
    facts: RowFacts | None


def read_row(number: int, cells: dict[str, Cell], today: date, findings: Findings) -> RowReading:
    """Read one row; whatever is wrong with it is noted in ``findings``."""
    row = RowReader(number, cells, findings)
    building, entrance = row.address("building"), row.address("entrance", needed=False)
    room = row.address("number")
    use = row.one_of("use", "ROLL_USE_UNKNOWN", USES)
    area = row.area()
    source = row.one_of("area_source", "ROLL_AREA_SOURCE_UNKNOWN", AREA_SOURCES)
    kind = row.one_of("kind", "ROLL_KIND_UNKNOWN", KINDS)
    state = _sale_state(row, kind)
    holders = read_holders(row, kind, today)
    if kind is not None and holders is not None and not _kind_fits(row, kind, holders):
        holders = None
    basis = row.maybe_one_of("agent_basis", "ROLL_BASIS_UNKNOWN", BASES, "")
    agent, agent_ok = read_agent(row, today)
    representative = row.raw("representative")
    address = None
    if building is not None and entrance is not None and room is not None:
        address = building, entrance, room
    if (
        address is None
        or use is None
        or area is None
        or source is None
        or state is None
        or kind is None
        or holders is None
        or basis is None
        or not agent_ok
    ):
        return RowReading(number, address, None)
    facts = RowFacts(number, address, use, area, source, state, kind, holders, representative, agent, basis)
    return RowReading(number, address, facts)


def _sale_state(row: RowReader, kind: OwnerKind | None) -> SaleState | None:
    """Only the developer has units that are unsold or not handed over, and it must say which (JS 9)."""
    unsaid = row.raw("sale_state") == ""
    state = row.maybe_one_of("sale_state", "ROLL_SALE_STATE_UNKNOWN", SALE_STATES, SaleState.HANDED_OVER)
    if state is None or kind is None:
        return state
    if kind is OwnerKind.DEVELOPER and unsaid:
        row.error("sale_state", "ROLL_DEVELOPER_WITHOUT_STATE")
        return None
    if kind is not OwnerKind.DEVELOPER and state in _WITH_DEVELOPER:
        row.error("kind", "ROLL_STATE_WITHOUT_DEVELOPER")
        return None
    return state


def _kind_fits(row: RowReader, kind: OwnerKind, holders: tuple[Person, ...]) -> bool:
    """One person alone, several together, or one company."""
    company = holders[0].number_type == NumberType.CREDIT
    alone = OwnerKind.COMPANY if company else OwnerKind.PERSON
    fitting = OwnerKind.JOINT if len(holders) > 1 else alone
    if kind is fitting or (kind is OwnerKind.DEVELOPER and fitting is OwnerKind.COMPANY):
        return True
    zh, en = KINDS[fitting][:2]
    row.error("kind", "ROLL_KIND_HOLDERS", holders=len(holders), likely=f"{zh} ({en})")
    return False
