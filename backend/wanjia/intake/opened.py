"""Ballots opened on a second device to check the phone: void for ever, and kept so that anyone with the code can look.

Only what the phone would have cast anyway is kept, never the randomness that opens it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from wanjia.chain.eip712 import secret_ballot_digest
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.domain.states import MeetingState
from wanjia.index.models import IndexedBallot, IndexedMeeting, IndexedSkip
from wanjia.index.views import meeting_state
from wanjia.intake.arrivals import Meeting
from wanjia.intake.codes import BallotCodes
from wanjia.intake.deciding import lock_meeting
from wanjia.intake.facts import MeetingFacts
from wanjia.intake.freshness import hold_points, points_used
from wanjia.intake.models import Ballot, OpenedBallot
from wanjia.wsb import ballot as wsb

MOST_OPENED = 10
"""Ballots that may be opened for one voter in one meeting: enough to trust a phone, too few to fill a disk."""
KEPT_SECONDS = 30 * 86_400
"""How long opened ballots outlive a meeting that is final or void."""

_OPENED: Table = OpenedBallot.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened ballot as it is read again; times are chain time, UTC seconds."""

    voter: int
    body: bytes
    shown_at: int
    operator: str
    signature: bytes
    opened_at: int
    repeated: bool = False


class OpenedBallots:
    """Takes ballots that were opened, and gives them to whoever knows their hash."""

    def __init__(self, database: Database, codes: BallotCodes) -> None:
        self._database = database
        self._codes = codes

    def open(
        self, slug: str, meeting: int, voter: int, body: bytes, shown_at: int, signature: bytes
    ) -> Opened:
        """Keep an opened ballot; the same again gives the same answer.

        Raises ``OPENING_NOT_SHOWN`` without our countersignature, ``OPENING_RECEIVED`` when it was handed in,
        ``OPENING_LIMIT``, ``BALLOT_NOT_FRESH``, or a refusal that intake gives too.
        """
        facts = self._codes.facts(slug, meeting)
        now = self._codes.now(facts)
        if facts.form is None or meeting_state(facts.row, now) not in (
            MeetingState.OPEN,
            MeetingState.CLOSED,
        ):
            raise Refusal("BALLOT_MEETING_NOT_OPEN", opens_at=facts.opens_at, closes_at=facts.closes_at)
        if len(body) != facts.form.body_bytes:
            raise Refusal("BALLOT_MALFORMED")
        ballot_hash = wsb.ballot_hash(facts.form.context, body)
        self._codes.require_shown(facts, voter, ballot_hash, shown_at, signature)
        row = {
            "community_id": facts.community_id,
            "meeting": meeting,
            "voter": voter,
            "ballot_hash": ballot_hash,
            "digest": secret_ballot_digest(facts.chain_id, facts.contract, meeting, voter, ballot_hash),
            "body": body,
            "shown_at": shown_at,
            "signature": signature,
            "opened_at": now,
        }
        points = wsb.points_of(facts.form, body)
        with self._database.engine.begin() as connection:
            kept = _keep(connection, (facts.community_id, meeting), row, points)
        return _opened(kept or row, self._codes.operator, repeated=kept is not None)

    def find(self, slug: str, meeting: int, ballot_hash: bytes) -> Opened:
        """Give the ballot that was opened first under this hash. Raises ``NOT_FOUND``."""
        facts = self._codes.facts(slug, meeting)
        with self._database.read() as session:
            row = session.execute(
                select(_OPENED)
                .where(*_of(facts), _OPENED.c.ballot_hash == ballot_hash)
                .order_by(_OPENED.c.id)
                .limit(1)
            ).one_or_none()
        if row is None:
            raise Refusal("NOT_FOUND")
        return _opened(row._asdict(), self._codes.operator)


def sweep_opened(session: Session, now: int) -> None:
    """Delete what was opened in meetings that ended long ago; nothing can be handed in there any more."""
    ended = or_(
        IndexedMeeting.final_at < now - KEPT_SECONDS,
        IndexedMeeting.void_at < now - KEPT_SECONDS,
    )
    over = select(IndexedMeeting.community_id, IndexedMeeting.number).where(ended)
    for community, number in session.execute(over):
        session.execute(
            delete(OpenedBallot).where(OpenedBallot.community_id == community, OpenedBallot.meeting == number)
        )


def _keep(
    connection: Connection, meeting: Meeting, row: dict[str, Any], points: tuple[bytes, ...]
) -> dict[str, Any] | None:
    """Write one row with the meeting locked; give the row that is there already."""
    lock_meeting(connection, meeting)
    digest = row["digest"]
    known = connection.execute(select(_OPENED).where(_OPENED.c.digest == digest)).one_or_none()
    if known is not None:
        return known._asdict()
    if _is_received(connection, digest):
        raise Refusal("OPENING_RECEIVED")
    if points_used(connection, meeting, points):
        raise Refusal("BALLOT_NOT_FRESH")
    mine = (
        _OPENED.c.community_id == meeting[0],
        _OPENED.c.meeting == meeting[1],
        _OPENED.c.voter == row["voter"],
    )
    if (connection.scalar(select(func.count()).where(*mine)) or 0) >= MOST_OPENED:
        raise Refusal("OPENING_LIMIT", most=MOST_OPENED)
    connection.execute(insert(_OPENED).values(row))
    hold_points(connection, meeting, dict.fromkeys(points, digest))
    return None


def _is_received(connection: Connection, digest: bytes) -> bool:
    """Tell whether intake or the chain ever had this ballot, whatever became of it."""
    return any(
        connection.execute(select(table.ballot_hash).where(table.ballot_hash == digest).limit(1)).first()
        for table in (Ballot, IndexedBallot, IndexedSkip)
    )


def _of(facts: MeetingFacts) -> tuple[Any, ...]:
    return _OPENED.c.community_id == facts.community_id, _OPENED.c.meeting == facts.meeting


def _opened(row: dict[str, Any], operator: str, *, repeated: bool = False) -> Opened:
    return Opened(
        row["voter"], row["body"], row["shown_at"], operator, row["signature"], row["opened_at"], repeated
    )
