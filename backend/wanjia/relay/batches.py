"""What the next transaction carries: the oldest waiting item, and its like as far as gas allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.chain import contracts
from wanjia.domain.ballots import RECORD_BYTES
from wanjia.relay.gas import TRANSACTION_LIMIT, cast_gas, register_gas
from wanjia.relay.models import ItemKind, ItemState, RelayItem
from wanjia.relay.registrations import Registration

MOST_ITEMS = 1500
"""Upper bound of a batch: keeps a transaction under the 128 KB nodes take."""
_MOST_REGISTRATIONS = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """One transaction to be: items ``ids`` by one call of ``target``. ``gas`` 0 asks for an estimate."""

    kind: ItemKind
    target: str
    group: int
    ids: Sequence[int]
    data: bytes
    gas: int
    attempts: int = 0


Group = tuple[str, str, int, int]
"""Kind, target, group and attempts: items that may share a transaction."""


def next_batch(session: Session, held: set[Group]) -> Batch | None:
    """Compose the next batch, passing over the groups that must wait."""
    for group in _groups(session):
        if group not in held:
            return _compose(session, group)
    return None


def group_of(batch: Batch) -> Group:
    """Name the group a batch was made of."""
    return batch.kind, batch.target, batch.group, batch.attempts


def _groups(session: Session) -> list[Group]:
    """Groups with waiting items, the one with the oldest item first."""
    columns = (RelayItem.kind, RelayItem.target, RelayItem.group, RelayItem.attempts)
    rows = session.execute(
        select(*columns)
        .where(RelayItem.state == ItemState.QUEUED)
        .group_by(*columns)
        .order_by(func.min(RelayItem.id))
    )
    return [(kind, target, group, attempts) for kind, target, group, attempts in rows]


def _compose(session: Session, group: Group) -> Batch:
    kind, target, number, attempts = group
    alone = kind in (ItemKind.CALL, ItemKind.FORWARD)
    most = 1 if alone else max(1, MOST_ITEMS >> (2 * attempts))
    rows = session.execute(
        select(RelayItem.id, RelayItem.body)
        .where(
            RelayItem.state == ItemState.QUEUED,
            RelayItem.kind == kind,
            RelayItem.target == target,
            RelayItem.group == number,
            RelayItem.attempts == attempts,
        )
        .order_by(RelayItem.id)
        .limit(most)
    ).all()
    ids, bodies = [row.id for row in rows], [row.body for row in rows]
    if alone:
        return Batch(ItemKind(kind), target, number, ids, bodies[0], 0, attempts)
    if kind == ItemKind.REGISTRATION:
        return _registrations(target, ids[:_MOST_REGISTRATIONS], bodies[:_MOST_REGISTRATIONS], attempts)
    first = len(bodies[0]) != RECORD_BYTES and not _any_counted(session, target, number)
    return _ballots(target, number, ids, bodies, attempts, first=first)


def _any_counted(session: Session, target: str, meeting: int) -> bool:
    """Tell whether a ballot of the meeting is counted: the sums have been written then."""
    counted = (
        select(RelayItem.id)
        .where(
            RelayItem.state == ItemState.DONE,
            RelayItem.kind == ItemKind.BALLOT,
            RelayItem.target == target,
            RelayItem.group == meeting,
        )
        .order_by(RelayItem.id.desc())
        .limit(1)
    )
    return session.scalar(counted) is not None


def _ballots(
    target: str, meeting: int, ids: Sequence[int], bodies: Sequence[bytes], attempts: int, *, first: bool
) -> Batch:
    gas, limit, taken = cast_gas(len(bodies[0]), attempts, first=first), 0, 0
    for body in bodies:
        gas.add(int.from_bytes(body[:4], "big"))
        if gas.total > TRANSACTION_LIMIT and taken:
            break
        taken, limit = taken + 1, min(gas.total, TRANSACTION_LIMIT)
    # both kinds of meeting are cast to by one signature
    data = contracts.open_meeting().encode("cast", meeting, b"".join(bodies[:taken]))
    return Batch(ItemKind.BALLOT, target, meeting, ids[:taken], data, limit, attempts)


def _registrations(target: str, ids: Sequence[int], bodies: Sequence[bytes], attempts: int) -> Batch:
    lines = [Registration.unpack(body).arguments() for body in bodies]
    gas = register_gas(len(lines))
    data = contracts.registry().encode("register", lines)
    return Batch(ItemKind.REGISTRATION, target, 0, ids, data, gas + gas * attempts // 4, attempts)
