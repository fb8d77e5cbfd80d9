"""Which column of a CSV statement is what: given by a person as JSON, or guessed from the words of its header."""

import json
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Final

from wanjia.domain.errors import Refusal

_USUAL: Final = MappingProxyType(
    {
        "day": ("交易日期", "记账日期", "入账日期", "日期", "交易时间", "记账时间", "date", "booking date"),
        "money_in": (
            "收入",
            "贷方发生额",
            "贷方金额",
            "存入金额",
            "收入金额",
            "转入金额",
            "credit",
            "paid in",
        ),
        "money_out": (
            "支出",
            "借方发生额",
            "借方金额",
            "支取金额",
            "支出金额",
            "转出金额",
            "debit",
            "paid out",
        ),
        "amount": ("交易金额", "发生额", "金额", "amount"),
        "direction": ("借贷标志", "借贷方向", "借贷", "收支标志", "收/支"),
        "balance": ("余额", "账户余额", "本次余额", "交易后余额", "balance"),
        "reference": ("交易流水号", "流水号", "凭证号", "业务编号", "交易参考号", "reference"),
        "words": ("摘要", "用途", "附言", "交易摘要", "备注", "description", "memo"),
        "party": ("对方户名", "对方名称", "对方账户名称", "交易对方", "payee", "name"),
        "party_account": ("对方账号", "对方账户", "对方卡号", "counterparty account"),
    }
)
_IN: Final = ("贷", "贷方", "收", "收入", "存", "c", "cr", "credit", "in")
_OUT: Final = ("借", "借方", "支", "支出", "取", "d", "dr", "debit", "out")


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """Headers of the columns. Either ``amount`` (signed, or with ``direction``), or ``money_in`` and ``money_out``."""

    day: str
    money_in: str = ""
    money_out: str = ""
    amount: str = ""
    direction: str = ""
    balance: str = ""
    reference: str = ""
    words: str = ""
    party: str = ""
    party_account: str = ""
    day_format: str = ""
    """As ``strptime``; empty for days written year first."""
    thousands: str = ","
    words_in: tuple[str, ...] = _IN
    words_out: tuple[str, ...] = _OUT

    @property
    def columns(self) -> dict[str, str]:
        """Field -> header, of the columns that are read."""
        return {field: getattr(self, field) for field in _USUAL if getattr(self, field)}


def mapping_from_json(text: str) -> CsvMapping:
    """Read a mapping. Raises ``Refusal("STATEMENT_MAPPING")`` naming the field that is wrong."""
    known = {field.name for field in fields(CsvMapping)}
    try:
        given = json.loads(text)
    except ValueError:
        raise Refusal("STATEMENT_MAPPING", field="JSON") from None
    if not isinstance(given, dict) or "day" not in given:
        raise Refusal("STATEMENT_MAPPING", field="day")
    for name, value in given.items():
        listed = name in ("words_in", "words_out")
        right = isinstance(value, list) and all(isinstance(each, str) for each in value)
        if name not in known or (not right if listed else not isinstance(value, str)):
            raise Refusal("STATEMENT_MAPPING", field=name[:40])
        if listed:
            given[name] = tuple(each.lower() for each in value)
    mapping = CsvMapping(**given)
    if bool(mapping.amount) == bool(mapping.money_in and mapping.money_out):
        raise Refusal("STATEMENT_MAPPING", field="amount")
    return mapping


def guess(header: list[str]) -> CsvMapping | None:
    """Guess a mapping from a row of headers, or find that it is none."""
    known = {plain_header(cell): cell for cell in header}
    found: dict[str, Any] = {}
    for field, words in _USUAL.items():
        cell = next((known[word] for word in words if word in known), "")
        if cell:
            found[field] = cell
    if "money_in" in found and "money_out" in found:
        found.pop("amount", None)
        found.pop("direction", None)
    else:
        found.pop("money_in", None)
        found.pop("money_out", None)
    if "day" not in found or not ("amount" in found or "money_in" in found):
        return None
    return CsvMapping(**found)


def plain_header(cell: str) -> str:
    """Bring a header to one spelling: lower case, without a unit in brackets."""
    return cell.replace("（", "(").split("(")[0].strip().lower()
