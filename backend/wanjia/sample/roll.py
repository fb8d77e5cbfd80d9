"""Makes a community's roll from its real buildings: the same seed gives the same roll."""

from random import Random

from wanjia.domain.premises import AreaSource, Use, address_order
from wanjia.roll.words import AREA_SOURCES, USES
from wanjia.sample.buildings import Entrance
from wanjia.sample.layout import Premises, lay_out
from wanjia.sample.ownership import Developers, Ownership, alone, developers, hard_cases, usual_case
from wanjia.sample.people import Inventor

Row = dict[str, str]

_WITH_DEVELOPER_PERCENT = 8
_NOT_HANDED_OVER_PERCENT = 25
_SURVEYED_PERCENT = 10
_FLATS_A_SHOP = 100
_FLATS_A_PARKING_SPACE = 3
_FLATS_A_STOREROOM = 25
_SHOPS = "商铺"
_GARAGE = "地下车库"
_STORES = "地下储藏室"


def sample_roll(entrances: list[Entrance], seed: int) -> list[Row]:
    """Give the rows of a roll by column key, in order of address.

    Flats, their addresses and the bounds of their areas are the register's. Owners, shops beside the flats,
    parking spaces and storerooms are invented. Raises ``ValueError`` without entrances.
    """
    if not entrances:
        raise ValueError("a community has at least one entrance")
    rng = Random(f"{entrances[0].community}|{seed}")  # noqa: S311  samples must come again
    invent = Inventor(rng)
    developer_of = developers(invent)
    flats = lay_out(entrances, rng)
    owned = _own_flats(flats, invent, rng, developer_of)
    owned += _beside_the_flats(owned, entrances[0].developer, invent, rng, developer_of)
    owned.sort(key=lambda pair: address_order(pair[0].building, pair[0].entrance, pair[0].number))
    return [_row(unit, ownership, rng) for unit, ownership in owned]


def _own_flats(
    flats: list[Premises], invent: Inventor, rng: Random, developer_of: Developers
) -> list[tuple[Premises, Ownership]]:
    waiting = rng.sample(flats, len(flats))
    owned: list[tuple[Premises, Ownership]] = []
    for case in hard_cases(invent, len(flats)):
        if len(case) < len(waiting):
            owned += [(waiting.pop(), ownership) for ownership in case]
    kept = min(len(waiting) - 1, max(2, len(flats) * _WITH_DEVELOPER_PERCENT // 100))
    for at in range(kept):
        unit = waiting.pop()
        handing_over = at == 1 or rng.randrange(100) < _NOT_HANDED_OVER_PERCENT
        owned.append((unit, developer_of(unit.developer, "已售未交付" if handing_over else "未售")))
    return owned + [(unit, usual_case(invent, rng)) for unit in waiting]


def _beside_the_flats(
    owned: list[tuple[Premises, Ownership]],
    developer: str,
    invent: Inventor,
    rng: Random,
    developer_of: Developers,
) -> list[tuple[Premises, Ownership]]:
    """Shops unless the register has some, parking spaces and storerooms."""
    flats = len(owned)
    neighbours = [ownership for _, ownership in owned if ownership.kind in ("个人", "共有")]
    made: list[tuple[Premises, Ownership]] = []

    def add(address: tuple[str, str, str], use: Use, areas: tuple[int, int], owner: Ownership) -> None:
        made.append((Premises(*address, use, rng.randrange(*areas), developer), owner))

    if not any(unit.use is Use.SHOP for unit, _ in owned):
        company = Ownership("单位", (invent.company(),), agent=invent.adult())
        keepers = [company, neighbours[0], *(alone(invent.adult()) for _ in range(flats // _FLATS_A_SHOP))]
        building = min((unit.building for unit, _ in owned), key=address_order)
        for at, owner in enumerate(keepers, start=1):
            add((building, _SHOPS, f"1{at:02}"), Use.SHOP, (3_800, 12_001), owner)
    drivers = [alone(invent.adult()), developer_of(developer, "未售")]
    drivers += [rng.choice(neighbours) for _ in range(flats // _FLATS_A_PARKING_SPACE)]
    for at, owner in enumerate(drivers, start=1):
        add((_GARAGE, "", f"A-{at:03}"), Use.PARKING, (1_150, 1_391), owner)
    for at in range(flats // _FLATS_A_STOREROOM + 1):
        add((_STORES, "", f"C-{at + 1:02}"), Use.STOREROOM, (300, 901), rng.choice(neighbours))
    return made


def _row(unit: Premises, ownership: Ownership, rng: Random) -> Row:
    source = AreaSource.REGISTERED
    if ownership.sale_state:
        source = AreaSource.CONTRACT if ownership.sale_state == "已售未交付" else AreaSource.SURVEYED
    elif rng.randrange(100) < _SURVEYED_PERCENT:
        source = AreaSource.SURVEYED
    return {
        "building": unit.building,
        "entrance": unit.entrance,
        "number": unit.number,
        "use": USES[unit.use][0],
        "area": f"{unit.area // 100}.{unit.area % 100:02}",
        "area_source": AREA_SOURCES[source][0],
        **ownership.columns(),
    }
