"""No secret ``A`` twice in a meeting: whoever encrypts with a secret that was used before shows both choices."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, insert, select

from wanjia.domain.errors import Refusal
from wanjia.intake.arrivals import Arrival, Meeting
from wanjia.intake.models import BallotPoint

_POINT: Table = BallotPoint.__table__  # type: ignore[assignment]


def points_used(connection: Connection, meeting: Meeting, points: Sequence[bytes]) -> dict[bytes, bytes]:
    """Give those of ``points`` that received ballots hold, with the ballots' hashes."""
    if not points:
        return {}
    rows = connection.execute(
        select(_POINT.c.point, _POINT.c.ballot_hash).where(
            _POINT.c.community_id == meeting[0],
            _POINT.c.meeting == meeting[1],
            _POINT.c.point.in_(points),
        )
    )
    return {row.point: row.ballot_hash for row in rows}


def freshness(arrival: Arrival, used: Mapping[bytes, bytes]) -> Refusal | None:
    """Refuse a ballot that repeats an ``A``, its own or another ballot's."""
    repeated = len(set(arrival.points)) < len(arrival.points)
    if repeated or any(
        used.get(point, arrival.ballot_hash) != arrival.ballot_hash for point in arrival.points
    ):
        return Refusal("BALLOT_NOT_FRESH")
    return None


def keep_points(connection: Connection, meeting: Meeting, new: Sequence[Arrival]) -> None:
    """Write down what the accepted ballots hold; one that is received again after a refusal holds it already."""
    hold_points(
        connection, meeting, {point: arrival.ballot_hash for arrival in new for point in arrival.points}
    )


def hold_points(connection: Connection, meeting: Meeting, holders: Mapping[bytes, bytes]) -> None:
    """Write down which ballot holds each point; a point that is held already stays with its holder."""
    place = {"community_id": meeting[0], "meeting": meeting[1]}
    held = dict(holders)
    for known in points_used(connection, meeting, list(held)):
        del held[known]
    if held:
        rows = [place | {"point": point, "ballot_hash": ballot} for point, ballot in held.items()]
        connection.execute(insert(_POINT), rows)
