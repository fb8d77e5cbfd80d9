"""Who may use what: every endpoint x every role equals the table (T23), and nobody reaches another community (T24)."""

import pytest
from requests_of import endpoints
from sqlalchemy import select

from town import OTHER, SLUG, URL, Town, assert_problem
from wanjia.identity.staff_models import Staff, StaffLogEntry
from wanjia.index.models import IndexedMeeting
from wanjia.meetings.models import Act
from wanjia.relay.models import RelayItem
from wanjia.web.policy import POLICY

ROLES = (
    "anyone",
    "owner",
    "resident",
    "operator",
    "committee",
    "supervisor",
    "clerk",
    "grid_worker",
)
REFUSALS = {"LOGIN_REQUIRED", "FORBIDDEN"}


def test_the_table_names_every_endpoint_and_no_other(town: Town) -> None:
    """A new endpoint without a line is refused to all; a line without an endpoint is a slip."""
    assert {endpoint for endpoint, _, _ in endpoints(town.app)} == set(POLICY)


@pytest.mark.parametrize("role", ROLES)
def test_every_endpoint_lets_in_exactly_whom_the_table_names(town: Town, role: str) -> None:
    """Allowed: any answer but a refusal of access. Not allowed: 401 without a log-in of that kind, 403 with."""
    people = {"anyone": town.browser, "owner": town.owner, "resident": town.tenant}
    log_in = people.get(role, lambda: town.staff(role))
    wrong, browser = [], log_in()
    for endpoint, method, path in endpoints(town.app):
        answer = browser.http.open(path, method=method, base_url=URL, json={}, headers={"Origin": URL})
        code = (answer.get_json(silent=True, force=True) or {}) if answer.status_code >= 400 else {}
        refused = isinstance(code, dict) and code.get("code") in REFUSALS
        allowed = bool(POLICY[endpoint] & {role, "anyone"})
        if refused == allowed or answer.status_code == 500:
            wrong.append((endpoint, method, answer.status_code))
        if endpoint.endswith(".logout"):
            browser = log_in()
    assert wrong == []


def test_a_role_that_is_logged_in_but_not_allowed_is_forbidden(town: Town) -> None:
    """Not asked to log in again: it would not help."""
    clerk = town.staff("clerk")
    assert_problem(clerk.post("/staff/meetings", {}), "FORBIDDEN")
    assert_problem(clerk.get("/staff/reviews"), "FORBIDDEN")
    assert_problem(clerk.get("/owner"), "LOGIN_REQUIRED")


def test_an_endpoint_without_a_line_is_refused(town: Town) -> None:
    """Deny by default."""
    town.app.view_functions["forgotten"] = lambda: "secret"
    town.app.url_map.add(town.app.url_rule_class("/api/forgotten", endpoint="forgotten", methods=["GET"]))
    assert_problem(town.staff("operator").get("/forgotten"), "FORBIDDEN")


def test_staff_who_left_are_logged_out(town: Town) -> None:
    """A member of staff made inactive loses a session that is open."""
    browser = town.staff("supervisor")
    with town.wanjia.database.write() as session:
        session.scalars(select(Staff)).one().active = False
    assert_problem(browser.get("/staff/me"), "LOGIN_REQUIRED")


@pytest.fixture
def convened(town: Town) -> Town:
    """A town whose first community has a meeting and an act."""
    town.hire("committee")
    with town.wanjia.database.write() as session:
        item = RelayItem(kind="forward", target="0x" + "11" * 20, body=b"", reference="act", created_at=1)
        session.add_all(
            [
                IndexedMeeting(
                    community_id=town.communities[SLUG],
                    number=1,
                    convene_hash=bytes(32),
                    convening={},
                    convener="",
                    convened_at=1,
                    opens_at=town.clock.now + 20 * 86_400,
                    closes_at=town.clock.now + 30 * 86_400,
                    block=1,
                ),
                item,
            ]
        )
        session.flush()
        session.add(
            Act(
                community_id=town.communities[SLUG],
                staff_id=1,
                sender="",
                nonce=0,
                function="convene",
                digest=bytes(32),
                call_id=item.id,
                created_at=1,
            )
        )
    return town


def test_officials_of_another_community_find_nothing(convened: Town) -> None:
    """Meetings' steps, drafts and acts of another community answer as if they did not exist."""
    own, stranger = convened.staff("supervisor"), convened.staff("supervisor", OTHER)
    step = f"/staff/communities/{SLUG}/meetings/1/acts/void?hash=0x{'0' * 64}"
    act = "/staff/acts/1"
    assert (own.get(step).status_code, own.get(act).status_code) == (200, 200)
    assert_problem(stranger.get(step), "NOT_FOUND")
    place = f"/staff/communities/{SLUG}/meetings/1"
    assert_problem(stranger.get(f"{place}/course"), "NOT_FOUND")
    reason = {"text": "延长", "salt": "00" * 16}
    assert_problem(stranger.post(f"{place}/statements", reason), "NOT_FOUND")
    assert_problem(stranger.get(act), "NOT_FOUND")


def test_the_log_shows_ones_own_community(convened: Town) -> None:
    """The operator sees all of it."""
    convened.staff("committee", OTHER)
    own = convened.staff("committee").get("/staff/log").get_json()["entries"]
    assert {entry["username"] for entry in own} == {f"committee@{SLUG}"}
    everyone = {
        entry["username"] for entry in convened.staff("operator").get("/staff/log").get_json()["entries"]
    }
    assert everyone >= {f"committee@{SLUG}", f"committee@{OTHER}"}


def test_owners_of_two_communities_are_two(town: Town) -> None:
    """The same person with the same flat number elsewhere sees that community only, and its own evidence."""
    here, there = town.owner("101", 1), town.owner("101", 1, community=OTHER)
    one, other = here.get("/owner").get_json(), there.get("/owner").get_json()
    assert (one["community"], other["community"]) == (SLUG, OTHER)
    assert one["evidence"] != other["evidence"]


def test_deeds_are_logged_without_personal_data(town: Town) -> None:
    """The log's references name rows, never people."""
    town.staff("supervisor").get("/staff/reviews/1")
    with town.wanjia.database.read() as session:
        entries = session.scalars(select(StaffLogEntry)).all()
    assert [(entry.action, entry.reference) for entry in entries] == [("login", "")]
