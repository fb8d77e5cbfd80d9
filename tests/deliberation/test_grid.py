"""The grid settles: the level a concern has reached, of the worker's level the worker of the building."""

from pathlib import Path
from typing import Any

import pytest
from speaking import CONCERNS, DESK, PNG, answered, fresh_town, one, raised
from sqlalchemy import select

from town import OTHER, PASSWORD, START, Browser, Town, assert_problem
from wanjia.deliberation.models import ConcernEntry
from wanjia.domain.concerns import DAY, RATING_TERM
from wanjia.identity.staff import create_staff
from wanjia.identity.staff_models import StaffLogEntry


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town on SQLite: what is stored and how is tested on both databases where residents speak."""
    return fresh_town(tmp_path)


def another_worker(town: Town) -> str:
    """Hire a second worker."""
    with town.wanjia.database.write() as session:
        create_staff(
            session,
            town.wanjia.vault,
            username="worker-two",
            password=PASSWORD,
            role="grid_worker",
            community_id=town.communities["garden"],
            address=None,
            now=START,
        )
    return "worker-two"


def numbers(browser: Browser, query: str = "") -> list[int]:
    """Numbers of a list at the desk."""
    return [line["number"] for line in browser.get(f"{DESK}{query}").get_json()["concerns"]]


def test_a_concern_is_taken_answered_and_closed(town: Town) -> None:
    """Every step is an entry that neighbours read by role, a talk is not; the answer comes with a photograph."""
    owner, neighbour, worker = town.owner(), town.owner("102", 2), town.staff("grid_worker")
    raised(owner)
    assert worker.get(f"{DESK}/1").get_json()["can"] == ["take", "talk", "answer", "climb", "hide"]
    assert_problem(worker.post(f"{DESK}/1/note", {"text": "?"}), "CONCERN_NOT_NOW")
    assert worker.post(f"{DESK}/1/take").get_json()["state"] == "taken"
    worker.post(f"{DESK}/1/note", {"text": "已联系门禁公司"})
    worker.post(f"{DESK}/1/talk", {"text": "请问几点在家"})
    assert_problem(answered(worker, photo=b"%PDF-1.7"), "CONCERN_PHOTO_TYPE", file=1)
    shown = answered(worker).get_json()
    assert (shown["state"], shown["due_at"]) == ("answered", town.clock.now + RATING_TERM)
    assert [entry["kind"] for entry in one(neighbour)["entries"]] == ["raised", "taken", "note", "answer"]
    answer = one(owner)["entries"][-1]
    assert (answer["by"], answer["text"], len(answer["photos"])) == ("grid_worker", "门禁已经修好。", 1)
    picture = neighbour.get(f"{CONCERNS}/1/entries/{answer['id']}/photos/1")
    assert picture.get_data() == PNG
    assert one(owner)["entries"][3]["text"] == "请问几点在家"
    assert owner.post(f"{CONCERNS}/1/rate", {"settled": True}).get_json()["state"] == "closed"
    closed = one(neighbour)
    assert (closed["due_at"], closed["ended_at"]) == (None, town.clock.now)
    assert_problem(worker.post(f"{DESK}/1/talk", {"text": "?"}), "CONCERN_NOT_NOW")
    assert_problem(worker.post(f"{DESK}/1/climb", {"reason": "?"}), "CONCERN_NOT_NOW")
    with town.wanjia.database.read() as session:
        acts = [row.action for row in session.scalars(select(StaffLogEntry)) if "." in row.action]
    assert acts == ["concern.take", "concern.note", "concern.talk", "concern.answer"]


def test_what_is_not_settled_climbs_to_the_top(town: Town) -> None:
    """By hand with the reason, and by who raised it when the answer does not settle it; at the top it stays."""
    owner = town.owner()
    raised(owner, urgent="true")
    roles = ("grid_worker", "grid_group", "grid_head", "command_centre")
    worker, group, head, centre = map(town.staff, roles)
    assert_problem(group.post(f"{DESK}/1/take"), "CONCERN_OTHER_LEVEL")
    climbed = worker.post(f"{DESK}/1/climb", {"reason": "需要维修资金"}).get_json()
    assert (climbed["level"], climbed["state"], climbed["can"]) == (1, "raised", ["hide"])
    assert_problem(worker.post(f"{DESK}/1/take"), "CONCERN_OTHER_LEVEL")
    assert_problem(worker.post(f"{DESK}/1/talk", {"text": "?"}), "CONCERN_OTHER_LEVEL")
    answered(group)
    reopened = owner.post(f"{CONCERNS}/1/rate", {"settled": False, "reason": "还是坏的"}).get_json()
    assert (reopened["level"], reopened["state"]) == (2, "raised")
    assert reopened["due_at"] == town.clock.now + 4 * 3600
    head.post(f"{DESK}/1/climb", {"reason": "需要街道协调"})
    assert_problem(centre.post(f"{DESK}/1/climb", {"reason": "?"}), "CONCERN_AT_TOP")
    answered(centre)
    again = owner.post(f"{CONCERNS}/1/rate", {"settled": False, "reason": "还是坏的"}).get_json()
    assert (again["level"], again["state"]) == (3, "raised")
    assert [entry["level"] for entry in again["entries"]] == [0, 1, 1, 2, 3, 3, 3]


def test_private_concerns_are_read_up_to_the_level_they_reached(town: Town) -> None:
    """Of the worker's level by the worker of the building; never by committee, supervisor or another community."""
    owner = town.owner()
    raised(owner, public="false", photos=(PNG,))
    raised(owner, "request-2")
    readers = {role: town.staff(role) for role in ("grid_worker", "grid_group", "committee", "supervisor")}
    readers["supervisor"].put("/staff/grid/1", {"username": another_worker(town)})
    entry = one(owner)["entries"][0]["id"]
    for browser in readers.values():
        assert_problem(browser.get(f"{DESK}/1"), "NOT_FOUND")
        assert_problem(browser.get(f"{DESK}/1/entries/{entry}/photos/1"), "NOT_FOUND")
        assert numbers(browser) == [2]
    assert_problem(readers["grid_worker"].post(f"{DESK}/2/take"), "CONCERN_OTHER_BUILDING")
    owner.post(f"{CONCERNS}/2/talk", {"text": "只对您说"})
    talks = [e for e in readers["grid_worker"].get(f"{DESK}/2").get_json()["entries"] if e["kind"] == "talk"]
    assert talks == []
    readers["supervisor"].put("/staff/grid/1", {"username": "grid_worker@garden"})
    assert numbers(readers["grid_worker"], "?mine=true") == [2, 1]
    assert_problem(
        readers["grid_worker"].post(f"{DESK}/1/entries/raised/hide", {"reason": "?"}), "CONCERN_PRIVATE"
    )
    readers["grid_worker"].post(f"{DESK}/1/climb", {"reason": "要紧"})
    assert readers["grid_group"].get(f"{DESK}/1/entries/{entry}/photos/1").get_data() == PNG
    assert_problem(town.staff("grid_head").get(f"{DESK}/1"), "NOT_FOUND")
    stranger = town.staff("grid_worker", OTHER)
    assert_problem(stranger.get(f"{DESK}/2"), "NOT_FOUND")
    assert_problem(stranger.post(f"{DESK}/2/take"), "NOT_FOUND")
    assert numbers(stranger) == []


