"""The privacy check is frozen with a secret meeting as it was shown, and held against the sealed roll."""

from typing import Any

import pytest
from eth_utils import keccak
from hall import DAY, MOTIONS, Hall
from sqlalchemy import update

from crowd import crowd
from town import SLUG, assert_problem
from wanjia.index.models import IndexedMeeting, IndexedRoll
from wanjia.roll.models import Unit
from wanjia.roll.service import areas

DESK = f"/staff/communities/{SLUG}/meetings/1/privacy"


def _plan(hall: Hall, committee: Any, ballots: str = "secret") -> dict[str, Any]:
    """A finished plan over the API, of enough owners to vote secretly."""
    crowd(hall.town)
    opens_at = hall.node.head()[1] + 16 * DAY
    content = {
        "title": "第一次业主大会会议",
        "notice": "请就四项议题表决。",
        "motions": MOTIONS,
        "opens_at": opens_at,
        "closes_at": opens_at + 10 * DAY,
        "ballots": ballots,
    }
    made = committee.post("/staff/plans", {"community": SLUG, "content": content})
    assert made.status_code == 201, made.get_json()
    body: dict[str, Any] = made.get_json()
    assert body["findings"] == []
    return body


@pytest.mark.chain
def test_what_was_shown_is_what_is_frozen(hall: Hall) -> None:
    """A roll that changed after the look is refused; the new check, once seen, is the meeting's second document."""
    committee = hall.town.staff("committee")
    plan = _plan(hall, committee)
    path, revision = f"/staff/plans/{plan['plan']}", plan["revision"]
    with hall.town.wanjia.database.write() as session:
        session.execute(update(Unit).where(Unit.building == "2", Unit.number == "401").values(area=12_000))
    stale = committee.post(f"{path}/draft", {"revision": revision, "privacy": plan["privacy"]})
    assert_problem(stale, "PLAN_PRIVACY_CHANGED")
    check = committee.get(f"{path}/privacy").get_json()
    shown = check["document"]["hash"]
    drafted = committee.post(f"{path}/draft", {"revision": revision, "privacy": shown}).get_json()
    assert drafted["convening"]["documents"][1] == shown
    assert hall.act(committee, "committee", drafted["act"])["state"] == "done"

    (_, document) = hall.meeting()["convening"]["documents"]
    assert (document["name"], document["hash"]) == ("保密检查.md", shown)
    served = hall.town.browser().get(document["url"].removeprefix("/api"))
    assert keccak(served.data) == bytes.fromhex(shown[2:])
    assert served.get_data(as_text=True) == check["document"]["text"]

    kept = committee.get(DESK).get_json()
    assert (kept["document"], kept["reported"], kept["sealed"]) == (shown, check["figures"], None)
    _seal_another_roll(hall)
    after = hall.town.staff("supervisor").get(DESK).get_json()
    assert after["reported"] == check["figures"]
    assert after["sealed"]["owners"] == 67
    assert after["sealed"]["area"] == after["reported"]["area"] + 1_000
    assert (after["reported"]["unique_exact"], after["sealed"]["unique_exact"]) == (2, 3)


def _seal_another_roll(hall: Hall) -> None:
    """Have the index say that a roll was sealed in which one flat of 89.35 m² has grown by 10 m²."""
    community = hall.town.communities[SLUG]
    with hall.town.wanjia.database.write() as session:
        roll = areas(session, community, "*")
        grown = max(voter for voter, area in roll.items() if area == 8_935)
        for voter, area in (roll | {grown: 9_935}).items():
            session.add(IndexedRoll(community_id=community, meeting=1, voter=voter, area=area))
        session.execute(update(IndexedMeeting).values(sealed_at=hall.node.head()[1]))


@pytest.mark.chain
def test_an_open_meeting_has_no_check(hall: Hall) -> None:
    """Nothing is frozen with it, and its desk has none to show."""
    committee = hall.town.staff("committee")
    plan = _plan(hall, committee, "open")
    drafted = committee.post(f"/staff/plans/{plan['plan']}/draft", {"revision": plan["revision"]}).get_json()
    assert len(drafted["convening"]["documents"]) == 1
    assert hall.act(committee, "committee", drafted["act"])["state"] == "done"
    assert_problem(committee.get(DESK), "NOT_FOUND")
