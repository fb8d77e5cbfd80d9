"""How the system is, from its own rows: asked every few seconds, it never waits for the chain."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.db.heartbeat_models import Heartbeat
from wanjia.index.models import IndexedBlock, IndexState
from wanjia.relay.models import ItemState, RelayItem
from wanjia.web.schemas.system import HealthAnswer, IndexHealth, ProcessHealth, RelayHealth

PROCESSES = ("relay", "index", "steward")
SILENT_SECONDS = 20
"""Each process gives a sign of life every few seconds."""


def health(session: Session, now: int) -> HealthAnswer:
    """Read what the processes wrote about themselves, at UTC second ``now``."""
    processes = [_process(session, name, now) for name in PROCESSES]
    state = session.get(IndexState, 1)
    waiting = dict(
        session.execute(
            select(RelayItem.state, func.count())
            .where(RelayItem.state.in_((ItemState.QUEUED, ItemState.SUBMITTED)))
            .group_by(RelayItem.state)
        ).all()
    )
    troubled = (state is not None and bool(state.error or state.alarm)) or any(
        process.state != "ok" for process in processes
    )
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
        processes=processes,
    )


def _process(session: Session, name: str, now: int) -> ProcessHealth:
    heard = session.get(Heartbeat, name)
    if heard is None or now - heard.at > SILENT_SECONDS:
        return ProcessHealth(process=name, state="silent", at=heard.at if heard else 0)
    return ProcessHealth(process=name, state=heard.state, at=heard.at)
