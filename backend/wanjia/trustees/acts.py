"""Trustees' acts: prepared for their key, checked, and handed to the relay. A signature is all the log-in they need."""

from collections.abc import Callable

from eth_abi.exceptions import DecodingError
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.contracts import trustee_board
from wanjia.chain.interface import SELECTOR_BYTES
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.locks import lock_subject
from wanjia.index.models import IndexState
from wanjia.meetings.documents import Attachment, keep
from wanjia.meetings.lookup import find_meeting
from wanjia.relay.models import ItemState, RelayItem
from wanjia.relay.requests import ForwardRequest, Requests
from wanjia.relay.service import ItemStatus, item_status
from wanjia.trustees.board import Board, read_board
from wanjia.trustees.models import TrusteeAct

FUNCTIONS = ("commitKeys", "revealKeys", "dealShares", "approveKeys", "complain", "postShares")
"""What trustees may have relayed."""


class TrusteeActs:
    """Takes trustees' calls to the board of one meeting."""

    def __init__(self, database: Database, requests: Requests, clock: Callable[[], int]) -> None:
        self._database = database
        self._requests = requests
        self._clock = clock

    def prepare(self, slug: str, number: int, sender: str, data: bytes) -> tuple[ForwardRequest, bytes]:
        """Make the request a trustee signs, and its digest.

        Raises ``Refusal``: ``NOT_FOUND``, ``ACT_NOT_ALLOWED`` for others than trustees and for other calls,
        ``ACT_WOULD_FAIL`` with the contract's reason.
        """
        with self._database.read() as session:
            board = find_board(session, slug, number)[1]
        function = _require_call(board, sender, data)
        count = len(board.run.trustees.accounts) if board.run else 0
        least = last_approval_gas(count) if function == "approveKeys" else 0
        return self._requests.make(sender, board.address, data, least_gas=least)

    def hand_in(
        self,
        slug: str,
        number: int,
        request: ForwardRequest,
        signature: bytes,
        reason: Attachment | None = None,
    ) -> int:
        """Check a signed request, try it without sending, and queue it; give the act's id, again the same for the same.

        ``reason`` is published with a complaint that carries its hash. Raises ``Refusal`` as ``prepare``, and ``ACT_REQUEST_INVALID`` with the field, ``ACT_SIGNATURE_INVALID``,
        ``ACT_NONCE_STALE``.
        """
        digest = self._requests.check(request, signature)
        mined = self._requests.nonce(request.sender)
        with self._database.write() as session:
            lock_subject(session, f"trustee/{request.sender}".encode())
            known = session.scalar(select(TrusteeAct).where(TrusteeAct.digest == digest))
            if known is not None:
                return known.id
            community_id, board = find_board(session, slug, number)
            if request.to.lower() != board.address.lower():
                raise Refusal("ACT_REQUEST_INVALID", field="to")
            function = _require_call(board, request.sender, request.data)
            if reason is not None:
                _require_reason(function, request.data, reason)
            if request.nonce != mined or _waits(session, request.sender, request.nonce):
                raise Refusal("ACT_NONCE_STALE")
            self._requests.gas(request.sender, board.address, request.data)
            act = TrusteeAct(
                community_id=community_id,
                meeting=number,
                sender=request.sender,
                nonce=request.nonce,
                function=function,
                digest=digest,
                call_id=self._requests.queue(session, community_id, request, signature, "trustee"),
                created_at=self._clock(),
            )
            if reason is not None:
                keep(session, reason)
            session.add(act)
            session.flush()
            return act.id

    def status(self, slug: str, number: int, act_id: int) -> ItemStatus:
        """Tell what became of an act. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.read() as session:
            community, _ = find_meeting(session, slug, number)
            act = session.get(TrusteeAct, act_id)
            if act is None or (act.community_id, act.meeting) != (community.id, number):
                raise Refusal("NOT_FOUND")
            status = item_status(session, act.call_id)
        if status is None:
            raise Refusal("NOT_FOUND")
        return status


def last_approval_gas(trustees: int) -> int:
    """Bound the gas of an approval that turns out to be the last, which alone makes all share keys.

    Each trustee's two share keys take at most 300,000 (fifteen of fifteen, the dearest threshold); 4.7 M is the most
    that was measured of fifteen. Of two approvals prepared at once neither can know which will be the last.
    """
    return 300_000 + 300_000 * trustees


def find_board(session: Session, slug: str, number: int) -> tuple[int, Board]:
    """Give a secret meeting's community and board. Raises ``Refusal("NOT_FOUND")``, for open meetings too."""
    community, meeting = find_meeting(session, slug, number)
    chain_id = session.scalar(select(IndexState.chain_id))
    if meeting.ballots != "secret" or community.trustee_board_address is None or chain_id is None:
        raise Refusal("NOT_FOUND")
    board = read_board(session, chain_id, community.id, community.trustee_board_address, number)
    return community.id, board


def _require_call(board: Board, sender: str, data: bytes) -> str:
    """Name the function of a trustee's call for this very meeting. Raises ``Refusal``."""
    if board.run is None or board.run.number_of(sender) is None:
        raise Refusal("ACT_NOT_ALLOWED")
    abi = trustee_board()
    for function in FUNCTIONS:
        if data[:SELECTOR_BYTES] != abi.selector(function):
            continue
        try:
            given = abi.decode_input(function, data)
        except DecodingError:
            raise Refusal("ACT_REQUEST_INVALID", field="data") from None
        if given["meeting"] == board.meeting:
            return function
    raise Refusal("ACT_NOT_ALLOWED")


def _require_reason(function: str, data: bytes, reason: Attachment) -> None:
    """Refuse a text that is not the reason of this very call: nothing else is published here."""
    named = trustee_board().decode_input(function, data).get("reasonHash")
    if function != "complain" or named != reason.hash:
        raise Refusal("ACT_REQUEST_INVALID", field="reason")


def _waits(session: Session, sender: str, nonce: int) -> bool:
    """Tell whether another act with this nonce is on its way."""
    return (
        session.scalar(
            select(TrusteeAct.id)
            .join(RelayItem, RelayItem.id == TrusteeAct.call_id)
            .where(
                TrusteeAct.sender == sender,
                TrusteeAct.nonce == nonce,
                RelayItem.state != ItemState.REFUSED,
            )
        )
        is not None
    )
