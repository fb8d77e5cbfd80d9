"""What the supervisor is handed to seal is the community's roll, line by line, counted by the meeting's own rules."""

from typing import Any

import pytest
from hall import DAY, Hall, draft_body
from sqlalchemy import select, update

from town import SLUG, assert_problem
from wanjia.domain.premises import CountingRule
from wanjia.index.models import IndexedMeeting, IndexedRoll, IndexState
from wanjia.meetings.models import MeetingDraft
from wanjia.roll.models import Unit
from wanjia.roll.service import set_rule

pytestmark = pytest.mark.chain
SEAL = f"/staff/communities/{SLUG}/meetings/1/acts/seal-roll"


def convene(hall: Hall) -> tuple[Any, Any]:
    """Take meeting 1 to its published roll; give the committee's and the supervisor's clients."""
    committee, supervisor = hall.town.staff("committee"), hall.town.staff("supervisor")
    drafted = committee.post("/staff/meetings", draft_body(hall.node.head()[1])).get_json()
    assert hall.act(committee, "committee", drafted["act"])["state"] == "done"
    assert hall.step(supervisor, "supervisor", "consent")[0]["state"] == "done"
    assert hall.step(committee, "committee", "publish-roll")[0]["state"] == "done"
    hall.move_to(hall.node.head()[1] + 8 * DAY)
    return committee, supervisor


def test_a_roll_that_differs_is_not_sealed(hall: Hall) -> None:
    """One area off by 0.01 m² and one more owner's flat gone: two lines, named by their number (T19)."""
    _, supervisor = convene(hall)
    with hall.town.wanjia.database.write() as session:
        for number, change in (("102", 1), ("301", -1)):
            session.execute(update(Unit).where(Unit.number == number).values(area=Unit.area + change))
    assert_problem(supervisor.get(SEAL), "MEETING_ROLL_DIFFERS", lines=2)
    with hall.town.wanjia.database.write() as session:
        for number, change in (("102", -1), ("301", 1)):
            session.execute(update(Unit).where(Unit.number == number).values(area=Unit.area + change))
    assert supervisor.get(SEAL).status_code == 200


def test_consent_is_asked_for_known_texts_only(hall: Hall) -> None:
    """A meeting convened past this system stands for texts nobody here has: there is no call to consent to it."""
    committee, supervisor = hall.town.staff("committee"), hall.town.staff("supervisor")
    drafted = committee.post("/staff/meetings", draft_body(hall.node.head()[1])).get_json()
    assert hall.act(committee, "committee", drafted["act"])["state"] == "done"
    path = f"/staff/communities/{SLUG}/meetings/1/acts/consent"
    assert supervisor.get(path).status_code == 200
    with hall.town.wanjia.database.write() as session:
        session.execute(update(MeetingDraft).values(content_hash=bytes(32)))
    assert_problem(supervisor.get(path), "NOT_FOUND")


def test_a_roll_the_index_has_not_read_is_not_sealed(hall: Hall) -> None:
    """What the contract holds now is compared, or nothing is."""
    _, supervisor = convene(hall)
    with hall.town.wanjia.database.write() as session:
        session.execute(update(IndexedMeeting).values(roll_digest=bytes(32)))
    assert_problem(supervisor.get(SEAL), "CHAIN_UNAVAILABLE")


def test_a_meeting_counts_by_the_rules_frozen_for_it(hall: Hall) -> None:
    """Parking counted from now on changes later meetings, not one that was convened before (T20)."""
    with hall.town.wanjia.database.write() as session:
        parking = session.scalars(select(Unit).where(Unit.number == "401")).one()
        parking.use, parking.counted = "parking", False
    committee, supervisor = convene(hall)
    with hall.town.wanjia.database.write() as session:
        set_rule(session, hall.town.communities[SLUG], CountingRule(parking=True))
    assert hall.step(committee, "committee", "publish-roll")[0]["state"] == "done"
    assert hall.meeting()["roll"]["heads"] == 6
    assert supervisor.get(SEAL).status_code == 200


def test_no_result_while_the_alarm_stands(hall: Hall) -> None:
    """When blocks thought final were replaced, no result is shown until a person has looked (T06)."""
    convene(hall)
    with hall.town.wanjia.database.write() as session:
        session.execute(update(IndexState).values(alarm="REORG_BELOW_FINALITY"))
    answer = hall.town.browser().get(f"/communities/{SLUG}/meetings/1/result")
    assert_problem(answer, "RESULT_FROZEN")
    assert answer.status_code == 503


def test_a_roll_published_again_leaves_nothing_of_the_one_before(hall: Hall) -> None:
    """The last owners leave the roll: zeros take their places, and the digest is the one that was shown."""
    committee, supervisor = convene(hall)
    path = f"/staff/communities/{SLUG}/meetings/1/publication"
    with hall.town.wanjia.database.write() as session:
        for filler in range(8, 30):  # the last owner stands in a word of its own
            area = IndexedRoll(community_id=hall.town.communities[SLUG], meeting=1, voter=filler, area=1)
            session.add(area)
    shown = committee.get(path).get_json()
    assert (shown["words"], shown["differing"], shown["weight"]["heads"]) == (4, 22, 7)
    assert_problem(supervisor.get(SEAL), "MEETING_ROLL_DIFFERS", lines=22)
    assert hall.step(committee, "committee", "publish-roll")[0]["state"] == "done"
    after = supervisor.get(path).get_json()
    assert (after["chain_digest"], after["differing"]) == (shown["digest"], 0)
    assert after["on_chain"] == shown["weight"]
    assert after["earliest_seal"] == after["published_at"] + 7 * DAY
    with hall.town.wanjia.database.write() as session:
        session.execute(update(Unit).values(use="parking"))
    publish = f"/staff/communities/{SLUG}/meetings/1/acts/publish-roll"
    assert_problem(committee.get(publish), "MEETING_ROLL_EMPTY")
