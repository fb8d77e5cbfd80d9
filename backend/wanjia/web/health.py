"""How the system is, from its own rows: asked every few seconds, it never waits for the chain."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.index.models import IndexedBlock, IndexState
from wanjia.relay.models import ItemState, RelayItem
from wanjia.web.schemas.system import HealthAnswer, IndexHealth, RelayHealth


def health(session: Session) -> HealthAnswer:
    """Read what index and relay wrote about themselves."""
    state = session.get(IndexState, 1)
    waiting = dict(
        session.execute(
            select(RelayItem.state, func.count())
            .where(RelayItem.state.in_((ItemState.QUEUED, ItemState.SUBMITTED)))
            .group_by(RelayItem.state)
        ).all()
    )
    troubled = state is not None and bool(state.error or state.alarm)
    return HealthAnswer(
        status="degraded" if troubled else "ok",
        index=IndexHealth(
            block=session.scalar(select(func.max(IndexedBlock.number))) or 0,
            chain_head=state.chain_head if state else 0,
            observed_at=state.observed_at if state else 0,
            error=state.error if state else "",
            alarm=state.alarm if state else "",
        ),
        relay=RelayHealth(
            queued=waiting.get(ItemState.QUEUED, 0), submitted=waiting.get(ItemState.SUBMITTED, 0)
        ),
    )
