"""Balances at a day, the flow of an account, and what one unit's owner is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wanjia.accounts.chart import MAINTENANCE, AccountKind, Fund
from wanjia.accounts.entries import Place
from wanjia.accounts.ledger import chart_of
from wanjia.accounts.models import AccountEntry, AccountPosting, AccountWords
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_order

_P, _E = AccountPosting, AccountEntry


@dataclass(frozen=True, slots=True)
class Flow:
    """One entry on an account: what it changed and what was there afterwards, in the account's usual sign."""

    number: int
    day: date
    kind: str
    words: str
    amount: int
    balance: int
    reverses: int | None


@dataclass(frozen=True, slots=True)
class UnitFlow:
    """One entry on a unit's share of the maintenance fund, with the whole sum it is a part of and who else bore it."""

    number: int
    day: date
    kind: str
    words: str
    amount: int
    balance: int
    whole: int
    units: int
    reverses: int | None


def balances(session: Session, community_id: int, day: date | None = None) -> dict[str, int]:
    """Give account -> balance in its usual sign at the end of ``day`` (or now), in the order of the chart."""
    rows = session.execute(_sums(community_id, day, _P.account)).all()
    found: dict[str, int] = {account: int(amount) for account, amount in rows}
    chart = chart_of(session, community_id)
    return {code: found[code] * account.kind.sign for code, account in chart.items() if code in found}


def fund_balances(session: Session, community_id: int, day: date | None = None) -> dict[Fund, int]:
    """Give what each fund holds: for the common revenue, the balance brought forward with income and expense."""
    chart = chart_of(session, community_id)
    held: dict[Fund, int] = dict.fromkeys(Fund, 0)
    for code, amount in balances(session, community_id, day).items():
        account = chart[code]
        if account.kind is not AccountKind.ASSET:
            held[account.fund] -= amount * account.kind.sign
    return held


def building_balances(session: Session, community_id: int, day: date | None = None) -> dict[str, int]:
    """Give building -> what its units hold in the maintenance fund."""
    rows = session.execute(_sums(community_id, day, _P.building).where(_P.account == MAINTENANCE)).all()
    found: dict[str, int] = {building: -int(amount) for building, amount in rows}
    return {building: found[building] for building in sorted(found, key=address_order)}


def unit_balances(session: Session, community_id: int, day: date | None = None) -> dict[Place, int]:
    """Give unit -> what it holds in the maintenance fund; negative is owed."""
    rows = session.execute(
        _sums(community_id, day, _P.building, _P.entrance, _P.unit).where(_P.account == MAINTENANCE)
    )
    found = {Place(building, entrance, unit): -int(amount) for building, entrance, unit, amount in rows}
    order = sorted(found, key=lambda at: address_order(at.building, at.entrance, at.number))
    return {place: found[place] for place in order}


def flow(session: Session, community_id: int, code: str) -> list[Flow]:
    """Give every entry on an account by day, then number. Raises ``Refusal`` for an unknown account."""
    account = chart_of(session, community_id).get(code)
    if account is None:
        raise Refusal("ENTRY_ACCOUNT_UNKNOWN", account=code)
    rows = session.execute(_flow(community_id).where(_P.account == code)).all()
    balance, found = 0, []
    for number, day, kind, reverses, words, amount in rows:
        changed = int(amount) * account.kind.sign
        balance += changed
        found.append(Flow(number, day, kind, words or "", changed, balance, reverses))
    return found


def unit_flow(session: Session, community_id: int, unit: Place) -> list[UnitFlow]:
    """Give what came to and was taken from a unit's share, and of which sum borne by how many units."""
    mine = (_P.account == MAINTENANCE, _P.building == unit.building, _P.entrance == unit.entrance)
    rows = session.execute(_flow(community_id).where(*mine, _P.unit == unit.number)).all()
    wholes = _wholes(session, community_id, [row[0] for row in rows])
    balance, found = 0, []
    for number, day, kind, reverses, words, amount in rows:
        balance -= int(amount)
        whole, units = wholes[number]
        found.append(UnitFlow(number, day, kind, words or "", -int(amount), balance, -whole, units, reverses))
    return found


def _wholes(session: Session, community_id: int, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    rows = session.execute(
        select(_E.number, func.sum(_P.amount), func.count())
        .join(_P, _P.entry_id == _E.id)
        .where(_E.community_id == community_id, _E.number.in_(numbers), _P.account == MAINTENANCE)
        .group_by(_E.number)
    )
    return {number: (int(amount), units) for number, amount, units in rows}


def _flow(community_id: int) -> Select[*tuple[Any, ...]]:
    """Entries with what they post; a caller adds which postings."""
    return (
        select(_E.number, _E.day, _E.kind, _E.reverses, AccountWords.words, func.sum(_P.amount))
        .join(_P, _P.entry_id == _E.id)
        .outerjoin(AccountWords, AccountWords.entry_id == _E.id)
        .where(_E.community_id == community_id)
        .group_by(_E.number, _E.day, _E.kind, _E.reverses, AccountWords.words)
        .order_by(_E.day, _E.number)
    )


def _sums(community_id: int, day: date | None, *columns: Any) -> Select[*tuple[Any, ...]]:
    chosen = (
        select(*columns, func.sum(_P.amount))
        .join(_E, _P.entry_id == _E.id)
        .where(_E.community_id == community_id)
        .group_by(*columns)
    )
    return chosen if day is None else chosen.where(_E.day <= day)
