"""The officials' calls to the board: the committee proposes trustees, the supervisor confirms them or starts anew."""

from collections.abc import Sequence

from eth_utils import to_checksum_address

from wanjia.chain.contracts import trustee_board
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.meetings.drafts import Call
from wanjia.trustees.acts import find_board
from wanjia.trustees.board import Board
from wanjia.trustees.majority import require_majority


class TrusteeCalls:
    """Encodes calls for officials to sign. The board judges the number of trustees; here at most half never opens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def propose(
        self, staff: StaffLogin, slug: str, number: int, accounts: Sequence[str], threshold: int
    ) -> Call:
        """Give the call that proposes trustees.

        Raises ``Refusal``: ``NOT_FOUND``, also for another community, ``SEATS_THRESHOLD``.
        """
        board = self._board(staff, slug, number)
        require_majority(threshold, len(accounts))
        checksummed = [to_checksum_address(account) for account in accounts]
        return Call(board.address, trustee_board().encode("proposeTrustees", number, checksummed, threshold))

    def confirm(self, staff: StaffLogin, slug: str, number: int) -> Call:
        """Give the call that confirms the trustees proposed last.

        Raises ``Refusal``: ``NOT_FOUND`` without any, ``SEATS_THRESHOLD`` for a proposal made past this server.
        """
        board = self._board(staff, slug, number)
        if board.proposal is None:
            raise Refusal("NOT_FOUND")
        require_majority(board.proposal.threshold, len(board.proposal.accounts))
        return Call(board.address, trustee_board().encode("confirmTrustees", number, board.proposal.hash))

    def restart(self, staff: StaffLogin, slug: str, number: int, reason_hash: bytes) -> Call:
        """Give the call that begins the ceremony anew. Raises ``Refusal("NOT_FOUND")`` without a run."""
        board = self._board(staff, slug, number)
        if board.run is None:
            raise Refusal("NOT_FOUND")
        call = trustee_board().encode("restartKeys", number, board.run.place.run, reason_hash)
        return Call(board.address, call)

    def _board(self, staff: StaffLogin, slug: str, number: int) -> Board:
        with self._database.read() as session:
            community_id, board = find_board(session, slug, number)
        if community_id != staff.community_id:
            raise Refusal("NOT_FOUND")
        return board
