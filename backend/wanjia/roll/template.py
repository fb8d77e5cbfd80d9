"""The empty roll to fill in: header, what each column takes, and an example of every hard case of the law.

People and numbers of the examples are invented: the region code 000000 and the mobile prefix 154 are not in use.
"""

from typing import Final

from wanjia.domain.identity_numbers import credit_check, identity_check
from wanjia.roll.columns import COLUMNS
from wanjia.roll.texts import label
from wanjia.roll.writing import to_csv, to_xlsx


def _identity(born: str, sequence: int) -> str:
    first17 = f"000000{born}{sequence:03}"
    return first17 + identity_check(first17)


_CREDIT_BODY = "91000000MA0000001"
_CREDIT: Final = _CREDIT_BODY + credit_check(_CREDIT_BODY)
_BUILDER_BODY = "91000000MA0000002"
_BUILDER: Final = _BUILDER_BODY + credit_check(_BUILDER_BODY)
_FIRST, _SECOND = _identity("19800101", 1), _identity("19820202", 2)
_CHILD, _PARENT = _identity("20220303", 3), _identity("19900404", 4)
_CLERK = _identity("19850505", 5)


def _row(
    address: str, use: str, area: str, kind: str, holders: str, numbers: str, **more: str
) -> dict[str, str]:
    building, entrance, number = address.split("/")
    return {
        "building": building,
        "entrance": entrance,
        "number": number,
        "use": use,
        "area": area,
        "area_source": "登记",
        "kind": kind,
        "holders": holders,
        "id_numbers": numbers,
        **more,
    }


def examples() -> list[dict[str, str]]:
    """Rows that pass every check, one case after the other."""
    both, phones = f"{_FIRST}、{_SECOND}", "15400000001、-"
    clerk = {"agent": "郑示例", "agent_id": _CLERK, "agent_phone": "15400000005"}
    parent = {"agent": "吴示例", "agent_id": _PARENT, "agent_phone": "15400000004", "agent_basis": "未成年"}
    return [
        _row("1/1/101", "住宅", "89.35", "个人", "赵示例", _FIRST, phones="15400000001"),
        _row("1/1/102", "住宅", "89.35", "个人", "赵示例", _FIRST, phones="15400000001"),
        _row(
            "1/1/201", "住宅", "120.5", "共有", "赵示例、钱示例", both, phones=phones, representative="赵示例"
        ),
        _row(
            "1/1/202", "住宅", "120.5", "共有", "赵示例、钱示例", both, phones=phones, representative="赵示例"
        ),
        _row("1/1/301", "住宅", "89.35", "个人", "孙示例", _CHILD, **parent),
        _row(
            "1/1/302", "住宅", "89.35", "个人", "Li Shili", "EX1234567", id_types="护照", phones="15400000006"
        ),
        _row("1/1/401", "住宅", "89.35", "单位", "示例商贸有限公司", _CREDIT, **clerk),
        _row(
            "1/1/402", "住宅", "89.35", "建设单位", "示例置业有限公司", _BUILDER, sale_state="未售", **clerk
        ),
        _row(
            "1/1/501",
            "住宅",
            "89.35",
            "建设单位",
            "示例置业有限公司",
            _BUILDER,
            sale_state="已售未交付",
            **clerk,
        ),
        _row("1/商铺/101", "商铺", "45", "单位", "示例商贸有限公司", _CREDIT, **clerk),
        _row("地下车库//A-001", "车位", "12.72", "个人", "赵示例", _FIRST, phones="15400000001"),
    ]


def explanations(lang: str) -> list[tuple[str, str]]:
    """Each column's header and what it takes, then the rules of owners."""
    columns = [(column.header(lang), label(f"column.{column.key}", lang)) for column in COLUMNS]
    return [*columns, *(("", label(f"template.rule.{number}", lang)) for number in range(1, 7))]


def template_csv(lang: str) -> bytes:
    """Header and remarks (rows that begin with # are not read), the examples among them."""
    remarks = [f"{header}: {text}" if header else text for header, text in explanations(lang)]
    lines = [" | ".join(value for value in row.values() if value) for row in examples()]
    return to_csv([], lang, [label("template.remark", lang), *remarks, *lines])


def template_xlsx(lang: str) -> bytes:
    """An empty sheet to fill in, a sheet of examples and one of explanations."""
    sheets = {label("template.sheet", lang): [], label("template.examples", lang): examples()}
    return to_xlsx(sheets, lang, {label("template.notes", lang): explanations(lang)})
