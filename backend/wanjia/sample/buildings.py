"""Real buildings, one entrance a row: from Chengdu's public pre-sale register as it stood in February 2023.

``buildings.csv`` beside this file holds the sample community's rows. The register names companies, not people.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files

from wanjia.domain.premises import address_order

SAMPLE_COMMUNITY = "首钢东境风华花园"


class BuildingsError(Exception):
    """A buildings file lacks a column or holds a figure that cannot be."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """One row: flats of an entrance and the smallest and largest of their areas, in 0.01 m²."""

    community: str
    district: str
    address: str
    use: str
    developer: str
    building: str
    entrance: str
    flats: int
    smallest: int
    largest: int


def read_buildings(text: str) -> list[Entrance]:
    """Read a buildings file. Raises ``BuildingsError``."""
    try:
        return [_entrance(row) for row in csv.DictReader(text.removeprefix("\ufeff").splitlines())]
    except (KeyError, ValueError, InvalidOperation, TypeError) as error:
        raise BuildingsError(str(error)) from None


def entrances_of(buildings: list[Entrance], community: str) -> list[Entrance]:
    """Give a community's entrances in order of address; empty for one that is not in the file."""
    found = [entrance for entrance in buildings if entrance.community == community]
    return sorted(found, key=lambda each: address_order(each.building, each.entrance))


def sample_entrances() -> list[Entrance]:
    """Give the entrances of the community that ships with the project (681 flats)."""
    text = files("wanjia.sample").joinpath("buildings.csv").read_text(encoding="utf-8")
    return entrances_of(read_buildings(text), SAMPLE_COMMUNITY)


def _entrance(row: dict[str, str]) -> Entrance:
    flats = int(row["flats"])
    smallest, largest = (int(Decimal(row[name]) * 100) for name in ("min_area_m2", "max_area_m2"))
    if flats < 1 or not 0 < smallest <= largest:
        raise ValueError("an entrance has flats, and the smallest is not above the largest")
    return Entrance(
        row["community"],
        row["district"],
        row["address"],
        row["use"],
        row["developer"],
        row["building"],
        row["entrance"],
        flats,
        smallest,
        largest,
    )
