"""What a mined transaction did for each item it carried, read from its events."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from wanjia.chain import contracts
from wanjia.chain.client import CallReverted, Chain, Receipt
from wanjia.chain.interface import Interface
from wanjia.domain.states import SKIP_CODES, SkipReason
from wanjia.index.models import IndexedBallot
from wanjia.relay.forwarding import why_reverted
from wanjia.relay.models import ItemKind, ItemState, RelayItem, RelaySlot
from wanjia.relay.registrations import Registration
from wanjia.relay.slots import Carried

_ALREADY_REGISTERED = 1
_REGISTRATION_REASONS = {1: "AlreadyRegistered", 2: "BadPossession", 3: "ZeroVoter"}
_MOST_ATTEMPTS = 6
_OUT_OF_GAS = 63 / 64
CONTRACT_REFUSED = "RELAY_CONTRACT_REFUSED"

_ITEM: Table = RelayItem.__table__  # type: ignore[assignment]
_DONE = (
    update(_ITEM)
    .where(_ITEM.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=ItemState.DONE.value, code=None, reason=None, settled_at=bindparam("now"))
)


class Verdicts:
    """Findings about a slot's items; written only when there is one for every item."""

    def __init__(self, items: Sequence[Carried], now: int) -> None:
        self.items = items
        self._now = now
        self._found: dict[int, tuple[ItemState, str | None, str | None, int]] = {}

    def done(self, item: Carried) -> None:
        """The chain did what the item asked."""
        self._found[item.id] = (ItemState.DONE, None, None, item.attempts)

    def refused(self, item: Carried, code: str, reason: str) -> None:
        """The contract refused, for good."""
        self._found[item.id] = (ItemState.REFUSED, code, reason, item.attempts)

    def again(self, item: Carried) -> None:
        """The transaction said nothing of the item: queue it again, with more gas and fewer companions."""
        self._found[item.id] = (ItemState.QUEUED, None, None, min(item.attempts + 1, _MOST_ATTEMPTS))

    def complete(self) -> bool:
        """Tell whether every item has a finding."""
        return len(self._found) == len(self.items)

    def write(self, session: Session) -> None:
        """Write the findings down; the many that are simply done in one statement."""
        done = [i for i, found in self._found.items() if found[0] is ItemState.DONE]
        if done:
            session.execute(_DONE, {"ids": done, "now": self._now})
        for item_id, (state, code, reason, attempts) in self._found.items():
            if state is ItemState.DONE:
                continue
            changes = {"state": state, "code": code, "reason": reason, "attempts": attempts}
            if state is ItemState.QUEUED:
                changes |= {"slot_id": None, "submitted_at": None}
            else:
                changes |= {"settled_at": self._now}
            session.execute(update(RelayItem).where(RelayItem.id == item_id).values(changes))


def judge(
    session: Session, chain: Chain, slot: RelaySlot, items: Sequence[Carried], receipt: Receipt, now: int
) -> Verdicts:
    """Find out what ``receipt`` means for ``items``. Incomplete while the index has not read that far."""
    verdicts = Verdicts(items, now)
    if not receipt.succeeded:
        _reverted(chain, slot, receipt, verdicts)
    elif slot.kind == ItemKind.BALLOT:
        _ballots(session, slot, receipt, verdicts)
    elif slot.kind == ItemKind.REGISTRATION:
        _registrations(chain, slot, receipt, verdicts)
    else:
        for item in items:
            verdicts.done(item)
    return verdicts


def _reverted(chain: Chain, slot: RelaySlot, receipt: Receipt, verdicts: Verdicts) -> None:
    starved = receipt.gas_used >= slot.gas * _OUT_OF_GAS
    reason = None if starved else why_reverted(chain, slot.operator, slot.target, slot.data)
    alone = slot.kind in (ItemKind.CALL, ItemKind.FORWARD)
    for item in verdicts.items:
        tried_enough = item.attempts >= (1 if alone else _MOST_ATTEMPTS)
        if tried_enough or (alone and reason):
            verdicts.refused(item, CONTRACT_REFUSED, reason or "reverted")
        else:
            verdicts.again(item)


def _ballots(session: Session, slot: RelaySlot, receipt: Receipt, verdicts: Verdicts) -> None:
    skipped, records = _cast_events(slot, receipt, len(verdicts.items[0].body))
    position_of = {record: position for position, record in enumerate(records)}
    for item in verdicts.items:
        position = position_of.get(item.body)
        if position is None:
            verdicts.again(item)
        elif position not in skipped:
            verdicts.done(item)
        elif skipped[position] is SkipReason.ALREADY_CAST:
            counted = _counted(session, item)
            if counted == item.reference:
                verdicts.done(item)
            elif counted is not None:
                verdicts.refused(item, SKIP_CODES[SkipReason.ALREADY_CAST], "AlreadyCast")
        else:
            verdicts.refused(item, SKIP_CODES[skipped[position]], skipped[position].name)


def _cast_events(slot: RelaySlot, receipt: Receipt, size: int) -> tuple[dict[int, SkipReason], list[bytes]]:
    """Read skips and records; every record of a meeting has one ``size``. Both kinds emit the same events."""
    skipped: dict[int, SkipReason] = {}
    records: list[bytes] = []
    for name, values in _events(contracts.open_meeting(), slot, receipt):
        if name == "BallotSkipped":
            skipped[values["position"]] = SkipReason(values["reason"])
        elif name == "BallotsCast":
            whole = values["records"]
            records = [whole[at : at + size] for at in range(0, len(whole), size)]
    return skipped, records


def _counted(session: Session, item: Carried) -> str | None:
    """Hash of the voter's counted ballot as the index read it, or ``None`` while it has not."""
    voter = int.from_bytes(item.body[:4], "big")
    found = session.scalar(
        select(IndexedBallot.ballot_hash).where(
            IndexedBallot.community_id == item.community_id,
            IndexedBallot.meeting == item.group,
            IndexedBallot.voter == voter,
        )
    )
    return None if found is None else "0x" + found.hex()


def _registrations(chain: Chain, slot: RelaySlot, receipt: Receipt, verdicts: Verdicts) -> None:
    registered: set[tuple[int, str]] = set()
    skipped: dict[tuple[int, str], int] = {}
    for name, values in _events(contracts.registry(), slot, receipt):
        if name == "OwnerRegistered":
            registered.add((values["voter"], values["key"]))
        elif name == "RegistrationSkipped":
            skipped[values["voter"], values["key"]] = values["reason"]
    for item in verdicts.items:
        one = Registration.unpack(item.body)
        line = (one.voter, one.key)
        if line in registered:
            verdicts.done(item)
        elif line not in skipped:
            verdicts.again(item)
        elif skipped[line] == _ALREADY_REGISTERED and _holds_key(chain, slot, one):
            verdicts.done(item)
        else:
            verdicts.refused(item, CONTRACT_REFUSED, _REGISTRATION_REASONS[skipped[line]])


def _holds_key(chain: Chain, slot: RelaySlot, one: Registration) -> bool:
    try:
        return bool(chain.call(contracts.registry(), slot.target, "keyOf", one.voter) == one.key)
    except CallReverted:
        return False


def _events(interface: Interface, slot: RelaySlot, receipt: Receipt) -> list[tuple[str, dict[str, Any]]]:
    return [interface.decode_event(log) for log in receipt.logs if log.address == slot.target]
