"""Seats of trustees: the committee names offices and hands out links, and who opens a link joins with a fresh account."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wanjia.chain.eip712 import trustee_seat_digest
from wanjia.chain.signing import SignatureError, recover_signer
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.locks import lock_subject
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.tokens import new_token, token_hash
from wanjia.meetings.lookup import find_meeting
from wanjia.trustees.acts import find_board
from wanjia.trustees.board import Board
from wanjia.trustees.majority import require_majority
from wanjia.trustees.models import TrusteeSeat


@dataclass(frozen=True, slots=True)
class Seating:
    """A meeting's seats in their order, and how many trustees open a sum; none before the committee set them."""

    threshold: int | None
    seats: Sequence[TrusteeSeat]


def seating_of(session: Session, community_id: int, meeting: int) -> Seating:
    """Give a meeting's seats."""
    rows = session.scalars(
        select(TrusteeSeat)
        .where(TrusteeSeat.community_id == community_id, TrusteeSeat.meeting == meeting)
        .order_by(TrusteeSeat.seat)
    ).all()
    return Seating(rows[0].threshold if rows else None, rows)


class Seats:
    """Keeps the seats of secret meetings."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def read(self, staff: StaffLogin, slug: str, number: int) -> Seating:
        """Give the seats with their invitations. Raises ``Refusal("NOT_FOUND")``, also for another community."""
        with self._database.read() as session:
            community_id, _ = _own_board(session, staff, slug, number)
            return seating_of(session, community_id, number)

    def place(
        self, staff: StaffLogin, slug: str, number: int, threshold: int, labels: Sequence[str]
    ) -> Seating:
        """Set the seats anew, with fresh invitations; who had joined has to join again.

        Whoever lost what a trustee keeps can be replaced only so: the board takes other trustees until keys are made.
        Raises ``Refusal``: ``NOT_FOUND``, ``SEATS_THRESHOLD``, ``SEATS_FIXED`` once a run made keys.
        """
        require_majority(threshold, len(labels))
        with self._database.write() as session:
            community_id, board = _own_board(session, staff, slug, number)
            _lock(session, community_id)
            if board.run is not None and board.run.keys is not None:
                raise Refusal("SEATS_FIXED")
            session.execute(
                delete(TrusteeSeat).where(
                    TrusteeSeat.community_id == community_id, TrusteeSeat.meeting == number
                )
            )
            for seat, label in enumerate(labels, start=1):
                row = TrusteeSeat(
                    community_id=community_id, meeting=number, seat=seat, threshold=threshold, label=label
                )
                _invite(row)
                session.add(row)
            reference = f"meeting {number}: {threshold} of {len(labels)}"
            log_act(session, staff, self._clock(), "trustees.seats", reference)
            session.flush()
            return seating_of(session, community_id, number)

    def free(self, staff: StaffLogin, slug: str, number: int, seat: int) -> Seating:
        """Let a seat be taken again, by a fresh invitation.

        Raises ``Refusal``: ``NOT_FOUND``, ``SEATS_FIXED`` once its account was proposed.
        """
        with self._database.write() as session:
            community_id, board = _own_board(session, staff, slug, number)
            _lock(session, community_id)
            row = session.scalar(
                select(TrusteeSeat).where(
                    TrusteeSeat.community_id == community_id,
                    TrusteeSeat.meeting == number,
                    TrusteeSeat.seat == seat,
                )
            )
            if row is None:
                raise Refusal("NOT_FOUND")
            if board.proposal is not None and row.account in board.proposal.accounts:
                raise Refusal("SEATS_FIXED")
            row.account = row.taken_at = None
            _invite(row)
            log_act(session, staff, self._clock(), "trustees.seat-freed", f"meeting {number} seat {seat}")
            session.flush()
            return seating_of(session, community_id, number)

    def invitation(self, slug: str, number: int, token: str) -> TrusteeSeat:
        """Give the seat an invitation is for. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.read() as session:
            community, _ = find_meeting(session, slug, number)
            return _invited(session, community.id, number, token)

    def take(self, slug: str, number: int, token: str, account: str, signature: bytes) -> TrusteeSeat:
        """Join with a checksummed account, which signs that it is this seat's; again the same for the same account.

        Raises ``Refusal``: ``NOT_FOUND``, ``SEAT_SIGNATURE_INVALID``, ``SEAT_TAKEN``, ``SEAT_ACCOUNT_TWICE``.
        """
        with self._database.write() as session:
            community_id, board = find_board(session, slug, number)
            _lock(session, community_id)
            row = _invited(session, community_id, number, token)
            _require_signature(board, row.seat, account, signature)
            if row.account is not None:
                if row.account != account:
                    raise Refusal("SEAT_TAKEN")
                return row
            if any(other.account == account for other in seating_of(session, community_id, number).seats):
                raise Refusal("SEAT_ACCOUNT_TWICE")
            row.account, row.taken_at, row.token = account, self._clock(), None
            return row


def _invite(row: TrusteeSeat) -> None:
    row.token = new_token()
    row.token_hash = token_hash(row.token)


def _invited(session: Session, community_id: int, number: int, token: str) -> TrusteeSeat:
    row = session.scalar(select(TrusteeSeat).where(TrusteeSeat.token_hash == token_hash(token)))
    if row is None or (row.community_id, row.meeting) != (community_id, number):
        raise Refusal("NOT_FOUND")
    return row


def _own_board(session: Session, staff: StaffLogin, slug: str, number: int) -> tuple[int, Board]:
    community_id, board = find_board(session, slug, number)
    if community_id != staff.community_id:
        raise Refusal("NOT_FOUND")
    return community_id, board


def _lock(session: Session, community_id: int) -> None:
    """One change of a community's seats at a time, each on the rows as they are then."""
    lock_subject(session, f"seat{community_id}".encode())
    session.expire_all()


def _require_signature(board: Board, seat: int, account: str, signature: bytes) -> None:
    digest = trustee_seat_digest(board.chain_id, board.address, board.meeting, seat, account)
    try:
        signer = recover_signer(digest, signature)
    except SignatureError:
        signer = ""
    if signer != account:
        raise Refusal("SEAT_SIGNATURE_INVALID")
