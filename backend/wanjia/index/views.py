"""What others read of the index: a few short questions, each answered from rows that replay can make again."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.domain.counting import Weight
from wanjia.domain.states import MeetingState
from wanjia.index.models import (
    IndexedBallot,
    IndexedBlock,
    IndexedKey,
    IndexedMeeting,
    IndexedRoll,
    IndexState,
)


def chain_time(session: Session, machine_time: float) -> int:
    """Chain time (UTC seconds) when this machine's clock says ``machine_time``; goes on while the chain is away."""
    return int(machine_time) + (session.scalar(select(IndexState.clock_offset)) or 0)


def meeting_state(meeting: IndexedMeeting, now: int) -> MeetingState:
    """State of a meeting at chain time ``now``, by the contract's own rule."""
    if meeting.void_at is not None:
        return MeetingState.VOID
    if meeting.final_at is not None:
        return MeetingState.FINAL
    if meeting.declared_at is not None:
        return MeetingState.DECLARED
    if now < meeting.opens_at:
        return MeetingState.CONVENED if meeting.consented_at is None else MeetingState.NOTICE
    keyless = meeting.ballots == "secret" and meeting.context is None
    if meeting.consented_at is None or meeting.sealed_at is None or keyless:
        return MeetingState.LAPSED
    return MeetingState.OPEN if now < meeting.closes_at else MeetingState.CLOSED


def published_roll(session: Session, meeting: IndexedMeeting) -> dict[int, int]:
    """Voter index -> area (0.01 m²) as the contract holds it."""
    rows = session.execute(
        select(IndexedRoll.voter, IndexedRoll.area).where(
            IndexedRoll.community_id == meeting.community_id, IndexedRoll.meeting == meeting.number
        )
    )
    return {voter: area for voter, area in rows}  # noqa: C416  mypy knows the types of rows, not of dict(rows)


def key_of(session: Session, community_id: int, voter: int) -> str | None:
    """The key that speaks for a voter now, checksummed."""
    return session.scalar(
        select(IndexedKey.key).where(
            IndexedKey.community_id == community_id,
            IndexedKey.voter == voter,
            IndexedKey.until_block.is_(None),
        )
    )


def participation(session: Session, community_id: int, meeting: int) -> Weight:
    """Area and heads of the ballots counted so far."""
    area, heads = session.execute(
        select(func.coalesce(func.sum(IndexedRoll.area), 0), func.count())
        .join(
            IndexedBallot,
            (IndexedBallot.community_id == IndexedRoll.community_id)
            & (IndexedBallot.meeting == IndexedRoll.meeting)
            & (IndexedBallot.voter == IndexedRoll.voter),
        )
        .where(IndexedRoll.community_id == community_id, IndexedRoll.meeting == meeting)
    ).one()
    return Weight(int(area), heads)


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """Where a ballot was counted; times are chain time, ``final_at`` once it cannot be undone."""

    transaction: bytes
    block: int
    recorded_at: int
    final_at: int | None


def counted(session: Session, ballot_hash: bytes) -> CountedBallot | None:
    """Find a counted ballot by its hash."""
    row = session.execute(
        select(IndexedBallot.transaction, IndexedBallot.block, IndexedBlock.time, IndexedBlock.final_at)
        .join(IndexedBlock, IndexedBlock.number == IndexedBallot.block)
        .where(IndexedBallot.ballot_hash == ballot_hash)
    ).one_or_none()
    return CountedBallot(*row) if row else None
