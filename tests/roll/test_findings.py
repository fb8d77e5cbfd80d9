"""Each kind of error is found on its row and column, and said in both languages without personal data."""

import pytest
from rolls import Row, check_rows, company_flat, credit, flat, identity, joint_flat

from wanjia.domain.rollwords import MAX_AREA
from wanjia.roll.findings import Severity
from wanjia.roll.texts import EN, ZH

CHILD = identity(50, "20200101")
GUARDIAN = {"agent": "监护", "agent_id": identity(60), "agent_phone": "15400000060", "agent_basis": "未成年"}

ONE_ROW: list[tuple[str, str, Row]] = [
    ("ROLL_CELL_EMPTY", "building", flat(building="")),
    ("ROLL_CELL_EMPTY", "number", flat(number="")),
    ("ROLL_CELL_EMPTY", "use", flat(use="")),
    ("ROLL_CELL_EMPTY", "area", flat(area="")),
    ("ROLL_CELL_EMPTY", "area_source", flat(area_source="")),
    ("ROLL_CELL_EMPTY", "kind", flat(kind="")),
    ("ROLL_CELL_EMPTY", "holders", flat(holders="")),
    ("ROLL_CELL_EMPTY", "id_numbers", flat(id_numbers="")),
    ("ROLL_CELL_EMPTY", "id_numbers", flat(id_numbers="-")),
    ("ROLL_CELL_EMPTY", "agent", company_flat("101", 1, agent="")),
    ("ROLL_CELL_EMPTY", "agent_id", company_flat("101", 1, agent_id="")),
    ("ROLL_ADDRESS_INVALID", "building", flat(building="1/2")),
    ("ROLL_ADDRESS_INVALID", "entrance", flat(entrance="1,2")),
    ("ROLL_ADDRESS_INVALID", "number", flat(number="1" * 41)),
    ("ROLL_USE_UNKNOWN", "use", flat(use="住它")),
    ("ROLL_AREA_SOURCE_UNKNOWN", "area_source", flat(area_source="登计")),
    ("ROLL_KIND_UNKNOWN", "kind", flat(kind="个体")),
    ("ROLL_SALE_STATE_UNKNOWN", "sale_state", flat(sale_state="在售")),
    ("ROLL_ID_TYPE_UNKNOWN", "id_types", flat(id_types="身分证")),
    ("ROLL_BASIS_UNKNOWN", "agent_basis", flat(id_numbers=CHILD, **GUARDIAN | {"agent_basis": "小孩"})),
    ("ROLL_AREA_NOT_NUMBER", "area", flat(area="约89")),
    ("ROLL_AREA_NOT_NUMBER", "area", flat(area="1,089.35")),
    ("ROLL_AREA_NOT_NUMBER", "area", flat(area="NaN")),
    ("ROLL_AREA_NOT_NUMBER", "area", flat(area="1_0")),
    ("ROLL_AREA_OUT_OF_RANGE", "area", flat(area="0.00")),
    ("ROLL_AREA_OUT_OF_RANGE", "area", flat(area="-89.35")),
    ("ROLL_AREA_OUT_OF_RANGE", "area", flat(area=f"{MAX_AREA // 100}.{MAX_AREA % 100 + 1:02}")),
    ("ROLL_AREA_OUT_OF_RANGE", "area", flat(area="1e400")),
    ("ROLL_AREA_TOO_PRECISE", "area", flat(area="89.355")),
    ("ROLL_LIST_LENGTH", "id_numbers", flat(id_numbers=f"{identity(1)}、{identity(2)}")),
    ("ROLL_LIST_LENGTH", "phones", joint_flat("101", 1, 2, phones="15400000001")),
    ("ROLL_NAME_INVALID", "holders", flat(holders="-")),
    ("ROLL_NAME_INVALID", "holders", flat(holders="长" * 121)),
    ("ROLL_PERSON_TWICE", "id_numbers", joint_flat("101", 1, 2, id_numbers=f"{identity(1)}、{identity(1)}")),
    ("ROLL_KIND_HOLDERS", "kind", flat(kind="共有")),
    ("ROLL_KIND_HOLDERS", "kind", joint_flat("101", 1, 2, kind="个人")),
    ("ROLL_KIND_HOLDERS", "kind", flat(kind="单位", id_types="身份证")),
    ("ROLL_ID_FORM", "id_numbers", flat(id_numbers=identity(1)[:-1])),
    ("ROLL_ID_FORM", "id_numbers", flat(id_numbers="A" + identity(1)[1:])),
    ("ROLL_ID_OLD_FORM", "id_numbers", flat(id_numbers="110101800101001")),
    ("ROLL_ID_BIRTH", "id_numbers", flat(id_numbers=identity(1, "19800231"))),
    ("ROLL_ID_BIRTH", "id_numbers", flat(id_numbers=identity(1, "20271231"))),
    ("ROLL_ID_CHECK", "id_numbers", flat(id_numbers=identity(1)[:-1] + "0")),
    ("ROLL_ID_FORM_OTHER", "id_numbers", flat(id_types="护照", id_numbers="E1")),
    ("ROLL_ID_SPOILED_BY_SHEET", "id_numbers", flat(id_numbers="5.10101E+17")),
    ("ROLL_CREDIT_FORM", "id_numbers", company_flat("101", 1, id_numbers="91000000MA000000I1")),
    ("ROLL_CREDIT_CHECK", "id_numbers", company_flat("101", 1, id_numbers=credit(1)[:-1] + "Y")),
    ("ROLL_PHONE_INVALID", "phones", flat(phones="1540000000")),
    ("ROLL_PHONE_INVALID", "phones", flat(phones="12400000001")),
    ("ROLL_PHONE_INVALID", "agent_phone", company_flat("101", 1, agent_phone="028-12345678")),
    ("ROLL_REPRESENTATIVE_MISSING", "representative", joint_flat("101", 1, 2, representative="")),
    ("ROLL_REPRESENTATIVE_NOT_HOLDER", "representative", joint_flat("101", 1, 2, representative="甲3")),
    ("ROLL_REPRESENTATIVE_NOT_HOLDER", "representative", flat(representative="甲3")),
    (
        "ROLL_REPRESENTATIVE_AMBIGUOUS",
        "representative",
        joint_flat("101", 1, 2, holders="甲1、甲1"),
    ),
    ("ROLL_GUARDIAN_MISSING", "agent", flat(id_numbers=CHILD)),
    ("ROLL_GUARDIAN_NOT_NEEDED", "agent", flat(**GUARDIAN)),
    ("ROLL_AUTHORISED_MISSING", "agent", company_flat("101", 1, agent="", agent_id="", agent_phone="")),
    (
        "ROLL_AGENT_IS_HOLDER",
        "agent",
        flat(**GUARDIAN | {"agent": "甲1", "agent_id": identity(1), "agent_phone": ""}),
    ),
    ("ROLL_AGENT_MINOR", "agent_id", company_flat("101", 1, agent_id=CHILD)),
    ("ROLL_AGENT_NOT_PERSON", "agent_id_type", company_flat("101", 1, agent_id_type="统一社会信用代码")),
    ("ROLL_DEVELOPER_WITHOUT_STATE", "sale_state", company_flat("101", 1, "建设单位")),
    ("ROLL_STATE_WITHOUT_DEVELOPER", "kind", flat(sale_state="未售")),
]