def test_hidden_words_appeal_and_decision(town: Town) -> None:
    """Neighbours see that and why; who wrote them appeals once; the supervisor decides, and what is shown stays so."""
    owner, neighbour, worker = town.owner(), town.owner("102", 2), town.staff("grid_worker")
    committee, supervisor = town.staff("committee"), town.staff("supervisor")
    raised(owner, photos=(PNG,))
    first = neighbour.post(f"{CONCERNS}/1/comments", {"text": "张三家的狗"}).get_json()["entries"][-1]["id"]
    assert worker.post(f"{DESK}/1/entries/{first}/hide", {"reason": "点名"}).status_code == 200
    assert_problem(committee.post(f"{DESK}/1/entries/{first}/hide", {"reason": "?"}), "CONCERN_HIDDEN")
    seen = {e["id"]: e for e in one(owner)["entries"]}[first]
    assert (seen["hidden"], seen["text"], seen["reason"]) == (True, None, "点名")
    assert {e["id"]: e for e in one(neighbour)["entries"]}[first]["text"] == "张三家的狗"
    assert_problem(
        supervisor.post(f"{DESK}/1/entries/{first}/decide", {"show": True, "reason": "?"}),
        "CONCERN_NO_APPEAL",
    )
    assert "appeal" in one(neighbour)["can"]
    assert neighbour.post(f"{CONCERNS}/1/entries/{first}/appeal", {"text": "没有点名"}).status_code == 201
    assert_problem(neighbour.post(f"{CONCERNS}/1/entries/{first}/appeal", {"text": "?"}), "CONCERN_APPEALED")
    assert "没有点名" not in str(one(owner))
    assert numbers(supervisor, "?appealed=true") == [1]
    assert supervisor.get(f"{DESK}/1").get_json()["appeals"] == [first]
    assert supervisor.get(f"{DESK}/digest").get_json()["appeals"] == 1
    supervisor.post(f"{DESK}/1/entries/{first}/decide", {"show": True, "reason": "确实没有"})
    assert {e["id"]: e for e in one(owner)["entries"]}[first]["text"] == "张三家的狗"
    assert_problem(worker.post(f"{DESK}/1/entries/{first}/hide", {"reason": "?"}), "CONCERN_SHOWN")
    assert numbers(supervisor, "?appealed=true") == []
    committee.post(f"{DESK}/1/entries/raised/hide", {"reason": "广告"})
    hidden = one(neighbour)
    assert (hidden["title"], hidden["text"], hidden["reason"]) == (None, None, "广告")
    assert hidden["entries"][0]["photos"] == []
    place = f"{CONCERNS}/1/entries/{hidden['entries'][0]['id']}/photos/1"
    assert_problem(neighbour.get(place), "NOT_FOUND")
    assert owner.get(place).status_code == 200
    assert one(owner)["title"] is not None
    owner.post(f"{CONCERNS}/1/entries/raised/appeal", {"text": "不是广告"})
    supervisor.post(f"{DESK}/1/entries/raised/decide", {"show": False, "reason": "是广告"})
    again = supervisor.post(f"{DESK}/1/entries/raised/decide", {"show": True, "reason": "?"})
    assert_problem(again, "CONCERN_NO_APPEAL")
    assert worker.post(f"{DESK}/1/take").get_json()["state"] == "taken"


