"""How far a meeting's trustees are, from their seats and their board."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.community import Community
from wanjia.index.models import IndexedMeeting, IndexState
from wanjia.meetings.trustee_steps import TrusteeFacts
from wanjia.trustees.board import read_board
from wanjia.trustees.seats import seating_of


def trustee_facts(session: Session, community: Community, meeting: IndexedMeeting) -> TrusteeFacts | None:
    """Give the facts of a secret meeting, ``None`` of an open one."""
    chain_id = session.scalar(select(IndexState.chain_id))
    if meeting.ballots != "secret" or community.trustee_board_address is None or chain_id is None:
        return None
    address = community.trustee_board_address
    board = read_board(session, chain_id, community.id, address, meeting.number)
    seating = seating_of(session, community.id, meeting.number)
    accounts = tuple(row.account for row in seating.seats)
    proposal, run = board.proposal, board.run
    # without seats (trustees proposed by other means) whatever is proposed counts
    fits = proposal is not None and (
        not accounts or (proposal.accounts, proposal.threshold) == (accounts, seating.threshold)
    )
    return TrusteeFacts(
        seats=len(accounts),
        taken=sum(account is not None for account in accounts),
        proposed=fits,
        confirmed=proposal is not None and run is not None and run.trustees.hash == proposal.hash,
        complete=run is not None and run.keys is not None,
        adopted=meeting.context is not None,
        sealed=meeting.seal_hash is not None,
    )
