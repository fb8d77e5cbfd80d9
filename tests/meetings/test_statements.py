"""Reasons, objections and answers are published by their hashes, and refused when they may not be raised."""

import time
from typing import Any

import pytest
from eth_utils import keccak
from hall import DAY, Hall, draft_body, owner_key

from town import SLUG, Browser, assert_problem
from wanjia.chain import contracts
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


def convene_once(hall: Hall, committee: Browser, plan: int, call: dict[str, str]) -> None:
    """While the signed call is on its way the plan says so, stays as it is and cannot be signed again."""
    assert_problem(committee.post("/staff/acts/prepare", _unknown(hall)), "ACT_TEXT_MISSING")
    act = hall.hand_in(committee, "committee", call)
    path = f"/staff/plans/{plan}"
    for _ in range(2):  # not mined yet; then mined, and not indexed yet
        assert committee.get(path).get_json()["signed"] is True
        assert_problem(committee.post(f"{path}/draft", {"revision": 1}), "PLAN_CONVENING")
        assert_problem(committee.post("/staff/acts/prepare", call), "PLAN_CONVENING")
        _mine(hall, committee, act)
    hall.turn(lambda: committee.get(path).get_json()["meeting"] is not None)
    assert committee.get(path).get_json()["signed"] is False
    assert_problem(committee.post("/staff/acts/prepare", call), "PLAN_CONVENED")


def end(hall: Hall, supervisor: Browser, reason: str) -> str:
    """Void the meeting; a hash without a stored text is not even prepared for signing. Gives the reason's hash."""
    unsaid = supervisor.get(f"/staff{PATH}/acts/void?hash=0x{'11' * 32}").get_json()
    assert_problem(supervisor.post("/staff/acts/prepare", unsaid["calls"][0]), "ACT_TEXT_MISSING")
    said: str = supervisor.post(f"/staff{PATH}/statements", {"text": reason, "salt": SALT}).get_json()["hash"]
    take(hall, supervisor, "supervisor", "void", f"hash={said}")
    return said


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
    convene_once(hall, committee, plan["plan"], drafted["act"])
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
    ended = end(hall, supervisor, "名册有误。")

    said = _said(hall)
    (extension,) = said["extensions"]
    assert (extension["closes_at"], extension["reason"]["text"]) == (closes_at, REASON["text"])
    (raised,) = said["objections"]
    assert (raised["content"]["text"], raised["answer"]["text"]) == ("有人代签。", "已核对，无代签。")
    assert (said["voided"]["hash"], said["voided"]["text"]) == (ended, "名册有误。")
    document = hall.town.browser().get(f"/documents/{reason}")
    assert "0x" + keccak(document.get_data()).hex() == reason
    assert step(supervisor, "void")["standing"] == "done"


def _unknown(hall: Hall) -> dict[str, str]:
    """A call that would convene a meeting of hashes nobody has a text for."""
    chain = hall.town.browser().get(f"/communities/{SLUG}").get_json()["chain"]
    opens_at = hall.node.head()[1] + 30 * DAY
    hashes = [keccak(text=text) for text in ("*", "motion", "notice", "rules")]
    rules = (hashes[3], 15 * DAY, 7 * DAY, 0, 7 * DAY)
    convening = (hashes[0], [(9, 0, 0, hashes[1])], [hashes[2]], opens_at, opens_at + 10 * DAY, rules)
    data = contracts.open_meeting().encode("convene", convening)
    return {"to": chain["open_meeting"], "data": "0x" + data.hex()}


def _mine(hall: Hall, committee: Browser, act: int) -> None:
    """Turn the relay alone until the act is done: the index has not read it."""
    deadline = time.monotonic() + 30
    while committee.get(f"/staff/acts/{act}").get_json()["state"] != "done":
        assert time.monotonic() < deadline
        hall.relay.tick()
        hall.node.mine()
        time.sleep(0.05)


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
