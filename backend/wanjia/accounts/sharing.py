"""Entries of the maintenance fund that concern many units: a sum shared by area, or each unit's own amount."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.accounts.balances import unit_balances
from wanjia.accounts.chart import MAINTENANCE, EntryKind
from wanjia.accounts.entries import Draft, Place, Posting
from wanjia.domain.allocation import allocate
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_order
from wanjia.domain.scope import Scope
from wanjia.roll.models import Unit

Areas = dict[Place, int]
"""Units in order of address with their areas in 0.01 m²."""


def areas_in(session: Session, community_id: int, scope: str = "*") -> Areas:
    """Give the counted units of a part of the community. Raises ``Refusal`` where it has none."""
    chosen = Scope.parse(scope)
    units = [
        unit
        for unit in session.scalars(select(Unit).where(Unit.community_id == community_id, Unit.counted))
        if chosen.covers(unit.building, unit.entrance)
    ]
    if not units:
        raise Refusal("ALLOCATION_NO_UNITS", scope=scope)
    units.sort(key=lambda unit: address_order(unit.building, unit.entrance, unit.number))
    return {Place(unit.building, unit.entrance, unit.number): unit.area for unit in units}


def shared(
    kind: EntryKind, day: date, words: str, bank: str, amount: int, weights: Mapping[Place, int], **more: str
) -> Draft:
    """Share ``amount`` fen that came to the bank account (negative: was paid from it) among units by weight.

    Weights are areas for costs and contributions (维修资金按建筑面积分摊) and, where a community's rules say so,
    balances for interest. Ties of a fen go to the earlier address.
    """
    parts = allocate(amount, list(weights.values()))
    return each_own(kind, day, words, bank, dict(zip(weights, parts, strict=True)), **more)


def each_own(
    kind: EntryKind, day: date, words: str, bank: str, amounts: Mapping[Place, int], reference: str = ""
) -> Draft:
    """Credit each unit its own amount (opening balances, what each owner paid in); the bank account gets the sum."""
    units: Sequence[Posting] = [Posting(MAINTENANCE, -fen, place) for place, fen in amounts.items() if fen]
    return Draft(day, kind, words, (Posting(bank, sum(amounts.values())), *units), reference)


def interest_by_balance(
    session: Session, community_id: int, day: date, words: str, bank: str, amount: int
) -> Draft:
    """Share interest by what each unit had at the end of ``day``; units in debt get none."""
    held = {place: max(fen, 0) for place, fen in unit_balances(session, community_id, day).items()}
    if not any(held.values()):
        raise Refusal("ALLOCATION_NO_UNITS", scope="*")
    return shared(EntryKind.INTEREST, day, words, bank, amount, held)
