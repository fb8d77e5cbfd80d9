"""Staff log in with password and TOTP; a code is good once, five failures lock, and nobody learns which names exist."""

import pytest

from town import PASSWORD, SLUG, START, Town, assert_problem
from wanjia.identity.staff import create_staff


def log_in(town: Town, username: str, password: str = PASSWORD, totp: str | None = None) -> int:
    """Try to log in; every failure has the same shape."""
    answer = town.browser().post(
        "/staff/login",
        {"username": username, "password": password, "totp": totp or town.totp(username)},
    )
    if answer.status_code != 200:
        assert_problem(answer, "LOGIN_FAILED")
    return answer.status_code


def test_staff_log_in_and_out(town: Town) -> None:
    """After log-out the same cookie is worth nothing, on the server too."""
    browser = town.staff("committee")
    me = browser.get("/staff/me").get_json()
    assert (me["username"], me["role"], me["community"]) == (f"committee@{SLUG}", "committee", SLUG)
    cookie = browser.http.get_cookie("wanjia", domain="127.0.0.1")
    assert cookie is not None
    assert browser.post("/staff/logout").status_code == 204
    browser.http.set_cookie("wanjia", cookie.value, domain="127.0.0.1")
    assert_problem(browser.get("/staff/me"), "LOGIN_REQUIRED")


def test_a_totp_code_is_good_once(town: Town) -> None:
    """The code of the same step, and those of earlier steps, are refused after use."""
    name = town.hire("supervisor")
    assert log_in(town, name) == 200
    assert log_in(town, name) == 401
    town.clock.now += 30
    assert log_in(town, name) == 200


def test_five_failures_lock_for_fifteen_minutes(town: Town) -> None:
    """Then even the right password is refused, with the same answer; later it works again."""
    name = town.hire("clerk")
    for _ in range(5):
        assert log_in(town, name, password="wrong") == 401  # noqa: S106  a wrong one
    town.clock.now += 60
    assert log_in(town, name) == 401
    town.clock.now += 15 * 60
    assert log_in(town, name) == 200


def test_every_failure_looks_the_same(town: Town) -> None:
    """Unknown name, wrong password, wrong code: one answer."""
    name = town.hire("committee")
    answers = [
        town.browser().post("/staff/login", {"username": user, "password": password, "totp": totp})
        for user, password, totp in (
            ("nobody", PASSWORD, "123456"),
            (name, "wrong", town.totp(name)),
            (name, PASSWORD, "000000"),
        )
    ]
    assert {(answer.status_code, answer.get_data()) for answer in answers} == {(401, answers[0].get_data())}


def test_a_session_ends_after_eight_hours(town: Town) -> None:
    """Whoever leaves a desk open is logged out by night."""
    browser = town.staff("committee")
    town.clock.now += 8 * 3600
    assert_problem(browser.get("/staff/me"), "LOGIN_REQUIRED")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"role": "king"}, "role"),
        ({"password": "short"}, "12 characters"),
        ({"community_id": None}, "community"),
        ({"role": "operator"}, "community"),
        ({"address": "0x12"}, "address"),
    ],
)
def test_what_cannot_be_staff_is_refused(town: Town, changes: dict[str, str], complaint: str) -> None:
    """The command line says why."""
    values = {
        "username": "new",
        "password": PASSWORD,
        "role": "clerk",
        "community_id": town.communities[SLUG],
        "address": None,
        "now": START,
    }
    with pytest.raises(ValueError, match=complaint), town.wanjia.database.write() as session:
        create_staff(session, town.wanjia.vault, **(values | changes))  # type: ignore[arg-type]


def test_a_user_name_is_given_once(town: Town) -> None:
    """Two people behind one name would be one in the log."""
    town.hire("clerk")
    with pytest.raises(ValueError, match="taken"), town.wanjia.database.write() as session:
        create_staff(
            session,
            town.wanjia.vault,
            username=f"clerk@{SLUG}",
            password=PASSWORD,
            role="clerk",
            community_id=town.communities[SLUG],
            address=None,
            now=START,
        )
