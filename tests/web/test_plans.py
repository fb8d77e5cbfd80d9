"""A committee saves its meeting unfinished, reads every finding at once, and reaches its own community only."""

import base64
from typing import Any

from sqlalchemy import select, update

from crowd import CROWD, crowd
from town import OTHER, SLUG, URL, Browser, Town, assert_problem
from wanjia.meetings.models import Document, MeetingDraft
from wanjia.meetings.plan_models import MeetingPlan, PlanDocument
from wanjia.roll.models import Unit

DAY = 86_400
MOTION = {"matter": 4, "title": "续聘物业服务企业", "text": "续聘两年。"}
PDF = base64.b64encode(b"%PDF-1.7 budget").decode()
FILE = {"name": "预算.pdf", "media_type": "application/pdf", "content_base64": PDF}


def begin(committee: Browser, **content: Any) -> dict[str, Any]:
    """Begin a meeting."""
    answer = committee.post("/staff/plans", {"community": SLUG, "content": content})
    assert answer.status_code == 201, answer.get_json()
    body: dict[str, Any] = answer.get_json()
    return body


def save(committee: Browser, plan: dict[str, Any], **content: Any) -> Any:
    """Save a meeting with some fields changed."""
    body = {"revision": plan["revision"], "content": plan["content"] | content}
    return committee.http.put(
        f"/api/staff/plans/{plan['plan']}", json=body, base_url=URL, headers={"Origin": URL}
    )


def remove(committee: Browser, path: str) -> Any:
    """DELETE with this site's origin."""
    return committee.http.delete(f"/api{path}", base_url=URL, headers={"Origin": URL})


def finished(town: Town) -> dict[str, Any]:
    """What a meeting needs to be convened."""
    opens_at = town.clock.now + 16 * DAY
    return {
        "title": "第一次业主大会会议",
        "notice": "请就一项议题表决。",
        "motions": [MOTION],
        "opens_at": opens_at,
        "closes_at": opens_at + 10 * DAY,
    }


def test_an_empty_beginning_names_everything_that_is_missing(town: Town) -> None:
    """All findings at once, each with its field and a text; nobody has to run into them one by one."""
    plan = begin(town.staff("committee"))
    assert {finding["field"] for finding in plan["findings"]} == {
        "title",
        "notice",
        "motions",
        "opens_at",
        "closes_at",
    }
    assert all(finding["text"] for finding in plan["findings"])
    assert plan["scope"] == {"area": 8 * 8935, "heads": 7}
    assert plan["dates"]["earliest_opening"] == plan["dates"]["now"] + 15 * DAY
    assert plan["convening"] is None


def test_a_plan_is_saved_resumed_and_checked(town: Town) -> None:
    """What was saved is read again, with the frozen content once nothing is amiss; nothing is published."""
    committee = town.staff("committee")
    plan = begin(committee)
    assert save(committee, plan, **finished(town), step="dates").status_code == 200
    again = committee.get(f"/staff/plans/{plan['plan']}").get_json()
    assert (again["findings"], again["content"]["step"]) == ([], "dates")
    assert len(again["convening"]["documents"]) == 1
    (line,) = committee.get(f"/staff/plans?community={SLUG}").get_json()
    assert (line["title"], line["motions"], line["meeting"]) == ("第一次业主大会会议", 1, None)
    with town.wanjia.database.read() as session:
        assert session.scalars(select(MeetingDraft)).all() == []
        assert session.scalars(select(Document)).all() == []


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"scope": "9"}, "scope", "ROLL_SCOPE_UNKNOWN"),
    ({"scope": ""}, "scope", "SCOPE_INVALID"),
    ({"motions": [MOTION, MOTION]}, "motions.1.title", "MOTION_REPEATED"),
    ({"motions": [MOTION | {"matter": 0}]}, "motions.0.matter", "MOTION_MATTER"),
    ({"motions": [MOTION | {"title": ""}]}, "motions.0.title", "MOTION_TITLE_MISSING"),
    ({"motions": [MOTION | {"group": 1, "cap": 2}]}, "motions.0.cap", "MOTION_CAP"),
    ({"motions": [MOTION | {"text": "住改商"}]}, "motions.0.text", "MOTION_CONVERSION"),
    ({"opens_at": 1_800_000_000 + DAY}, "opens_at", "MEETING_NOTICE_SHORT"),
    ({"closes_at": 1_800_000_000 + 100 * DAY}, "closes_at", "MEETING_WINDOW"),
    ({"rules": {"roll_period": 20 * DAY}}, "rules.roll_period", "MEETING_ROLL_PERIOD"),
    ({"rules": {"notice_period": DAY}}, "rules.notice_period", "MEETING_NOTICE_PERIOD"),
]


def test_each_rule_is_named_at_its_field(town: Town) -> None:
    """One thing wrong among all that is right, saved nevertheless."""
    committee = town.staff("committee")
    plan = begin(committee)
    for change, field, code in WRONG:
        plan = save(committee, plan, **finished(town) | change).get_json()
        assert (field, code) in {(finding["field"], finding["code"]) for finding in plan["findings"]}


