"""Codes: five tries, ten minutes, one use, bound to the claim, also when tried at the same time (T17)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from town import Town, assert_problem, build_town, identity, phone, settings_for
from wanjia.identity.claim_models import AddressedMessage, CodeTry, OneTimeCode
from wanjia.identity.limits import DAY, Limits


def opened(town: Town, number: str = "101", who: int = 1, /, **changes: str) -> str:
    """Open a claim; give its token."""
    answer = town.browser().post("/identity/claims", town.claim(number, who, **changes))
    assert answer.status_code == 202
    return str(answer.get_json()["claim"])


def wrong(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_five_tries_then_the_code_is_void(town: Town) -> None:
    """The tries left are said; after five even the right code is refused."""
    token, code = opened(town), town.codes()[0]
    browser = town.browser()
    for left in (4, 3, 2, 1, 0):
        answer = browser.post(f"/identity/claims/{token}/code", {"code": wrong(code)})
        assert_problem(answer, "CODE_WRONG", left=left)
    assert_problem(browser.post(f"/identity/claims/{token}/code", {"code": code}), "CODE_LOCKED")
    assert_problem(browser.get("/owner"), "LOGIN_REQUIRED")


def test_tries_at_once_cannot_exceed_five(town: Town) -> None:
    """Twenty wrong tries at the same time: five are compared, the others find the code void."""
    token, code = opened(town), town.codes()[0]
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(
                lambda _: town.browser().post(f"/identity/claims/{token}/code", {"code": wrong(code)}),
                range(20),
            )
        )
    codes = [answer.get_json(force=True)["code"] for answer in answers]
    assert sorted(codes) == ["CODE_LOCKED"] * 15 + ["CODE_WRONG"] * 5


def test_a_code_is_used_once_also_at_once(town: Town) -> None:
    """The right code ten times at the same time opens one session."""
    token, code = opened(town), town.codes()[0]
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(
                lambda _: town.browser().post(f"/identity/claims/{token}/code", {"code": code}).status_code,
                range(10),
            )
        )
    assert answers.count(200) == 1, answers


def test_a_used_code_is_over(town: Town) -> None:
    """Overlooked on a screen, it is worth nothing."""
    token, code = opened(town), town.codes()[0]
    assert town.browser().post(f"/identity/claims/{token}/code", {"code": code}).status_code == 200
    answer = town.browser().post(f"/identity/claims/{token}/code", {"code": code})
    assert_problem(answer, "CODE_EXPIRED")


def test_a_code_lives_ten_minutes(town: Town) -> None:
    """At 600 seconds it has expired."""
    token, code = opened(town), town.codes()[0]
    town.clock.now += 600
    assert_problem(town.browser().post(f"/identity/claims/{token}/code", {"code": code}), "CODE_EXPIRED")


def test_a_code_belongs_to_its_claim(town: Town) -> None:
    """Another claim's token with the right code of this one is a wrong try."""
    opened(town, "101", 1)
    code = town.codes()[0]
    other = opened(town, "102", 2)
    answer = town.browser().post(f"/identity/claims/{other}/code", {"code": code})
    assert_problem(answer, "CODE_WRONG", left=4)


def test_a_second_code_leaves_the_first_good(town: Town) -> None:
    """Owners complain when a late message has killed the code they were typing."""
    token = opened(town)
    assert town.browser().post(f"/identity/claims/{token}/codes").status_code == 202
    _, first = town.codes()
    assert town.browser().post(f"/identity/claims/{token}/code", {"code": first}).status_code == 200


def test_the_decoy_code_of_a_claim_that_matches_nobody_opens_nothing(town: Town) -> None:
    """Even who could read the database and the key gets no session out of it."""
    token = opened(town, "101", 1, name="乙")
    with town.wanjia.database.read() as session:
        message = session.scalars(select(AddressedMessage)).one()
        assert message.withheld
        code = town.wanjia.vault.open(message.text).split("验证码 ")[1][:6]
    for left in (4, 3, 2, 1, 0):
        answer = town.browser().post(f"/identity/claims/{token}/code", {"code": code})
        assert_problem(answer, "CODE_WRONG", left=left)
    assert_problem(town.browser().post(f"/identity/claims/{token}/code", {"code": code}), "CODE_LOCKED")


def test_an_unknown_claim_is_refused(town: Town) -> None:
    """Tokens are 256 random bits."""
    answer = town.browser().post(f"/identity/claims/{'x' * 43}/code", {"code": "123456"})
    assert_problem(answer, "CLAIM_UNKNOWN")


def test_codes_are_not_in_the_database(town: Town) -> None:
    """The row holds a hash keyed with the token, which the database does not have."""
    token, code = opened(town), town.codes()[0]
    with town.wanjia.database.read() as session:
        row = session.scalars(select(OneTimeCode)).one()
    assert code.encode() not in row.code_hash
    assert token.encode() not in row.code_hash


@pytest.mark.parametrize("period", ["hour", "day"])
def test_guessing_over_many_phones_is_stopped(database_url: str, tmp_path: Path, period: str) -> None:
    """Wrong tries are counted over the whole system; when they are too many nobody may try for a while."""
    limits = Limits(wrong_an_hour=6) if period == "hour" else Limits(wrong_a_day=6)
    town = build_town(settings_for(tmp_path, database_url), limits=limits)
    tokens = [opened(town, "101", 1), opened(town, "102", 2)]
    code = town.codes()[0]
    for token in tokens:
        for _ in range(3):
            answer = town.browser().post(f"/identity/claims/{token}/code", {"code": "000000"})
            assert_problem(answer, "CODE_WRONG")
    stopped = town.browser().post(f"/identity/claims/{tokens[1]}/code", {"code": code})
    assert_problem(stopped, "TOO_MANY_REQUESTS")
    town.clock.now += 3600 if period == "hour" else DAY
    fresh = opened(town, "102", 2)
    entered = town.browser().post(f"/identity/claims/{fresh}/code", {"code": town.codes()[0]})
    assert entered.status_code == 200
    town.wanjia.database.engine.dispose()


def test_many_owners_who_log_in_are_no_guessing(database_url: str, tmp_path: Path) -> None:
    """On the day a meeting opens hundreds log in within the hour: only wrong tries count towards the limit."""
    town = build_town(settings_for(tmp_path, database_url), limits=Limits(wrong_an_hour=2, wrong_a_day=2))
    for number, who, building in (("101", 1, "1"), ("102", 2, "1"), ("202", 3, "1"), ("401", 7, "2")):
        town.owner(number, who, building=building)
    town.wanjia.database.engine.dispose()


def test_codes_in_all_are_limited(database_url: str, tmp_path: Path) -> None:
    """A flood of claims for a thousand phones ends at the limit of the hour."""
    town = build_town(settings_for(tmp_path, database_url), limits=Limits(codes_an_hour_in_all=5))
    answers = [
        town.browser().post(
            "/identity/claims", town.claim("101", who, id_number=identity(who), phone=phone(who))
        )
        for who in range(100, 107)
    ]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429] * 2
    assert_problem(answers[-1], "TOO_MANY_REQUESTS")
    town.wanjia.database.engine.dispose()


def test_tries_on_decoys_do_not_lock_the_system(town: Town) -> None:
    """Who knows nobody's data cannot stop everybody by guessing at nothing."""
    token = opened(town, "101", 1, name="乙")
    town.browser().post(f"/identity/claims/{token}/code", {"code": "000000"})
    with town.wanjia.database.read() as session:
        assert session.scalars(select(CodeTry.live)).all() == [False]
