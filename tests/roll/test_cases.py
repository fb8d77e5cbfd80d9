"""The hard cases of the law: who is one head, who acts for whom, what counts."""

import pytest
from rolls import check_rows, company_flat, flat, identity, joint_flat, roll_of

from wanjia.domain.counting import Weight
from wanjia.domain.premises import CountingRule, OwnerKind, TitleRole, Use
from wanjia.roll.template import examples

PLAIN = CountingRule()
CHILD = identity(50, "20200101")
GUARDIAN = {"agent": "监护", "agent_id": identity(60), "agent_phone": "15400000060", "agent_basis": "未成年"}


def test_a_person_with_several_flats_is_one_head() -> None:
    """JS 9: one head, areas summed."""
    roll = roll_of(flat("101", 1), flat("102", 1), flat("103", 2))
    assert Weight(3 * 8935, 2) == roll.totals(PLAIN).weight
    assert {0: 2 * 8935, 1: 8935} == roll.areas(PLAIN)


def test_the_same_two_people_are_one_head_and_one_of_them_alone_another() -> None:
    """{A,B} on two flats is one owner, whatever their order; {A} is another."""
    swapped = joint_flat("102", 2, 1, representative="甲1")
    roll = roll_of(joint_flat("101", 1, 2), swapped, flat("103", 1))
    assert [OwnerKind.JOINT, OwnerKind.PERSON] == [owner.kind for owner in roll.owners]
    assert {0: 2 * 8935, 1: 8935} == roll.areas(PLAIN)
    assert "甲1" == roll.owners[0].acting.name
    assert TitleRole.REPRESENTATIVE is roll.owners[0].acting_role


def test_the_representative_may_be_named_on_one_row_only() -> None:
    """The other rows of the same co-owners need not repeat it."""
    roll = roll_of(joint_flat("101", 1, 2, representative=""), joint_flat("102", 1, 2, representative="甲2"))
    assert "甲2" == roll.owners[0].acting.name


def test_holders_of_one_name_are_told_apart_by_number() -> None:
    """The representative's number may stand in place of the name."""
    roll = roll_of(joint_flat("101", 1, 2, holders="甲1、甲1", representative=identity(2)))
    assert identity(2) == roll.owners[0].acting.number


def test_the_developer_is_one_head_with_its_area_in_full() -> None:
    """JS 9: unsold and sold but not handed over, in whatever building."""
    roll = roll_of(
        company_flat("101", 1, "建设单位", sale_state="未售"),
        company_flat("102", 1, "建设单位", sale_state="已售未交付", building="2"),
        company_flat("103", 2),
    )
    assert [OwnerKind.DEVELOPER, OwnerKind.COMPANY] == [
        owner.kind for owner in sorted(roll.owners, key=lambda each: each.kind, reverse=True)
    ]
    assert Weight(3 * 8935, 2) == roll.totals(PLAIN).weight
    assert {TitleRole.AUTHORISED} == {owner.acting_role for owner in roll.owners}


def test_a_guardian_acts_for_a_minor_and_for_one_without_capacity() -> None:
    """An adult's guardian needs the basis said."""
    roll = roll_of(
        flat("101", 1, id_numbers=CHILD, **GUARDIAN),
        flat("102", 2, **GUARDIAN | {"agent_basis": "无民事行为能力"}),
    )
    assert {(TitleRole.GUARDIAN, "监护")} == {(owner.acting_role, owner.acting.name) for owner in roll.owners}


def test_an_adult_co_owner_represents_a_minor_co_owner() -> None:
    """A parent and a child: the parent represents, no guardian besides; the child alone could not."""
    ids = f"{identity(1)}、{CHILD}"
    roll = roll_of(joint_flat("101", 1, 2, id_numbers=ids))
    assert TitleRole.REPRESENTATIVE is roll.owners[0].acting_role
    child_represents = joint_flat("101", 1, 2, id_numbers=ids, representative="甲2")
    assert "ROLL_GUARDIAN_MISSING" == check_rows(child_represents).errors[0].code


@pytest.mark.parametrize(
    ("rule", "counted"),
    [
        (CountingRule(), {Use.DWELLING}),
        (CountingRule(parking=True), {Use.DWELLING, Use.PARKING}),
        (CountingRule(storerooms=True), {Use.DWELLING, Use.STOREROOM}),
    ],
)
def test_parking_and_storerooms_count_only_under_a_rule(rule: CountingRule, counted: set[Use]) -> None:
    """Who owns nothing that counts is no head."""
    roll = roll_of(
        flat("101", 1),
        flat("A-1", 2, use="车位", building="地下车库", entrance=""),
        flat("C-1", 3, use="储藏室", building="地下车库", entrance=""),
    )
    totals = roll.totals(rule)
    assert Weight(8935 * len(counted), len(counted)) == totals.weight
    assert 8935 * (3 - len(counted)) == totals.excluded_area
    assert 3 == totals.units


def test_spellings_are_normalised() -> None:
    """Full-width digits, units of area, spaces, dashes and country codes mean the same."""
    typed = flat(
        "１０１室",
        1,
        building="０１栋",
        entrance="１单元",
        area="８９．３５㎡",
        holders=" 甲１ ",
        id_numbers=f" {identity(1)[:6]} {identity(1)[6:].lower()}",
        phones="+86 154-0000-0001",
        use=" Dwelling ",
    )
    assert roll_of(flat()).file_hash == roll_of(typed).file_hash


def test_the_hash_does_not_depend_on_the_order_of_rows() -> None:
    """But on every area."""
    rows = [flat("101", 1), joint_flat("102", 2, 3), company_flat("201", 4)]
    assert roll_of(*rows).file_hash == roll_of(*reversed(rows)).file_hash
    rows[0]["area"] = "89.36"
    assert roll_of(*rows).file_hash != roll_of(*reversed([flat("101", 1), *rows[1:]])).file_hash


def test_buildings_add_up_with_shared_owners_in_each() -> None:
    """An owner in two buildings is a head in both and one in all."""
    roll = roll_of(flat("101", 1), flat("101", 1, building="2"), flat("102", 2, building="10"))
    parts = roll.by_building(PLAIN)
    assert {"1": 1, "2": 1, "10": 1} == {name: part.weight.heads for name, part in parts.items()}
    assert 2 == roll.totals(PLAIN).weight.heads
    assert ["1", "2", "10"] == list(parts)


def test_the_examples_of_the_template_pass() -> None:
    """The template's own rows are a correct roll."""
    assert () == check_rows(*examples()).findings
