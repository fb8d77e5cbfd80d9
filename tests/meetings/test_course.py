"""A meeting from the draft to the final result, through the API, by officials and owners with their own keys."""

import pytest
from hall import DAY, Hall, draft_body, owner_key

from town import SLUG, assert_problem
from wanjia.chain.artifacts import load
from wanjia.chain.eip712 import possession_digest
from wanjia.chain.interface import Interface
from wanjia.chain.local_node import CHAIN_ID
from wanjia.chain.signing import address_of, sign_digest
from wanjia.meetings.convening import Convening

pytestmark = pytest.mark.chain
FOR_ALL_BUT_ONE = 0b10_01_01_01
ACTING = {1: ("101", 1, {}), 2: ("102", 2, {}), 3: ("202", 3, {}), 5: ("302", 906, {"name": "监6"})}


def test_a_meeting_is_held(hall: Hall) -> None:
    """Draft, convene, consent, publish, seal, vote, declare: what the API shows is what the contract counted."""
    committee, supervisor = hall.town.staff("committee"), hall.town.staff("supervisor")
    now = hall.node.head()[1]
    drafted = committee.post("/staff/meetings", draft_body(now))
    assert drafted.status_code == 201, drafted.get_data(as_text=True)
    done = hall.act(committee, "committee", drafted.get_json()["act"])
    assert done["state"] == "done"
    meeting = hall.meeting()
    assert (meeting["title"], meeting["state"]) == ("第一次业主大会会议", "convened")
    assert [motion["title"] for motion in meeting["convening"]["motions"]][:2] == [
        "续聘物业服务企业",
        "补足维修资金",
    ]
    assert [motion["majority"] for motion in meeting["convening"]["motions"]] == [
        "ordinary",
        "special",
        "ordinary",
        "ordinary",
    ]
    assert_the_convene_hash_is_what_the_texts_say(meeting)
    notice = hall.town.browser().get(meeting["convening"]["documents"][0]["url"].removeprefix("/api"))
    assert "请就三项议题表决" in notice.get_data(as_text=True)

    assert hall.step(supervisor, "supervisor", "consent")[0]["state"] == "done"
    assert hall.step(committee, "committee", "publish-roll")[0]["state"] == "done"
    assert hall.meeting()["roll"] == {"area": 8 * 8935, "heads": 7}
    early = hall.town.browser().get(f"/communities/{SLUG}/meetings/1/result")
    assert_problem(early, "RESULT_NOT_READY")
    for voter, (number, who, changes) in ACTING.items():
        owner = hall.town.owner(number, who, **changes)
        assert owner.get("/owner").get_json()["voter"] == voter
        hall.register(owner, owner_key(voter))
    hall.move_to(now + 8 * DAY)
    assert hall.step(supervisor, "supervisor", "seal-roll")[0]["state"] == "done"
    hall.move_to(meeting["opens_at"])
    assert hall.meeting()["state"] == "open"
    path = f"/communities/{SLUG}/meetings/1/ballots"
    for voter in ACTING:
        body = hall.ballot(voter, owner_key(voter), FOR_ALL_BUT_ONE)
        first, again = hall.town.browser().post(path, body), hall.town.browser().post(path, body)
        assert (first.status_code, again.status_code) == (201, 200), first.get_data(as_text=True)
        assert first.get_json() == again.get_json()
    hall.turn(lambda: hall.meeting()["part"]["heads"] == len(ACTING))
    receipt = first.get_json()["receipt"]
    ballot = hall.town.browser().get(f"/ballots/{receipt['ballot_hash']}").get_json()
    assert ballot["state"] in ("recorded", "final")
    assert ballot["receipt"] == receipt
    assert_lines_and_course(hall)
    result = hall.town.browser().get(f"/communities/{SLUG}/meetings/1/result")
    assert_problem(result, "RESULT_NOT_READY")
    assert "in_favour" not in result.get_data(as_text=True)
    hall.move_to(meeting["closes_at"])
    result = hall.town.browser().get(f"/communities/{SLUG}/meetings/1/result").get_json()
    part = {"area": 5 * 8935, "heads": 4}
    assert result["total"] == {"area": 8 * 8935, "heads": 7}
    assert result["part"] == part == hall.meeting()["part"]
    assert result["quorum"] is False
    assert [motion["in_favour"] for motion in result["motions"]] == [
        part,
        part,
        part,
        {"area": 0, "heads": 0},
    ]
    assert result["motions"][3]["against"] == part
    assert [motion["passed"] for motion in result["motions"]] == [False] * 4
    assert result["source"] == "contract"