TWO_ROWS: list[tuple[str, str, Row, Row]] = [
    ("ROLL_UNIT_TWICE", "number", flat("101", 1), flat("１０１室", 2, building="1栋", entrance="01单元")),
    ("ROLL_NAME_MISSPELT", "holders", flat("101", 1), flat("102", 1, holders="申1")),
    ("ROLL_NAME_CONFLICT", "holders", flat("101", 1), flat("102", 1, holders="乙丙丁")),
    ("ROLL_PHONE_CONFLICT", "phones", flat("101", 1), flat("102", 1, phones="15400000009")),
    (
        "ROLL_REPRESENTATIVE_CONFLICT",
        "representative",
        joint_flat("101", 1, 2),
        joint_flat("102", 1, 2, representative="甲2"),
    ),
    ("ROLL_AGENT_CONFLICT", "agent", company_flat("101", 1), company_flat("102", 1, agent_id=identity(99))),
]


@pytest.mark.parametrize(("code", "column", "row"), ONE_ROW)
def test_an_error_of_a_row(code: str, column: str, row: Row) -> None:
    """One error, on the second row of units, where another row is in order."""
    check = check_rows(flat("999", 77), row)
    assert [(3, column, code)] == [(each.row, each.column, each.code) for each in check.errors]
    assert check.roll is None


