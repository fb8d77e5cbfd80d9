"""A ballot that was opened to check the phone is void: intake refuses it for ever."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, select

from wanjia.domain.errors import Refusal
from wanjia.intake.arrivals import Arrival
from wanjia.intake.models import OpenedBallot

_OPENED: Table = OpenedBallot.__table__  # type: ignore[assignment]


def spoiled(connection: Connection, batch: Sequence[Arrival]) -> set[bytes]:
    """Give the hashes of those arrivals that were opened; open ballots cannot be, and are not asked about."""
    hashes = [arrival.ballot_hash for arrival in batch if arrival.points]
    if not hashes:
        return set()
    return set(connection.scalars(select(_OPENED.c.digest).where(_OPENED.c.digest.in_(hashes))))


def refuse_spoiled(arrival: Arrival, opened: set[bytes]) -> Refusal | None:
    """Refuse a ballot that was opened."""
    return Refusal("BALLOT_SPOILED") if arrival.ballot_hash in opened else None
