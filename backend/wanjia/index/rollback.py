"""Taking blocks back: rows of a block go, what events changed is folded again from the events that stay."""

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from wanjia.chain.contracts import interface
from wanjia.chain.interface import Log
from wanjia.index.apply import STEPS, Happening, apply
from wanjia.index.models import (
    IndexedBallot,
    IndexedBlock,
    IndexedCommunity,
    IndexedEvent,
    IndexedKey,
    IndexedMeeting,
    IndexedRoll,
    IndexedSkip,
    IndexState,
)

CONTRACTS = {
    "registry": "OwnerRegistry",
    "open_meeting": "OpenMeeting",
    "secret_meeting": "SecretMeeting",
    "trustee_board": "TrusteeBoard",
    "notary": "Notary",
}


def roll_back(session: Session, chain_id: int, to_block: int) -> None:
    """Forget every block above ``to_block``."""
    touched = session.execute(
        select(IndexedEvent.community_id, IndexedEvent.meeting)
        .where(IndexedEvent.block > to_block, IndexedEvent.meeting.is_not(None), IndexedEvent.name.in_(STEPS))
        .distinct()
    ).all()
    for table in (IndexedBallot, IndexedSkip, IndexedEvent):
        session.execute(delete(table).where(table.block > to_block))
    session.execute(delete(IndexedBlock).where(IndexedBlock.number > to_block))
    session.execute(delete(IndexedKey).where(IndexedKey.from_block > to_block))
    session.execute(update(IndexedKey).where(IndexedKey.until_block > to_block).values(until_block=None))
    depth_reached = session.scalar(select(func.max(IndexedBlock.number))) or 0
    session.execute(
        update(IndexedBlock)
        .where(IndexedBlock.number > depth_reached - _depth(session), IndexedBlock.final_at.is_not(None))
        .values(final_at=None)
    )
    for community_id, meeting in touched:
        _fold_again(session, chain_id, community_id, int(meeting or 0))


def forget_everything(session: Session) -> None:
    """Drop all rows that replay makes again."""
    for table in (
        IndexedBallot,
        IndexedSkip,
        IndexedKey,
        IndexedRoll,
        IndexedMeeting,
        IndexedEvent,
        IndexedBlock,
        IndexedCommunity,
    ):
        session.execute(delete(table))


def _depth(session: Session) -> int:
    return session.scalar(select(IndexState.finality_depth)) or 0


def _fold_again(session: Session, chain_id: int, community_id: int, meeting: int) -> None:
    session.expire_all()
    session.execute(
        delete(IndexedRoll).where(IndexedRoll.community_id == community_id, IndexedRoll.meeting == meeting)
    )
    session.execute(
        delete(IndexedMeeting).where(
            IndexedMeeting.community_id == community_id, IndexedMeeting.number == meeting
        )
    )
    rows = session.execute(
        select(IndexedEvent, IndexedBlock.time)
        .join(IndexedBlock, IndexedBlock.number == IndexedEvent.block)
        .where(
            IndexedEvent.community_id == community_id,
            IndexedEvent.meeting == meeting,
            IndexedEvent.name.in_(STEPS),
        )
        .order_by(IndexedEvent.block, IndexedEvent.log_index)
    ).all()
    for row, time in rows:
        topics = tuple(row.topics[at : at + 32] for at in range(0, len(row.topics), 32))
        log = Log(row.address, topics, row.data, row.block, row.block_hash, row.transaction, row.log_index)
        name, values = interface(CONTRACTS[row.contract]).decode_event(log)
        event = Happening(
            community_id, row.contract, row.address, name, values, row.block, time, row.transaction
        )
        apply(session, chain_id, event, {})
    session.flush()  # the next meeting's fold forgets what is not written yet