def assert_lines_and_course(hall: Hall) -> None:
    """Anyone reads an index's area and whether it voted, and when each step was done; none is told ahead."""
    path = f"/communities/{SLUG}/meetings/1/voters"
    lines = [hall.town.browser().get(f"{path}/{voter}").get_json() for voter in (1, 4, 99)]
    assert lines == [
        {"area": 2 * 8935, "ballot": "recorded"},
        {"area": 8935, "ballot": "none"},
        {"area": 0, "ballot": "none"},
    ]
    course = hall.meeting()["course"]
    done = [course[step] for step in ("convened_at", "consented_at", "roll_published_at", "roll_sealed_at")]
    assert done == sorted(done)
    assert (course["declared_at"], course["final_at"], course["void_at"]) == (None, None, None)


def assert_the_convene_hash_is_what_the_texts_say(meeting: dict[str, object]) -> None:
    """What anyone recomputes from the answer is the hash that is on the chain."""
    frozen = meeting["convening"]
    assert isinstance(frozen, dict)
    chain = meeting["chain"]
    assert isinstance(chain, dict)
    rules = frozen["rules"]
    convening = Convening(
        scope_hash=bytes.fromhex(frozen["scope_hash"][2:]),
        motions=tuple(
            (m["matter"], m["group"], m["cap"], bytes.fromhex(m["text_hash"][2:])) for m in frozen["motions"]
        ),
        documents=tuple(bytes.fromhex(document["hash"][2:]) for document in frozen["documents"]),
        opens_at=frozen["opens_at"],
        closes_at=frozen["closes_at"],
        rules=(
            bytes.fromhex(rules["rules_hash"][2:]),
            rules["notice_period"],
            rules["roll_period"],
            rules["paper_period"],
            rules["objection_period"],
        ),
    )
    found = convening.convene_hash(chain["chain_id"], chain["open_meeting"], 1)
    assert "0x" + found.hex() == meeting["convene_hash"]


def test_a_key_is_changed_by_two_parties(hall: Hall) -> None:
    """The owner asks, the operator's request goes to the chain, the supervisor approves it there."""
    owner = hall.town.owner("102", 2)
    hall.register(owner, owner_key(2))
    profile = owner.get("/owner").get_json()
    registry = hall.town.browser().get(f"/communities/{SLUG}").get_json()["chain"]["registry"]
    fresh = owner_key(1002)
    digest = possession_digest(
        CHAIN_ID, registry, 2, address_of(fresh), bytes.fromhex(profile["evidence"][2:])
    )
    body = {"key": address_of(fresh), "signature": "0x" + sign_digest(fresh, digest).hex()}
    assert owner.post("/owner/key/change", body).status_code == 202
    calls = Interface(load("OwnerRegistry").abi)

    def pending() -> tuple[str, int]:
        found = hall.town.wanjia.chain.call(calls, registry, "keyChangeOf", 2)
        return str(found[0]), int(found[1])

    hall.turn(lambda: pending()[0] == address_of(fresh))
    supervisor = hall.town.staff("supervisor")
    approve = {"to": registry, "data": "0x" + calls.encode("approveKeyChange", 2, address_of(fresh)).hex()}
    assert hall.act(supervisor, "supervisor", approve)["state"] == "done"
    assert pending()[1] > 0
