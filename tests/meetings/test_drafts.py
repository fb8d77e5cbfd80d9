"""A draft that breaks the law or says nothing is refused with the reason; one that keeps it is frozen by hashes."""

import base64
from typing import Any

import pytest
from eth_utils import keccak
from hall import DAY, Hall, draft_body

from town import OTHER, Town, assert_problem, staff_key
from wanjia.chain import contracts
from wanjia.chain.eip712 import forward_request_digest
from wanjia.chain.local_node import CHAIN_ID
from wanjia.chain.signing import sign_digest
from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.meetings.documents import Attachment
from wanjia.meetings.motions import Wording, check_motions, text_hash
from wanjia.meetings.results import MotionCount, abstained, ranked
from wanjia.meetings.rules import MIN_NOTICE, Rules, check_times

NOW = 1_800_000_000
PDF = b"%PDF-1.7 comparison of two companies"


def motion(**changes: Any) -> Wording:
    """One ordinary motion."""
    values: dict[str, Any] = {"matter": 9, "group": 0, "cap": 0, "title": "更换地垫", "text": "预算 1 万元。"}
    return Wording(**(values | changes))


def refusal(check: Any, *arguments: Any) -> tuple[str, dict[str, Any]]:
    """What a check refuses with."""
    with pytest.raises(Refusal) as caught:
        check(*arguments)
    return caught.value.code, caught.value.values


def test_fifteen_days_notice_to_the_second() -> None:
    """Exactly 15 days are enough; a second less is not, and the earliest opening is said."""
    opens_at = NOW + MIN_NOTICE
    check_times(Rules(), opens_at, opens_at + 10 * DAY, NOW)
    code, values = refusal(check_times, Rules(), opens_at - 1, opens_at + 10 * DAY, NOW)
    assert (code, values) == ("MEETING_NOTICE_SHORT", {"earliest": opens_at})


@pytest.mark.parametrize("days", [5, 60])
def test_voting_lasts_five_to_sixty_days(days: int) -> None:
    """Both ends are allowed; a second beyond is not."""
    opens_at = NOW + MIN_NOTICE
    check_times(Rules(), opens_at, opens_at + days * DAY, NOW)
    beyond = days * DAY + (1 if days == 60 else -1)
    assert refusal(check_times, Rules(), opens_at, opens_at + beyond, NOW)[0] == "MEETING_WINDOW"


def test_the_notice_period_cannot_be_shortened() -> None:
    """15 days are the law's, whatever the rules of procedure say."""
    rules = Rules(notice_period=MIN_NOTICE - 1)
    assert refusal(check_times, rules, NOW + 90 * DAY, NOW + 100 * DAY, NOW)[0] == "MEETING_NOTICE_PERIOD"


def test_the_roll_must_be_checkable_within_the_notice() -> None:
    """A roll period as long as the notice could never be kept."""
    rules = Rules(roll_period=MIN_NOTICE)
    code, _ = refusal(check_times, rules, NOW + MIN_NOTICE, NOW + MIN_NOTICE + 10 * DAY, NOW)
    assert code == "MEETING_ROLL_PERIOD"


@pytest.mark.parametrize("count", [0, 33])
def test_one_to_thirty_two_motions(count: int) -> None:
    """None and 33 are refused; 32 fit a ballot."""
    check_motions([motion(title=str(at)) for at in range(32)])
    assert refusal(check_motions, [motion(title=str(at)) for at in range(count)])[0] == "MEETING_MOTIONS"


@pytest.mark.parametrize("matter", [0, 10])
def test_matters_are_those_of_the_law(matter: int) -> None:
    """Nine of them."""
    assert refusal(check_motions, [motion(matter=matter)]) == ("MOTION_MATTER", {"motion": 1})


@pytest.mark.parametrize(
    "words",
    [
        {"title": "关于住改商的表决"},
        {"text": "同意将 3 栋 101 室住宅改为经营性用房。"},
        {"text": "把一楼住宅改成商铺"},
    ],
)
def test_turning_dwellings_into_shops_is_not_put_to_a_vote(words: dict[str, str]) -> None:
    """Every affected owner must agree (MF 279)."""
    assert refusal(check_motions, [motion(), motion(**words)]) == ("MOTION_CONVERSION", {"motion": 2})


