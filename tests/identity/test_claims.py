"""Claims: everything must match one acting person, and nobody learns from the answer who is on the roll."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, func, select

from town import SLUG, Town, assert_problem, identity, phone
from wanjia.identity.claim_models import AddressedMessage, Claim, OneTimeCode
from wanjia.identity.limits import DAY
from wanjia.roll.models import Unit


def test_an_owner_logs_in_with_claim_and_code(town: Town) -> None:
    """Unit, name, number and phone match: a code goes to that phone and opens a session."""
    profile = town.owner("101", 1).get("/owner").get_json()
    assert profile["name_masked"] == "甲*"
    assert (profile["voter"], profile["kind"], profile["role"]) == (1, "person", "holder")
    assert [unit["number"] for unit in profile["units"]] == ["101", "201"]
    assert (profile["area"], profile["heads"]) == (17870, 1)
    assert (profile["key"], profile["key_state"], profile["community"]) == (None, "none", SLUG)
    assert len(profile["evidence"]) == 66


@pytest.mark.parametrize(
    "changes",
    [
        {"building": "9"},
        {"number": "102"},
        {"name": "乙"},
        {"id_number": identity(2)},
        {"phone": phone(2)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_one_wrong_part_sends_nothing_and_looks_the_same(town: Town, changes: dict[str, str]) -> None:
    """The answer has the same status and shape; no message leaves; a code cannot be guessed into a session."""
    right = town.browser().post("/identity/claims", town.claim("101", 1))
    sent = len(town.codes())
    wrong = town.browser().post("/identity/claims", town.claim("101", 1, **changes))
    assert (wrong.status_code, wrong.get_json().keys()) == (right.status_code, right.get_json().keys())
    assert len(wrong.get_json()["claim"]) == len(right.get_json()["claim"])
    assert len(town.codes()) == sent


def test_a_claim_that_matches_nobody_does_the_same_work(town: Town) -> None:
    """The same statements run and the same rows appear: no difference in time or in what is stored."""
    statements: list[str] = []

    @event.listens_for(town.wanjia.database.engine, "before_cursor_execute")
    def _note(*given: object) -> None:
        statements.append(str(given[2]))

    town.browser().post("/identity/claims", town.claim("101", 1))
    matching = list(statements)
    statements.clear()
    town.browser().post("/identity/claims", town.claim("999", 8, name="乙"))
    assert statements == matching


@pytest.mark.parametrize(
    ("number", "who", "changes"),
    [
        ("202", 4, {}),
        ("302", 6, {"id_number": identity(6, "20200101")}),
    ],
    ids=["co-owner who is not the representative", "minor"],
)
def test_only_the_acting_person_gets_a_code(
    town: Town, number: str, who: int, changes: dict[str, str]
) -> None:
    """A co-owner beside the representative and a minor get none."""
    town.browser().post("/identity/claims", town.claim(number, who, **changes))
    assert town.codes() == []


@pytest.mark.parametrize(
    ("number", "who", "changes", "role"),
    [
        ("202", 3, {}, "representative"),
        ("301", 905, {"name": "办5"}, "authorised"),
        ("302", 906, {"name": "监6"}, "guardian"),
    ],
)
def test_whoever_acts_for_an_owner_logs_in(
    town: Town, number: str, who: int, changes: dict[str, str], role: str
) -> None:
    """Representative, authorised person and guardian act in that role."""
    assert town.owner(number, who, **changes).get("/owner").get_json()["role"] == role


def test_spelling_does_not_matter(town: Town) -> None:
    """Full-width digits, suffixes and a country code are the same unit and phone."""
    town.owner("101", 1, building="１号楼", entrance="1单元", number="101室", phone="+86 154 0000 0001")


def test_a_building_without_entrances_is_claimed_without_one(town: Town) -> None:
    """The roll has an empty entrance there, and the form leaves it empty."""
    with town.wanjia.database.write() as session:
        for unit in session.scalars(select(Unit).where(Unit.number == "101")):
            unit.entrance = ""
    profile = town.owner("101", 1, entrance="").get("/owner").get_json()
    assert [unit["entrance"] for unit in profile["units"]] == ["", "1"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {"id_number": identity(1)[:17] + ("0" if identity(1)[17] != "0" else "1")},
            "IDENTITY_NUMBER_INVALID",
        ),
        ({"id_number": "1234"}, "IDENTITY_NUMBER_INVALID"),
        ({"phone": "02512345678"}, "PHONE_INVALID"),
        ({"consent": "2020-0"}, "CONSENT_REQUIRED"),
        ({"community": "nowhere"}, "NOT_FOUND"),
    ],
)
def test_what_anyone_can_see_is_wrong_is_said(town: Town, changes: dict[str, str], code: str) -> None:
    """A mistyped number needs no roll to be found."""
    assert_problem(town.browser().post("/identity/claims", town.claim("101", 1, **changes)), code)


def test_no_consent_no_claim(town: Town) -> None:
    """Personal data are not processed before somebody agreed to the present text."""
    claim = town.claim("101", 1)
    del claim["consent"]
    assert_problem(town.browser().post("/identity/claims", claim), "CONSENT_REQUIRED", version="2026-1")
    with town.wanjia.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Claim)) == 0


def test_consent_is_recorded_with_its_version(town: Town) -> None:
    """The version of the text stands beside the claim."""
    town.owner()
    with town.wanjia.database.read() as session:
        assert session.scalars(select(Claim.consent_version)).all() == ["2026-1"]


@pytest.mark.parametrize("same", ["person", "phone"])
def test_ten_codes_a_day(town: Town, same: str) -> None:
    """For one person and for one phone, whether they match or not; the next day it goes on."""
    browser = town.browser()

    def ask(turn: int) -> int:
        who = 1 if same == "person" else 20 + turn
        changes = {"phone": phone(50 + turn)} if same == "person" else {"phone": phone(1)}
        answer = browser.post("/identity/claims", town.claim("101", who, **changes))
        if answer.status_code != 202:
            assert_problem(answer, "CODE_LIMIT", limit=10)
        return answer.status_code

    assert [ask(turn) for turn in range(12)] == [202] * 10 + [429] * 2
    town.clock.now += DAY
    assert ask(13) == 202


def test_ten_codes_a_day_also_when_asked_at_once(town: Town) -> None:
    """The count cannot be overtaken by asking in parallel."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: town.browser().post("/identity/claims", town.claim("101", 1)).status_code, range(24)
            )
        )
    assert sorted(answers) == [202] * 10 + [429] * 14


def test_without_a_sender_claims_are_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot send says so, keeps nothing, and never pretends."""
    from wanjia.identity.sender import NoSender  # noqa: PLC0415

    monkeypatch.setattr(town.wanjia.claims, "_sender", NoSender())
    assert_problem(town.browser().post("/identity/claims", town.claim("101", 1)), "CODE_SENDER_MISSING")
    with town.wanjia.database.read() as session:
        for table in (Claim, OneTimeCode, AddressedMessage):
            assert session.scalar(select(func.count()).select_from(table)) == 0
