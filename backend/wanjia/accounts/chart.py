"""The chart of accounts. Debit is positive, credit negative; amounts in fen.

Three funds never mix: the maintenance fund (维修资金), the common revenue (公共收益) and deposits (押金). Each bank
account belongs to one of them (``bank.CODE``), and every entry balances within each fund it touches.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from wanjia.domain.errors import Refusal


class Fund(StrEnum):
    """Whose money it is."""

    MAINTENANCE = "maintenance"
    COMMON = "common"
    DEPOSITS = "deposits"


class AccountKind(StrEnum):
    """How an account reads: assets and expenses grow by debit, the others by credit."""

    ASSET = "asset"
    HELD = "held"
    """What is held for somebody: units, all owners, those who left a deposit."""
    INCOME = "income"
    EXPENSE = "expense"

    @property
    def sign(self) -> int:
        """Factor that makes the usual balance positive."""
        return 1 if self in (AccountKind.ASSET, AccountKind.EXPENSE) else -1


@dataclass(frozen=True, slots=True)
class Account:
    """One account. ``by_unit`` ones are kept unit by unit: each posting names its unit."""

    code: str
    kind: AccountKind
    fund: Fund
    zh: str
    en: str
    by_unit: bool = False


_K, _F = AccountKind, Fund
MAINTENANCE: Final = "maintenance"
COMMON: Final = "common"
DEPOSITS: Final = "deposits"
FIXED: Final = MappingProxyType(
    {
        account.code: account
        for account in (
            Account(MAINTENANCE, _K.HELD, _F.MAINTENANCE, "维修资金", "Maintenance fund", by_unit=True),
            Account(COMMON, _K.HELD, _F.COMMON, "公共收益结余", "Common revenue"),
            Account(DEPOSITS, _K.HELD, _F.DEPOSITS, "押金", "Deposits"),
            Account("income.advertising", _K.INCOME, _F.COMMON, "广告收入", "Advertising"),
            Account("income.parking", _K.INCOME, _F.COMMON, "停车收入", "Parking"),
            Account("income.rent", _K.INCOME, _F.COMMON, "场地出租收入", "Rents"),
            Account("income.interest", _K.INCOME, _F.COMMON, "公共收益利息", "Interest on common revenue"),
            Account("income.other", _K.INCOME, _F.COMMON, "其他收入", "Other income"),
            Account("expense.works", _K.EXPENSE, _F.COMMON, "维修支出", "Works"),
            Account("expense.management", _K.EXPENSE, _F.COMMON, "经营管理支出", "Management"),
            Account("expense.committee", _K.EXPENSE, _F.COMMON, "业委会经费", "Committee"),
            Account("expense.audit", _K.EXPENSE, _F.COMMON, "审计费", "Audit"),
            Account(
                "expense.transfer", _K.EXPENSE, _F.COMMON, "补充维修资金", "Paid into the maintenance fund"
            ),
            Account("expense.fees", _K.EXPENSE, _F.COMMON, "银行手续费", "Bank fees"),
            Account("expense.other", _K.EXPENSE, _F.COMMON, "其他支出", "Other expense"),
        )
    }
)
"""Accounts every community has; its bank accounts come to them."""
BANK: Final = "bank."
BANK_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")


def bank_account(code: str, fund: Fund, name: str) -> Account:
    """Make the account of money at a bank. Raises ``Refusal`` for a code of other signs than a-z, 0-9 and dashes."""
    if not BANK_CODE.fullmatch(code):
        raise Refusal("BANK_ACCOUNT_CODE")
    return Account(BANK + code, AccountKind.ASSET, fund, name, name)


class EntryKind(StrEnum):
    """What an entry is about."""

    OPENING = "opening"
    CONTRIBUTION = "contribution"
    INTEREST = "interest"
    COST = "cost"
    INCOME = "income"
    EXPENSE = "expense"
    DEPOSIT = "deposit"
    REFUND = "refund"
    TRANSFER = "transfer"
    CLOSING = "closing"
    REVERSAL = "reversal"
