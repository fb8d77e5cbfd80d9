"""The sample roll: real buildings, invented owners, every hard case, mistakes that the check finds."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from wanjia.domain.identity_numbers import NumberFault, credit_fault, identity_fault, is_mobile
from wanjia.domain.premises import CountingRule, OwnerKind, SaleState, TitleRole, Use
from wanjia.roll.checking import check_roll
from wanjia.roll.parsed import ParsedRoll
from wanjia.roll.writing import to_csv, to_xlsx
from wanjia.sample.buildings import (
    BuildingsError,
    Entrance,
    entrances_of,
    read_buildings,
    sample_entrances,
)
from wanjia.sample.mistakes import plant_mistakes
from wanjia.sample.roll import sample_roll

TODAY = date(2026, 11, 1)
OTHERS = Path(__file__).parents[1] / "fixtures" / "buildings_other.csv"


def other(community: str) -> list[Entrance]:
    """Entrances of a community that is not the sample."""
    return entrances_of(read_buildings(OTHERS.read_text(encoding="utf-8")), community)


def checked(entrances: list[Entrance], seed: int) -> ParsedRoll:
    """Give a sample roll that went through a file and its check."""
    check = check_roll(to_csv(sample_roll(entrances, seed), "zh-CN"), TODAY)
    assert check.errors == ()
    assert check.roll is not None
    return check.roll


def test_the_sample_community_has_its_681_flats() -> None:
    """Flats by entrance are the register's."""
    roll = checked(sample_entrances(), 1)
    flats = Counter((unit.building, unit.entrance) for unit in roll.units if unit.use is Use.DWELLING)
    assert {(each.building, each.entrance): each.flats for each in sample_entrances()} == flats
    assert sum(flats.values()) == 681


@pytest.mark.parametrize("community", ["青云台小区", "中环光悦居"])
def test_areas_stay_within_the_register_and_reach_its_bounds(community: str) -> None:
    """The smallest and the largest area of each entrance both occur, none lies outside."""
    entrances = other(community)
    roll = checked(entrances, 3)
    for entrance in entrances:
        areas = [
            unit.area
            for unit in roll.units
            if (unit.building, unit.entrance) == (entrance.building, entrance.entrance)
        ]
        assert len(areas) == entrance.flats
        assert (min(areas), max(areas)) == (entrance.smallest, entrance.largest)


def test_flats_lie_on_floors() -> None:
    """Numbers are floor and place, no tower is higher than 33 floors."""
    for unit in checked(sample_entrances(), 1).units:
        if unit.use is Use.DWELLING:
            assert 1 <= int(unit.number[:-2]) <= 33
            assert 1 <= int(unit.number[-2:]) <= 20


def test_the_same_seed_gives_the_same_roll() -> None:
    """Byte for byte; another seed gives another."""
    first = to_csv(sample_roll(sample_entrances(), 7), "zh-CN")
    assert first == to_csv(sample_roll(sample_entrances(), 7), "zh-CN")
    assert first != to_csv(sample_roll(sample_entrances(), 8), "zh-CN")


@pytest.mark.parametrize("seed", range(5))
def test_every_hard_case_is_there(seed: int) -> None:
    """Each case of rulebook section 2 occurs, and is counted as the law says."""
    roll = checked(sample_entrances(), seed)
    units_of = Counter(unit.owner for unit in roll.units if unit.use is Use.DWELLING)
    owners = dict(enumerate(roll.owners))
    joint = {at: owner for at, owner in owners.items() if owner.kind is OwnerKind.JOINT}
    alone = {owner.holders[0].number for owner in owners.values() if owner.kind is OwnerKind.PERSON}
    developers = [at for at, owner in owners.items() if owner.kind is OwnerKind.DEVELOPER]
    states = {unit.sale_state for unit in roll.units if unit.owner == developers[0]}
    guardians = [owner for owner in owners.values() if owner.acting_role is TitleRole.GUARDIAN]

    assert max(units_of[at] for at in owners if owners[at].kind is OwnerKind.PERSON) >= 3
    assert any(units_of[at] == 2 for at in joint), "the same two people on two flats"
    assert any(holder.number in alone for owner in joint.values() for holder in owner.holders)
    assert any(len(owner.holders) == 3 for owner in joint.values())
    assert len(developers) == 1
    assert states == {SaleState.UNSOLD, SaleState.SOLD_NOT_HANDED_OVER}
    assert any(owner.kind is OwnerKind.COMPANY for owner in owners.values())
    assert len(guardians) == 2
    assert {unit.use for unit in roll.units} == {Use.DWELLING, Use.SHOP, Use.PARKING, Use.STOREROOM}
    only_parking = set(owners) - {unit.owner for unit in roll.units if unit.use is not Use.PARKING}
    assert only_parking, "someone owns nothing but a parking space"
    assert roll.totals(CountingRule()).weight.heads < len(owners)


def test_owners_are_nobody() -> None:
    """Numbers pass every check but carry the region 000000 and the phone prefix 154, which nobody has."""
    for row in sample_roll(sample_entrances(), 2):
        for number in filter(None, [*row["id_numbers"].split("、"), row["agent_id"]]):
            if number.startswith("EX"):
                continue
            credit = number.startswith("91000000")
            assert credit or number.startswith("000000")
            assert None is (credit_fault(number) if credit else identity_fault(number, TODAY))
        for phone in [*row["phones"].split("、"), row["agent_phone"]]:
            assert phone in {"", "-"} or (phone.startswith("154") and is_mobile(phone))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_the_check_finds_every_planted_mistake_and_nothing_else(seed: int, lang: str) -> None:
    """Row, column and code of each finding are those of the planted mistake."""
    rows, planted = plant_mistakes(sample_roll(sample_entrances(), seed), seed)
    check = check_roll(to_csv(rows, lang), TODAY)
    assert len(planted) >= 22
    assert len(planted) == len({each.row for each in planted}) == len({each.code for each in planted})
    assert [(each.row, each.column, each.code) for each in planted] == [
        (each.row, each.column, each.code) for each in check.errors
    ]
    assert check.roll is None


def test_a_sheet_gives_the_same_mistakes_as_a_text_file() -> None:
    """XLSX and CSV are checked alike."""
    rows, _ = plant_mistakes(sample_roll(other("中环光悦居"), 4), 4)
    sheet = check_roll(to_xlsx({"roll": rows}, "en", {}), TODAY)
    assert sheet.findings == check_roll(to_csv(rows, "zh-CN"), TODAY).findings


@pytest.mark.parametrize("flats", [1, 2, 3, 5, 9, 20])
def test_small_communities_get_a_roll_too(flats: int) -> None:
    """Hard cases that do not fit are left out; every flat has an owner."""
    one = Entrance("小院", "", "", "住宅", "样例置业", "1", "1", flats, 9_000, 12_000)
    roll = checked([one], 1)
    assert flats == sum(unit.use is Use.DWELLING for unit in roll.units)


@pytest.mark.parametrize(
    "text", ["community\nx\n", OTHERS.read_text(encoding="utf-8").replace(",80,", ",none,")]
)
def test_a_broken_buildings_file_is_refused(text: str) -> None:
    """A missing column or a figure that is none."""
    with pytest.raises(BuildingsError):
        read_buildings(text)


def test_a_wrong_check_character_is_the_only_fault() -> None:
    """The planted check characters are wrong and nothing else about the number is."""
    rows, planted = plant_mistakes(sample_roll(sample_entrances(), 1), 1)
    place = next(each for each in planted if each.code == "ROLL_ID_CHECK")
    assert identity_fault(rows[place.row - 2]["id_numbers"], TODAY) is NumberFault.CHECK