def test_what_a_secret_meeting_cannot_be_is_said_while_planning(town: Town) -> None:
    """Too few owners, too large a share, too many motions, areas too small; the scope or open ballots mend it."""
    committee = town.staff("committee")
    plan = begin(committee, **finished(town), ballots="secret")
    (few, large) = plan["findings"]
    assert (few["field"], few["code"], few["values"]) == (
        "scope",
        "SECRET_TOO_FEW",
        {"owners": 7, "minimum": 50},
    )
    assert (large["code"], large["values"]) == ("SECRET_TOO_LARGE", {"largest": 25, "limit": 20})
    assert plan["convening"] is None
    draft = committee.post(f"/staff/plans/{plan['plan']}/draft", {"revision": plan["revision"]})
    assert_problem(draft, "SECRET_TOO_FEW", owners=7, minimum=50)
    plan = save(committee, plan, ballots="open").get_json()
    assert plan["findings"] == []
    crowd(town)
    plan = save(committee, plan, ballots="secret").get_json()
    assert (plan["findings"], plan["scope"]["heads"]) == ([], 7 + CROWD)
    many = [MOTION | {"title": f"议题 {at}"} for at in range(21)]
    (finding,) = save(committee, plan, motions=many).get_json()["findings"]
    assert (finding["field"], finding["code"], finding["values"]) == (
        "motions",
        "SECRET_MOTIONS",
        {"limit": 20},
    )
    with town.wanjia.database.write() as session:
        session.execute(update(Unit).values(area=700))
    (small,) = committee.get(f"/staff/plans/{plan['plan']}").get_json()["findings"][1:]
    assert (small["field"], small["code"]) == ("scope", "SECRET_TOO_SMALL")


def test_a_plan_without_a_choice_stays_open(town: Town) -> None:
    """What was prepared before there was a choice is read as open ballots, and convened so."""
    committee = town.staff("committee")
    plan = begin(committee, **finished(town))
    with town.wanjia.database.write() as session:
        row = session.get_one(MeetingPlan, plan["plan"])
        row.content = {name: value for name, value in row.content.items() if name != "ballots"}
    again = committee.get(f"/staff/plans/{plan['plan']}").get_json()
    assert (again["content"]["ballots"], again["findings"]) == ("open", [])
    assert len(again["convening"]["documents"]) == 1


def test_two_people_do_not_write_over_each_other(town: Town) -> None:
    """The second save of the same reading is refused and changes nothing."""
    committee = town.staff("committee")
    plan = begin(committee)
    assert save(committee, plan, title="甲").status_code == 200
    assert_problem(save(committee, plan, title="乙"), "PLAN_CHANGED")
    assert committee.get(f"/staff/plans/{plan['plan']}").get_json()["content"]["title"] == "甲"


def test_documents_are_kept_with_the_plan_and_not_published(town: Town) -> None:
    """Added with its hash, refused when it is not what it says, removed again; nobody else can fetch it."""
    committee = town.staff("committee")
    plan = begin(committee)["plan"]
    added = committee.post(f"/staff/plans/{plan}/documents", FILE).get_json()
    (line,) = added["documents"]
    assert (line["name"], line["size"]) == ("预算.pdf", 15)
    assert_problem(town.browser().get(f"/documents/{line['hash']}"), "NOT_FOUND")
    for bad in (FILE | {"media_type": "image/png"}, FILE | {"content_base64": "A"}):
        assert_problem(committee.post(f"/staff/plans/{plan}/documents", bad), "DOCUMENT_INVALID")
    assert len(committee.get(f"/staff/plans/{plan}").get_json()["documents"]) == 1
    assert remove(committee, f"/staff/plans/{plan}/documents/{line['id']}").get_json()["documents"] == []


def test_a_plan_thrown_away_leaves_nothing(town: Town) -> None:
    """Neither the plan nor its documents."""
    committee = town.staff("committee")
    plan = begin(committee)["plan"]
    committee.post(f"/staff/plans/{plan}/documents", FILE)
    assert remove(committee, f"/staff/plans/{plan}").status_code == 204
    assert_problem(committee.get(f"/staff/plans/{plan}"), "NOT_FOUND")
    with town.wanjia.database.read() as session:
        assert session.scalars(select(PlanDocument)).all() == []


def test_plans_of_another_community_do_not_exist(town: Town) -> None:
    """Neither read, nor saved, nor thrown away, nor listed, nor begun, nor drafted."""
    own, stranger = town.staff("committee"), town.staff("committee", OTHER)
    plan = begin(own)
    path = f"/staff/plans/{plan['plan']}"
    for answer in (
        stranger.get(path),
        save(stranger, plan, title="乙"),
        remove(stranger, path),
        stranger.post(f"{path}/documents", FILE),
        stranger.post(f"{path}/draft", {"revision": 1}),
        stranger.get(f"/staff/plans?community={SLUG}"),
        stranger.post("/staff/plans", {"community": SLUG, "content": {}}),
        stranger.get(f"/staff/communities/{SLUG}/places"),
    ):
        assert_problem(answer, "NOT_FOUND")
    assert own.get(path).get_json()["revision"] == 1


def test_an_unfinished_plan_cannot_be_convened(town: Town) -> None:
    """The first finding is the reason; nothing is stored."""
    committee = town.staff("committee")
    plan = begin(committee, **finished(town) | {"title": ""})
    answer = committee.post(f"/staff/plans/{plan['plan']}/draft", {"revision": 1})
    assert_problem(answer, "MEETING_TITLE_MISSING")
    with town.wanjia.database.read() as session:
        assert session.scalars(select(MeetingDraft)).all() == []


def test_scopes_are_chosen_from_the_roll(town: Town) -> None:
    """Buildings with entrances; 甲1 with two flats is one head."""
    (one, two) = town.staff("committee").get(f"/staff/communities/{SLUG}/places").get_json()["buildings"]
    assert (one["name"], one["weight"]) == ("1", {"area": 6 * 8935, "heads": 5})
    assert (two["name"], two["weight"]["heads"]) == ("2", 2)
    assert [entrance["name"] for entrance in one["entrances"]] == ["1"]
