"""Reasons, objections and answers are published by their hashes, and refused when they may not be raised."""

from typing import Any

import pytest
from eth_utils import keccak
from hall import DAY, Hall, draft_body, owner_key

from town import SLUG, Browser, assert_problem
from wanjia.chain.eip712 import objection_digest
from wanjia.chain.local_node import CHAIN_ID
from wanjia.chain.signing import sign_digest
from wanjia.steward.due import queue_due

pytestmark = pytest.mark.chain
PATH = f"/communities/{SLUG}/meetings/1"
SALT = "5a" * 16
REASON = {"text": "参与不足，延长三日。", "salt": SALT}


def objection(hall: Hall, text: str, key: bytes, voter: int = 1) -> dict[str, Any]:
    """An objection as the phone sends it."""
    content = keccak(text=f"{text}\n\n{SALT}")
    place = hall.meeting()["chain"]["open_meeting"]
    signature = sign_digest(key, objection_digest(CHAIN_ID, place, 1, voter, content))
    return {"voter": voter, "text": text, "salt": SALT, "signature": "0x" + signature.hex()}


def take(hall: Hall, browser: Browser, role: str, name: str, query: str) -> None:
    """Take a step that needs more than the meeting."""
    answer = browser.get(f"/staff/communities/{SLUG}/meetings/1/acts/{name}?{query}").get_json()
    assert hall.act(browser, role, answer["calls"][0])["state"] == "done"


def step(browser: Browser, name: str) -> dict[str, Any]:
    """One step of the meeting's course."""
    steps = browser.get(f"/staff{PATH}/course").get_json()["steps"]
    found: dict[str, Any] = next(each for each in steps if each["name"] == name)
    return found


def test_what_is_said_in_a_meeting_can_be_read_by_all(hall: Hall) -> None:
    """An extension with its reason, an owner's objection, the answer, a voiding: text, hash and step each."""
    committee, supervisor = hall.town.staff("committee"), hall.town.staff("supervisor")
    now = hall.node.head()[1]
    plan = committee.post("/staff/plans", {"community": SLUG, "content": _content(now)}).get_json()
    assert plan["findings"] == []
    drafted = committee.post(f"/staff/plans/{plan['plan']}/draft", {"revision": 1}).get_json()
    assert drafted["convening"] == plan["convening"]
    hall.act(committee, "committee", drafted["act"])
    convened = committee.get(f"/staff/plans/{plan['plan']}").get_json()
    assert convened["meeting"] == 1
    assert_problem(committee.post(f"/staff/plans/{plan['plan']}/draft", {"revision": 1}), "PLAN_CONVENED")
    hall.register(hall.town.owner("101", 1), owner_key(1))
    assert step(supervisor, "consent")["standing"] == "possible"
    hall.step(supervisor, "supervisor", "consent")
    hall.step(committee, "committee", "publish-roll")
    waiting = step(supervisor, "seal-roll")
    assert (waiting["standing"], waiting["why"]) == ("waiting", "rollPeriod")
    hall.move_to(waiting["not_before"])
    hall.step(supervisor, "supervisor", "seal-roll")

    reason = committee.post(f"/staff{PATH}/statements", REASON).get_json()["hash"]
    assert reason == "0x" + keccak(text=f"{REASON['text']}\n\n{SALT}").hex()
    closes_at = hall.meeting()["closes_at"] + 3 * DAY
    take(hall, committee, "committee", "extend", f"closes_at={closes_at}&hash={reason}")

    early = objection(hall, "有人代签。", owner_key(1))
    assert_problem(hall.town.browser().post(f"{PATH}/objections", early), "OBJECTION_NOT_NOW")
    hall.move_to(closes_at)
    hall.node.mine()
    _declare(hall)
    stranger = objection(hall, "有人代签。", owner_key(2))
    assert_problem(hall.town.browser().post(f"{PATH}/objections", stranger), "OBJECTION_SIGNATURE_INVALID")
    absent = objection(hall, "有人代签。", owner_key(1), voter=99)
    assert_problem(hall.town.browser().post(f"{PATH}/objections", absent), "OBJECTION_NOT_ON_ROLL")
    assert hall.town.browser().post(f"{PATH}/objections", early).status_code == 202
    assert_problem(hall.town.browser().post(f"{PATH}/objections", early), "OBJECTION_EXISTS")
    hall.turn(lambda: bool(_said(hall)["objections"]))
    assert step(supervisor, "answer-objection")["standing"] == "possible"
    answer = supervisor.post(f"/staff{PATH}/statements", {"text": "已核对，无代签。", "salt": SALT})
    take(hall, supervisor, "supervisor", "answer-objection", f"objection=1&hash={answer.get_json()['hash']}")
    take(hall, supervisor, "supervisor", "void", f"hash=0x{'11' * 32}")

    said = _said(hall)
    (extension,) = said["extensions"]
    assert (extension["closes_at"], extension["reason"]["text"]) == (closes_at, REASON["text"])
    (raised,) = said["objections"]
    assert (raised["content"]["text"], raised["answer"]["text"]) == ("有人代签。", "已核对，无代签。")
    assert (said["voided"]["hash"], said["voided"]["text"]) == ("0x" + "11" * 32, None)
    document = hall.town.browser().get(f"/documents/{reason}")
    assert "0x" + keccak(document.get_data()).hex() == reason
    assert step(supervisor, "void")["standing"] == "done"


def _content(now: int) -> dict[str, Any]:
    body = draft_body(now)
    return {name: body[name] for name in ("title", "notice", "motions", "opens_at", "closes_at")}


def _said(hall: Hall) -> dict[str, Any]:
    body: dict[str, Any] = hall.town.browser().get(f"{PATH}/statements").get_json()
    return body


def _declare(hall: Hall) -> None:
    with hall.town.wanjia.database.write() as session:
        queue_due(session, hall.town.clock())
    hall.turn(lambda: hall.meeting()["state"] == "declared")