def test_common_parts_may_be_rented_out() -> None:
    """Matter 8 is a vote: the refusal of conversions must not catch it."""
    check_motions(
        [motion(matter=8, title="利用共有部分从事经营活动", text="地下室设广告位，收入归全体业主。")]
    )


@pytest.mark.parametrize(
    ("motions", "number"),
    [
        ([motion(group=1, cap=0, title="a")], 1),
        ([motion(group=1, cap=2, title="a")], 1),
        ([motion(group=1, cap=1, title="a"), motion(group=1, cap=2, title="b")], 2),
        ([motion(group=0, cap=1, title="a")], 1),
    ],
    ids=["no cap", "cap above the number", "two caps", "cap without a group"],
)
def test_a_group_has_one_cap(motions: list[Wording], number: int) -> None:
    """The same in all its motions, at least 1, at most their number."""
    assert refusal(check_motions, motions) == ("MOTION_CAP", {"motion": number})


def test_the_same_motion_twice_is_a_slip() -> None:
    """Two motions with one text could pass and fail at once."""
    assert refusal(check_motions, [motion(), motion()]) == ("MOTION_REPEATED", {"motion": 2})


def test_text_hash_does_not_depend_on_how_characters_are_composed() -> None:
    """NFC on title and text."""
    assert text_hash("Café", "é") == text_hash("Cafe\u0301", "e\u0301")


def test_candidates_rank_by_area_then_heads_among_those_who_passed() -> None:
    """Equals share a rank; who did not pass has none; groups are ranked apart."""

    def count(position: int, group: int, area: int, heads: int, *, passed: bool = True) -> MotionCount:
        return MotionCount(position, group, False, Weight(area, heads), Weight(0, 0), passed)

    counts = [
        count(0, 0, 900, 9),
        count(1, 1, 500, 5),
        count(2, 1, 600, 4),
        count(3, 1, 500, 6),
        count(4, 1, 500, 5),
        count(5, 1, 999, 9, passed=False),
        count(6, 2, 1, 1),
    ]
    assert ranked(counts) == {1: 3, 2: 1, 3: 2, 4: 3, 6: 1}
    assert abstained(Weight(1000, 10), counts[1]) == Weight(500, 5)


@pytest.mark.chain
def test_drafts_over_the_api(hall: Hall) -> None:
    """Scope, documents and community are checked; the chain's clock decides what is too early."""
    committee, now = hall.town.staff("committee"), hall.node.head()[1]

    def draft(**changes: Any) -> Any:
        return committee.post("/staff/meetings", draft_body(now, **changes))

    assert_problem(draft(opens_at=now + 14 * DAY), "MEETING_NOTICE_SHORT")
    assert_problem(draft(community="nowhere"), "NOT_FOUND")
    assert_problem(draft(scope="1, 2"), "SCOPE_INVALID", part="1, 2")
    assert_problem(draft(scope="9"), "ROLL_SCOPE_UNKNOWN", part="9")
    assert draft(scope="2").status_code == 201
    document = {"name": "比选表.pdf", "media_type": "application/pdf"}
    good = base64.b64encode(PDF).decode()
    made = draft(documents=[{**document, "content_base64": good}])
    assert made.status_code == 201
    assert len(made.get_json()["convening"]["documents"]) == 2
    for media_type, content in (
        ("text/html", b"<script>alert(1)</script>"),
        ("application/pdf", b"<script>alert(1)</script>"),
        ("image/png", PDF),
        ("text/plain", b"\xff\xfe"),
        ("text/plain", b""),
    ):
        bad = {**document, "media_type": media_type, "content_base64": base64.b64encode(content).decode()}
        assert_problem(draft(documents=[bad]), "DOCUMENT_INVALID", document=1)