@pytest.mark.parametrize(("code", "column", "first", "second"), TWO_ROWS)
def test_an_error_between_rows(code: str, column: str, first: Row, second: Row) -> None:
    """One error, on the later of two rows that contradict each other."""
    check = check_rows(first, second)
    assert [(3, column, code)] == [(each.row, each.column, each.code) for each in check.errors]


def test_an_owner_whose_areas_pass_32_bits_together() -> None:
    """Each area fits the chain's word, the sum does not."""
    check = check_rows(flat("101", 1, area="30000000"), flat("102", 1, area="30000000"))
    assert [(2, "area", "ROLL_OWNER_AREA_TOO_LARGE")] == [
        (each.row, each.column, each.code) for each in check.errors
    ]


def test_every_error_is_listed_at_once() -> None:
    """Several errors in one row and in several rows, in order of row and column."""
    check = check_rows(flat(area="x", phones="1"), flat("102", 2, use="?", kind="?"), flat("101", 3))
    assert [(2, "area"), (2, "phones"), (3, "use"), (3, "kind"), (4, "number")] == [
        (each.row, each.column) for each in check.errors
    ]


def test_warnings_do_not_stop_the_roll() -> None:
    """No phone, and one phone for three owners: the roll stands, a person should look."""
    shared = [flat(f"10{who}", who, phones="15400000000") for who in (1, 2, 3)]
    check = check_rows(*shared, flat("201", 4, phones="-"))
    assert check.roll is not None
    assert [(4, "ROLL_PHONE_SHARED"), (5, "ROLL_PHONE_MISSING")] == [
        (each.row, each.code) for each in check.findings
    ]
    assert {Severity.WARNING} == {each.severity for each in check.findings}


def test_texts_give_suggestions_and_no_personal_data() -> None:
    """Both languages say what to do; nothing of a name, number or phone is repeated."""
    for _, column, row in ONE_ROW:
        for finding in check_rows(row).findings:
            for lang in (ZH, EN):
                text = finding.text(lang)
                assert "{" not in text
                assert len(text) > 8
                for personal in ("holders", "id_numbers", "phones", "agent", "agent_id", "agent_phone"):
                    content = row.get(personal, "")
                    assert len(content) < 4 or content not in text, (column, personal)


def test_suggestions_name_what_was_probably_meant() -> None:
    """The closest word, the rounded area, the check character that follows from the digits."""

    def value(row: Row, name: str) -> str:
        return str(check_rows(row).errors[0].values[name])

    assert "住宅" == value(flat(use="住它"), "likely")
    assert "89.36" == value(flat(area="89.355"), "likely")
    assert "120.44" == value(flat(area="l2O点44"), "likely")
    assert identity(1)[-1] == value(flat(id_numbers=identity(1)[:-1] + "0"), "expected")
    assert "共有 (joint)" == value(joint_flat("101", 1, 2, kind="个人"), "likely")
