"""The operator's account on the chain and the queue it pays for, as the operator watches them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.chain.client import Chain, ChainUnavailable
from wanjia.relay.models import ItemState, RelayItem
from wanjia.relay.wallet import fee_now

BATCH_GAS = 14_000_000
"""The most gas one transaction of the relay uses."""
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Account:
    """What the account holds and what a full batch may cost now, both in wei."""

    address: str
    balance: int
    batch_cost: int


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for the chain: how much, since when (UTC seconds), and what the contracts refused in a day."""

    queued: int
    submitted: int
    oldest_at: int | None
    refused_today: int


def read_account(chain: Chain, address: str) -> Account | None:
    """Ask the chain; ``None`` while it is away."""
    try:
        return Account(address, chain.balance(address), fee_now(chain, chain.head()).most * BATCH_GAS)
    except ChainUnavailable:
        return None


def read_queue(session: Session, now: int) -> Queue:
    """Read the relay's own rows at UTC second ``now``."""
    waiting = {
        state: (count, oldest)
        for state, count, oldest in session.execute(
            select(RelayItem.state, func.count(), func.min(RelayItem.created_at))
            .where(RelayItem.state.in_((ItemState.QUEUED, ItemState.SUBMITTED)))
            .group_by(RelayItem.state)
        )
    }
    refused = session.scalar(
        select(func.count())
        .select_from(RelayItem)
        .where(RelayItem.state == ItemState.REFUSED, RelayItem.settled_at > now - DAY)
    )
    return Queue(
        queued=waiting.get(ItemState.QUEUED, (0, None))[0],
        submitted=waiting.get(ItemState.SUBMITTED, (0, None))[0],
        oldest_at=min((oldest for _, oldest in waiting.values()), default=None),
        refused_today=refused or 0,
    )
