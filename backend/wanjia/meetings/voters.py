"""One voter in one meeting: the area on its roll, and whether a ballot of theirs is there."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.index.models import IndexedBallot, IndexedMeeting, IndexedRoll
from wanjia.intake.models import Ballot
from wanjia.relay.models import ItemState, RelayItem


def area_of(session: Session, meeting: IndexedMeeting, voter: int) -> int:
    """Area (0.01 m²) on the published roll; 0 for somebody who is not on it."""
    row = session.get(IndexedRoll, (meeting.community_id, meeting.number, voter))
    return row.area if row else 0


def ballot_of(session: Session, community_id: int, meeting: int, voter: int) -> str:
    """Tell "recorded" once the chain counts a ballot, "received" while one waits that was not refused."""
    if session.get(IndexedBallot, (community_id, meeting, voter)) is not None:
        return "recorded"
    waiting = session.scalars(
        select(Ballot.id)
        .join(RelayItem, RelayItem.id == Ballot.item_id)
        .where(
            Ballot.community_id == community_id,
            Ballot.meeting == meeting,
            Ballot.voter == voter,
            RelayItem.state != ItemState.REFUSED,
        )
        .limit(1)
    ).first()
    return "received" if waiting is not None else "none"