def test_who_looks_after_which_building(town: Town) -> None:
    """The supervisor assigns the community's own workers to places of the roll."""
    supervisor = town.staff("supervisor")
    stranger, own = town.hire("grid_worker", OTHER), town.hire("grid_worker")
    for place, username, code in (
        ("1", stranger, "GRID_WORKER_UNKNOWN"),
        ("1", "committee@garden", "GRID_WORKER_UNKNOWN"),
        ("9", own, "CONCERN_PLACE"),
    ):
        assert_problem(supervisor.put(f"/staff/grid/{place}", {"username": username}), code)
    supervisor.put("/staff/grid/2栋", {"username": own})
    supervisor.put("/staff/grid/1", {"username": own})
    supervisor.put("/staff/grid/common", {"username": own})
    supervisor.put("/staff/grid/1", {"username": None})
    posts: Any = [{"building": "", "username": own}, {"building": "1", "username": None}]
    expected = {"posts": [*posts, {"building": "2", "username": own}], "workers": [own]}
    assert town.staff("grid_head").get("/staff/grid").get_json() == expected


def test_the_digest_counts_what_waits(town: Town) -> None:
    """New, due within a day, overdue, urgent: for the worker what is theirs, for the committee all that is public."""
    owner, worker, group = town.owner(), town.staff("grid_worker"), town.staff("grid_group")
    raised(owner)
    raised(owner, "request-2", urgent="true")
    raised(owner, "request-3", public="false")
    worker.post(f"{DESK}/1/take")
    digests = [browser.get(f"{DESK}/digest").get_json() for browser in (worker, group)]
    empty = {"new": 0, "due": 0, "overdue": 0, "urgent": 0, "appeals": 0}
    assert digests == [empty | {"new": 2, "due": 1, "urgent": 1}, empty]
    assert numbers(worker, "?mine=true") == [2, 3, 1]
    town.clock.now += 3 * DAY - 3_600
    late = town.staff("committee")
    assert late.get(f"{DESK}/digest").get_json() == empty | {"new": 1, "overdue": 1, "urgent": 1, "due": 1}
    assert numbers(late, "?overdue=true&state=open&level=0&building=1&kind=repair") == [2]
    with town.wanjia.database.read() as session:
        assert len(session.scalars(select(ConcernEntry)).all()) == 4
