"""The published roll: units and areas without names, objected to before it is sealed, answered once."""

import pytest
from known_meeting import add_meeting, publish, seal_and_open
from sqlalchemy import select, update

from town import OTHER, SLUG, Town, assert_problem
from wanjia.identity.evidence import forget_owner
from wanjia.meetings.roll_objections import OPEN_PER_OWNER
from wanjia.roll.models import Owner, Unit
from wanjia.roll.objection_models import RollObjection

MEETING = f"/communities/{SLUG}/meetings/1"
MINE = f"{MEETING}/my-roll-objections"
STAFF = f"/staff{MEETING}/roll-objections"
WRONG = {
    "building": "1栋",
    "entrance": "1单元",
    "number": "101",
    "text": "面积应为 90.35 平方米，见金丝雀房产证。",
}


@pytest.fixture
def published(town: Town) -> Town:
    """A town whose meeting's roll is published."""
    add_meeting(town)
    publish(town)
    return town


def test_anyone_reads_units_and_areas_from_the_publication_on(town: Town) -> None:
    """No name, no voter index; what is in force is held against what is on the chain."""
    add_meeting(town, scope="2")
    assert town.browser().get(f"{MEETING}/roll").get_json()["lines"] == []
    publish(town, scope="2")
    roll = town.browser().get(f"{MEETING}/roll").get_json()
    assert [line["number"] for line in roll["lines"]] == ["401", "402"]
    assert all(set(line) == {"building", "entrance", "number", "area"} for line in roll["lines"])
    assert roll["on_chain"] == {"area": sum(line["area"] for line in roll["lines"]), "heads": 2}
    assert (roll["agrees"], roll["scope"], roll["sealed_at"]) == (True, "2", None)
    assert roll["objections_until"] == roll["published_at"] + 7 * 86_400
    with town.wanjia.database.write() as session:
        session.execute(update(Unit).where(Unit.number == "401").values(area=1))
    assert town.browser().get(f"{MEETING}/roll").get_json()["agrees"] is False


def test_an_objection_is_answered_once_and_its_owner_reads_it(published: Town) -> None:
    """The committee reads the text, the database does not; another owner sees nothing of it."""
    owner = published.owner("101", 1)
    taken = owner.post(MINE, WRONG)
    assert taken.status_code == 201, taken.get_json()
    assert (taken.get_json()["building"], taken.get_json()["listed"]) == ("1", True)
    missing = owner.post(MINE, WRONG | {"number": "999"}).get_json()
    assert missing["listed"] is False
    committee = published.staff("committee")
    assert [each["text"] for each in committee.get(STAFF).get_json()["objections"]] == [WRONG["text"]] * 2
    with published.wanjia.database.read() as session:
        for row in session.scalars(select(RollObjection)):
            assert "金丝雀".encode() not in (row.text or b"")
    answer = f"{STAFF}/{missing['id']}/answer"
    body = {"outcome": "accepted", "text": "已更正。"}
    assert committee.post(answer, body).get_json()["outcome"] == "accepted"
    assert_problem(committee.post(answer, body | {"outcome": "refused"}), "ROLL_OBJECTION_ANSWERED")
    first = owner.get(MINE).get_json()["objections"][0]
    assert (first["number"], first["answer"], first["outcome"]) == ("999", "已更正。", "accepted")
    assert published.owner("102", 2).get(MINE).get_json()["objections"] == []


def test_objections_are_taken_only_between_publication_and_seal(town: Town) -> None:
    """Not before there is something to object to, not after it is fixed."""
    add_meeting(town)
    owner = town.owner("101", 1)
    assert_problem(owner.post(MINE, WRONG), "ROLL_OBJECTION_NOT_NOW")
    publish(town)
    for _ in range(OPEN_PER_OWNER):
        assert owner.post(MINE, WRONG).status_code == 201
    assert_problem(owner.post(MINE, WRONG), "ROLL_OBJECTION_LIMIT", limit=OPEN_PER_OWNER)
    other = town.owner("102", 2)
    seal_and_open(town)
    assert_problem(other.post(MINE, WRONG), "LOGIN_REQUIRED")
    assert_problem(town.owner("102", 2).post(MINE, WRONG), "ROLL_OBJECTION_NOT_NOW")


def test_objections_stay_in_their_community(published: Town) -> None:
    """Owners and committees of another one find nothing; the supervisor reads and does not answer."""
    number = published.owner("101", 1).post(MINE, WRONG).get_json()["id"]
    assert_problem(published.browser().post(MINE, WRONG), "LOGIN_REQUIRED")
    assert_problem(published.owner("101", 1, community=OTHER).post(MINE, WRONG), "NOT_FOUND")
    stranger = published.staff("committee", OTHER)
    body = {"outcome": "refused", "text": "不成立。"}
    assert_problem(stranger.get(STAFF), "NOT_FOUND")
    assert_problem(stranger.post(f"{STAFF}/{number}/answer", body), "NOT_FOUND")
    supervisor = published.staff("supervisor")
    assert len(supervisor.get(STAFF).get_json()["objections"]) == 1
    assert_problem(supervisor.post(f"{STAFF}/{number}/answer", body), "FORBIDDEN")


def test_forgetting_an_owner_destroys_the_texts(published: Town) -> None:
    """The line and the outcome stay, the words go."""
    owner = published.owner("101", 1)
    owner.post(MINE, WRONG)
    with published.wanjia.database.write() as session:
        voter = session.scalars(
            select(Owner).where(Owner.voter == 1, Owner.community_id == published.communities[SLUG])
        ).one()
        forget_owner(session, voter.id, published.clock.now)
    (left,) = published.staff("committee").get(STAFF).get_json()["objections"]
    assert (left["number"], left["text"]) == ("101", "")