@pytest.mark.chain
def test_acts_that_are_not_relayed(hall: Hall) -> None:
    """Other contracts, other functions, other people's signatures, used numbers: each with its own refusal."""
    committee, supervisor = hall.town.staff("committee"), hall.town.staff("supervisor")
    now = hall.node.head()[1]
    act = committee.post("/staff/meetings", draft_body(now)).get_json()["act"]
    place = hall.town.browser().get("/communities/garden").get_json()["chain"]

    def prepare(browser: Any, to: str, data: str) -> Any:
        return browser.post("/staff/acts/prepare", {"to": to, "data": data})

    assert_problem(prepare(supervisor, act["to"], act["data"]), "ACT_NOT_ALLOWED")
    assert_problem(prepare(committee, place["forwarder"], act["data"]), "ACT_NOT_ALLOWED")
    cast = "0x" + contracts.open_meeting().encode("cast", 1, bytes(77)).hex()
    assert_problem(prepare(committee, act["to"], cast), "ACT_NOT_ALLOWED")
    unknown = "0x" + contracts.open_meeting().encode("consent", 9, bytes(32)).hex()
    assert_problem(prepare(supervisor, act["to"], unknown), "ACT_WOULD_FAIL", reason="OwnersMeetingUnknown")
    prepared = prepare(committee, act["to"], act["data"]).get_json()
    digest = bytes.fromhex(prepared["digest"][2:])
    right = "0x" + sign_digest(staff_key("committee"), digest).hex()
    wrong = "0x" + sign_digest(staff_key("supervisor"), digest).hex()
    request = prepared["request"]

    def hand_in(changes: dict[str, Any], signature: str = right) -> Any:
        return committee.post("/staff/acts", {"request": request | changes, "signature": signature})

    assert_problem(hand_in({}, wrong), "ACT_SIGNATURE_INVALID")
    assert_problem(hand_in({"gas": request["gas"] + 1}), "ACT_SIGNATURE_INVALID")
    assert_problem(hand_in({"from": place["operator"]}), "ACT_REQUEST_INVALID", field="from")
    assert_problem(hand_in({"value": 1}), "ACT_REQUEST_INVALID", field="value")
    assert_problem(hand_in({"gas": 30_000_000}), "ACT_REQUEST_INVALID", field="gas")
    assert_problem(hand_in({"deadline": now - 1}), "ACT_REQUEST_INVALID", field="deadline")
    first, again = hand_in({}), hand_in({})
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.get_json() == again.get_json()
    assert_problem(prepare(committee, act["to"], act["data"]), "PLAN_CONVENING")
    second = draft_body(now, title="第二次业主大会会议")
    act = committee.post("/staff/meetings", second).get_json()["act"]
    other = prepare(committee, act["to"], act["data"]).get_json()
    assert other["request"]["nonce"] == request["nonce"] + 1
    stale = other["request"] | {"nonce": request["nonce"]}

    stale["deadline"] += 1
    digest = forward_request_digest(
        CHAIN_ID,
        place["forwarder"],
        sender=stale["from"],
        to=stale["to"],
        value=0,
        gas=stale["gas"],
        nonce=stale["nonce"],
        deadline=stale["deadline"],
        data=bytes.fromhex(stale["data"][2:]),
    )
    signature = "0x" + sign_digest(staff_key("committee"), digest).hex()
    assert_problem(
        committee.post("/staff/acts", {"request": stale, "signature": signature}), "ACT_NONCE_STALE"
    )
    assert_problem(hall.town.staff("committee").get("/staff/acts/99"), "NOT_FOUND")


def test_while_the_chain_is_away_drafts_wait(town: Town) -> None:
    """Nobody can say what is too early without the chain's clock; the answer says so and asks to try again."""
    committee = town.staff("committee", OTHER)
    assert_problem(committee.post("/staff/meetings", draft_body(town.clock.now)), "CHAIN_UNAVAILABLE")


def test_a_document_is_hashed_once() -> None:
    """Before the database is locked for writing: 44 MB hashed inside would keep every ballot waiting."""
    document = Attachment("合同.pdf", "application/pdf", PDF)
    assert document.hash == keccak(PDF)
    assert document.hash is document.hash
