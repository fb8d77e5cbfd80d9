"""Following a meeting: who took part, where and when, and who not yet. How anyone voted is never even asked."""

import pytest
from known_meeting import add_meeting, count_ballot, publish, seal_and_open
from sqlalchemy import event, select, update

from town import OTHER, SLUG, Town, assert_problem
from wanjia.domain.counting import Weight
from wanjia.identity.staff_models import StaffLogEntry
from wanjia.index.models import IndexedBallot
from wanjia.intake.models import Ballot
from wanjia.meetings.following import POINTS, curve, missing_to_quorum
from wanjia.meetings.rules import DAY
from wanjia.relay.models import RelayItem

FOLLOW = f"/staff/communities/{SLUG}/meetings/1/follow"
ABSENT = f"/staff/communities/{SLUG}/meetings/1/absent"
FLAT = 8935


@pytest.fixture
def open_town(town: Town) -> Town:
    """A town whose meeting is open; 甲1 with two flats voted at once, 甲7 of building 2 a day later."""
    add_meeting(town)
    publish(town)
    seal_and_open(town)
    count_ballot(town, 1, 0b01)
    town.clock.now += DAY
    count_ballot(town, 6, 0b10)
    return town


def test_turnout_is_told_by_building_entrance_and_time(open_town: Town) -> None:
    """Heads and areas against the published roll; two thirds lack what they lack."""
    shown = open_town.staff("committee").get(FOLLOW).get_json()
    assert shown["state"] == "open"
    assert shown["total"] == {"area": 8 * FLAT, "heads": 7}
    assert shown["part"] == {"area": 3 * FLAT, "heads": 2}
    assert shown["missing"] == {"area": -(-16 * FLAT // 3) - 3 * FLAT, "heads": 3}
    places = {each["name"]: each for each in shown["buildings"]}
    assert places["1"]["part"] == {"area": 2 * FLAT, "heads": 1}
    assert places["2"]["part"] == {"area": FLAT, "heads": 1}
    assert [each["total"]["heads"] for each in places["1"]["entrances"]] == [5]
    first, last = shown["curve"][0], shown["curve"][-1]
    assert (first["at"], first["heads"]) == (shown["opens_at"], 1)
    assert (last["at"], last["heads"], last["area"]) == (shown["chain_time"], 2, 3 * FLAT)


def test_the_absent_are_units_without_names_and_each_look_is_logged(open_town: Town) -> None:
    """An owner whose ballot waits for the chain is not reminded."""
    with open_town.wanjia.database.write() as session:
        item = RelayItem(kind="ballot", target="0x" + "11" * 20, body=b"", reference="b", created_at=1)
        session.add(item)
        session.flush()
        session.add(
            Ballot(
                community_id=open_town.communities[SLUG],
                meeting=1,
                voter=2,
                attempt=0,
                ballot_hash=b"\2" * 32,
                record=bytes(77),
                sequence=1,
                received_at=1,
                item_id=item.id,
            )
        )
    supervisor = open_town.staff("supervisor")
    units = supervisor.post(ABSENT, {"purpose": "print"}).get_json()["units"]
    assert [f"{each['building']}-{each['number']}" for each in units] == ["1-202", "1-301", "1-302", "2-402"]
    assert set(units[0]) == {"building", "entrance", "number", "registered"}
    with open_town.wanjia.database.read() as session:
        entry = session.scalars(select(StaffLogEntry).order_by(StaffLogEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.reference) == ("follow.absent", "meeting 1: 4 units, print")


def test_choices_are_never_read_and_change_nothing(open_town: Town) -> None:
    """No statement names choices or a ballot's record, and other choices give the same bytes."""
    browser = open_town.staff("committee")
    asked: list[str] = []
    engine = open_town.wanjia.database.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement.lower())

    event.listen(engine, "before_cursor_execute", note)
    before = browser.get(FOLLOW).data, browser.post(ABSENT, {"purpose": "show"}).data
    event.remove(engine, "before_cursor_execute", note)
    assert any("indexed_ballot" in statement for statement in asked)
    assert not [statement for statement in asked if "choices" in statement or "record" in statement]
    with open_town.wanjia.database.write() as session:
        session.execute(update(IndexedBallot).values(choices=3))
    assert before == (browser.get(FOLLOW).data, browser.post(ABSENT, {"purpose": "show"}).data)


def test_only_officials_of_the_community_follow(open_town: Town) -> None:
    """Another community's committee finds nothing, an owner and a clerk are not let in."""
    stranger = open_town.staff("committee", OTHER)
    assert_problem(stranger.get(FOLLOW), "NOT_FOUND")
    assert_problem(stranger.post(ABSENT, {"purpose": "show"}), "NOT_FOUND")
    assert_problem(open_town.staff("clerk").get(FOLLOW), "FORBIDDEN")
    assert_problem(open_town.owner("101", 1).get(FOLLOW), "LOGIN_REQUIRED")


def test_what_two_thirds_lack_is_rounded_up() -> None:
    """Two thirds itself is enough (MF 278); a fraction of a head is a head."""
    assert missing_to_quorum(Weight(300, 3), Weight(200, 1)) == Weight(0, 1)
    assert missing_to_quorum(Weight(301, 4), Weight(200, 2)) == Weight(1, 1)
    assert missing_to_quorum(Weight(0, 0), Weight(0, 0)) == Weight(0, 0)


def test_the_curve_is_bounded_and_ends_now() -> None:
    """However long a meeting lasts; voters who are not on the roll do not count."""
    points = curve(0, 60 * DAY, {1: 5, 2: 7}, {1: 10, 2: 59 * DAY, 9: 20})
    assert len(points) <= POINTS + 2
    assert (points[0].part, points[-1].part) == (Weight(0, 0), Weight(12, 2))
    assert [point.at for point in points] == sorted(point.at for point in points)
    assert curve(100, 100, {1: 5}, {1: 100}) == []
