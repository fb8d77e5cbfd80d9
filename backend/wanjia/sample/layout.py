"""Lays flats over floors: room numbers like 1203, a few layouts an entrance, areas between the register's bounds."""

from dataclasses import dataclass
from itertools import groupby
from random import Random

from wanjia.domain.premises import Use
from wanjia.sample.buildings import Entrance

_MOST_FLOORS = 33
"""What 100 m of height, the limit of ordinary residential towers, has room for."""
_USUAL_FLOORS = 18
_FLATS_A_FLOOR = (1, 2, 3, 4, 6, 8, 10, 12, 16, 20)
_LARGE_FLAT = 14_000
_SMALL_APARTMENT = 6_000
_JITTER = 35
"""Flats of one layout differ by up to 0.35 m²: walls get thinner upwards."""
_OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Premises:
    """One unit before it has an owner; ``area`` in 0.01 m²."""

    building: str
    entrance: str
    number: str
    use: Use
    area: int
    developer: str


def lay_out(entrances: list[Entrance], rng: Random) -> list[Premises]:
    """Lay every flat of the entrances, which come in order of address; rows of one entrance stack up."""
    units: list[Premises] = []
    for _, rows in groupby(entrances, key=lambda each: (each.building, each.entrance)):
        floor = 0
        for row in rows:
            wide = _flats_a_floor(row)
            areas = _areas(row, wide, rng)
            for at, area in enumerate(areas):
                number = f"{floor + at // wide + 1}{at % wide + 1:02}"
                units.append(
                    Premises(row.building, row.entrance, number, _use(row, area), area, row.developer)
                )
            floor += -(-row.flats // wide)
    return units


def _flats_a_floor(row: Entrance) -> int:
    """Few large flats a floor, more small ones; never higher than a residential tower may be."""
    floors = _USUAL_FLOORS if row.largest >= _LARGE_FLAT else _MOST_FLOORS
    fewest = 1 if row.flats <= 3 else 2  # noqa: PLR2004  a villa or two has a door of its own
    return next(wide for wide in _FLATS_A_FLOOR if wide >= fewest and row.flats <= wide * floors)


def _areas(row: Entrance, wide: int, rng: Random) -> list[int]:
    """One layout a place on the floor; the smallest and largest area of the register both occur."""
    span = row.largest - row.smallest
    layouts = [row.smallest + span * place // max(wide - 1, 1) for place in range(wide)]
    if wide > 2 and span > _LARGE_FLAT // 4:  # noqa: PLR2004  the largest is a penthouse: most are near the smallest
        layouts = [row.smallest + (layout - row.smallest) // 3 for layout in layouts]
    areas = [
        min(max(layouts[at % wide] + rng.randrange(-_JITTER, _JITTER + 1), row.smallest), row.largest)
        for at in range(row.flats)
    ]
    areas[0] = row.smallest
    if row.flats > 1:
        areas[-1] = row.largest
    return areas


def _use(row: Entrance, area: int) -> Use:
    if row.entrance == _OTHER and "商业" in row.use:
        return Use.SHOP
    return Use.APARTMENT if "公寓" in row.use and area < _SMALL_APARTMENT else Use.DWELLING
