"""A secret ballot's ``A`` may stand in no other ballot of its meeting."""

import pytest

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.intake.arrivals import Arrival, Meeting
from wanjia.intake.freshness import freshness, keep_points, points_used


@pytest.fixture
def community(database: Database) -> int:
    """Make a community."""
    with database.write() as session:
        addresses = {name: "0x" + name[:2].encode().hex() * 10 for name in ("registry", "open", "notary")}
        made = Community(
            slug="garden",
            name="Garden",
            salt=bytes(32),
            registry_address=addresses["registry"],
            open_meeting_address=addresses["open"],
            notary_address=addresses["notary"],
            first_block=1,
        )
        session.add(made)
        session.flush()
        return made.id


def _arrival(meeting: Meeting, voter: int, *points: bytes) -> Arrival:
    ballot_hash = voter.to_bytes(32, "big")
    return Arrival(meeting, "", voter, bytes(20), ballot_hash, bytes(454), 0, points=points)


def test_a_point_is_used_once_in_a_meeting(database: Database, community: int) -> None:
    """Another ballot with the point of a kept one is refused; the same ballot, and another meeting, are not."""
    point, fresh = b"\1" * 64, b"\2" * 64
    first = _arrival((community, 1), 1, point)
    second = _arrival((community, 1), 2, fresh, point)
    elsewhere = _arrival((community, 2), 2, point)
    with database.engine.begin() as connection:
        keep_points(connection, (community, 1), [first])
        keep_points(connection, (community, 1), [first])
    with database.engine.begin() as connection:
        for arrival, code in ((first, None), (second, "BALLOT_NOT_FRESH"), (elsewhere, None)):
            used = points_used(connection, arrival.meeting, arrival.points)
            refusal = freshness(arrival, used)
            assert (refusal.code if refusal else None) == code
