"""What anyone may do for a secret meeting and is due: adopt the keys, seal, open sums, declare."""

from collections.abc import Iterator

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.client import CallReverted, Chain, ChainUnavailable
from wanjia.chain.contracts import secret_meeting, trustee_board
from wanjia.db.community import Community
from wanjia.domain.counting import Weight
from wanjia.domain.decision import quorum
from wanjia.domain.states import MeetingState
from wanjia.index.models import IndexedMeeting, IndexState
from wanjia.index.views import chain_time, meeting_state, participation
from wanjia.steward.due import DueCall
from wanjia.trustees.board import Board, read_board
from wanjia.trustees.decryption import Decryption, Stage
from wanjia.wsb.discrete_log import OutOfRange

log = structlog.get_logger()

_OPENING_GAS = 12_000_000
_SUM_GAS, _SHARE_GAS = 90_000, 12_000
"""Opening one sum, and each share in it."""
_ENDED = (MeetingState.NOTICE, MeetingState.CLOSED)


class SecretDuties:
    """Finds due calls. Opened values and sealed sums are kept: looking again costs nothing."""

    def __init__(self, chain: Chain) -> None:
        self._decryption = Decryption(chain)

    def due(self, session: Session, machine_time: float) -> Iterator[DueCall]:
        """Give every call due at the chain time of ``machine_time``; while the chain is away, fewer."""
        now = chain_time(session, machine_time)
        rows = session.execute(
            select(Community, IndexedMeeting)
            .join(IndexedMeeting, IndexedMeeting.community_id == Community.id)
            .where(
                IndexedMeeting.ballots == "secret",
                IndexedMeeting.declared_at.is_(None),
                IndexedMeeting.void_at.is_(None),
            )
        ).all()
        for community, meeting in rows:
            try:
                yield from self._due(session, community, meeting, now)
            except (ChainUnavailable, CallReverted) as away:
                log.info("steward.cannot_look", meeting=meeting.number, reason=str(away))
            except OutOfRange as mismatch:
                log.exception("steward.shares_do_not_fit", meeting=meeting.number, reason=str(mismatch))

    def _due(
        self, session: Session, community: Community, meeting: IndexedMeeting, now: int
    ) -> Iterator[DueCall]:
        state = meeting_state(meeting, now)
        address, board_address = community.secret_meeting_address, community.trustee_board_address
        if state not in _ENDED or address is None or board_address is None:
            return
        chain_id = session.scalar(select(IndexState.chain_id)) or 0
        board = read_board(session, chain_id, community.id, board_address, meeting.number)
        if state is MeetingState.NOTICE:
            complete = board.run is not None and board.run.keys is not None
            if complete and meeting.sealed_at is not None and meeting.context is None:
                yield _call(community.id, address, "adoptKeys", meeting.number)
            return
        if now < meeting.closes_at + int(meeting.convening["rules"]["paperPeriod"]):
            return
        part = participation(session, community.id, meeting.number)
        decrypts = quorum(Weight(meeting.roll_area, meeting.roll_heads), part)
        if decrypts and meeting.seal_hash is None:
            yield _call(community.id, address, "seal", meeting.number)
            return
        stage = self._decryption.stage(address, meeting, board) if decrypts else None
        if stage is None:
            yield _call(community.id, address, "declareResult", meeting.number)
        else:
            yield from self._openings(session, community, meeting, board, stage)

    def _openings(
        self, session: Session, community: Community, meeting: IndexedMeeting, board: Board, stage: Stage
    ) -> Iterator[DueCall]:
        """Open what enough trustees have posted shares of, from the first sum that is not open."""
        threshold = board.run.trustees.threshold if board.run else 0
        first = len(board.opened.get(stage.number, {}))
        most = max(1, _OPENING_GAS // (_SUM_GAS + _SHARE_GAS * threshold))
        count = min(most, len(stage.aggregates) - first)
        posted = [
            t
            for (number, t), points in board.shares.items()
            if number == stage.number and len(points) >= first + count
        ]
        if threshold == 0 or len(posted) < threshold:
            return
        trustees = tuple(sorted(posted)[:threshold])
        address = str(community.secret_meeting_address)
        values = self._decryption.values(session, address, meeting, board, stage, first, trustees, count)
        opening = (meeting.number, stage.number, first, list(trustees), list(values))
        yield DueCall(
            community.id,
            board.address,
            trustee_board().encode("openSums", *opening),
            f"openSums:{community.id}:{meeting.number}:{stage.number}:{first}",
        )


def _call(community_id: int, address: str, name: str, meeting: int) -> DueCall:
    reference = f"{name}:{community_id}:{meeting}"
    return DueCall(community_id, address, secret_meeting().encode(name, meeting), reference)
