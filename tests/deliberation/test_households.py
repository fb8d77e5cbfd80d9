"""Owners let tenants and family speak by a link, and end it; nobody else's household is touched."""

from speaking import CONCERNS, answered, one, raised
from sqlalchemy import select

from town import OTHER, SLUG, Town, assert_problem
from wanjia.deliberation.household import (
    INVITATION_SECONDS,
    KEPT,
    MEMBERS,
    SESSION_SECONDS,
    sweep_invitations,
)
from wanjia.deliberation.resident_models import HouseholdInvitation

HOUSE = f"/communities/{SLUG}/household"
ME = f"/communities/{SLUG}/resident"


def test_a_tenant_joins_by_a_link_and_is_let_out_again(town: Town) -> None:
    """The link works once, names nobody, and says where; the session lasts 180 days or until the owner ends it."""
    owner, tenant = town.owner("401", 7, building="2"), town.browser()
    assert owner.get(ME).get_json() == {"kind": "owner", "building": "2", "entrance": "1", "unread": 0}
    assert_problem(tenant.get(ME), "LOGIN_REQUIRED")
    link = owner.post(f"{HOUSE}/invitations", {"kind": "tenant", "name": "小李"}).get_json()
    assert link["expires_at"] == town.clock.now + INVITATION_SECONDS
    shown = tenant.get(f"/household/{link['token']}").get_json()
    assert (shown["community"], shown["kind"], shown["building"]) == (SLUG, "tenant", "2")
    assert "小李" not in str(shown)
    assert tenant.post("/household", {"token": link["token"]}).status_code == 201
    assert_problem(town.browser().post("/household", {"token": link["token"]}), "HOUSEHOLD_INVITATION_GONE")
    assert tenant.get(ME).get_json()["kind"] == "tenant"
    assert_problem(tenant.get(HOUSE), "LOGIN_REQUIRED")
    (member,) = owner.get(HOUSE).get_json()["members"]
    assert (member["name"], member["kind"]) == ("小李", "tenant")
    town.clock.now += SESSION_SECONDS - 1
    assert tenant.get(ME).status_code == 200
    town.clock.now += 1
    assert_problem(tenant.get(ME), "LOGIN_REQUIRED")


def test_ending_a_membership_ends_its_session(town: Town) -> None:
    """At once, once, and by the owner who invited only, with the support for what goes on; a tenant leaves too."""
    owner, neighbour = town.owner("401", 7, building="2"), town.owner("402", 8, building="2")
    tenant, family = town.tenant(owner), town.tenant(owner, "family")
    first, _ = owner.get(HOUSE).get_json()["members"]
    for number in (1, 2):
        raised(neighbour, f"request-{number}")
        tenant.put(f"{CONCERNS}/{number}/support")
    worker = town.staff("grid_worker")
    answered(worker, 2)
    neighbour.post(f"{CONCERNS}/2/rate", {"settled": True})
    assert_problem(neighbour.delete(f"{HOUSE}/{first['id']}"), "NOT_FOUND")
    assert owner.delete(f"{HOUSE}/{first['id']}").status_code == 204
    assert_problem(owner.delete(f"{HOUSE}/{first['id']}"), "NOT_FOUND")
    assert_problem(tenant.get(ME), "LOGIN_REQUIRED")
    assert [one(neighbour, number)["supports"] for number in (1, 2)] == [0, 1]
    assert family.post(f"{ME}/logout").status_code == 204
    assert_problem(family.get(ME), "LOGIN_REQUIRED")


def test_a_household_is_bounded_and_links_can_be_taken_back(town: Town) -> None:
    """Ten with open invitations; one taken back or run out works no more and makes room."""
    owner = town.owner()
    links = [
        owner.post(f"{HOUSE}/invitations", {"kind": "family", "name": f"亲{n}"}).get_json()
        for n in range(MEMBERS)
    ]
    full = owner.post(f"{HOUSE}/invitations", {"kind": "family", "name": "亲"})
    assert_problem(full, "HOUSEHOLD_FULL", limit=MEMBERS)
    first = owner.get(HOUSE).get_json()["invitations"][0]
    assert_problem(town.owner("102", 2).delete(f"{HOUSE}/invitations/{first['id']}"), "NOT_FOUND")
    assert owner.delete(f"{HOUSE}/invitations/{first['id']}").status_code == 204
    assert_problem(owner.delete(f"{HOUSE}/invitations/{first['id']}"), "NOT_FOUND")
    assert_problem(town.browser().get(f"/household/{links[0]['token']}"), "HOUSEHOLD_INVITATION_GONE")
    assert owner.post(f"{HOUSE}/invitations", {"kind": "family", "name": "亲"}).status_code == 201
    for left in (*range(9), -1):
        last = owner.get(HOUSE).get_json()["invitations"][-1]["id"]
        assert owner.delete(f"{HOUSE}/invitations/{last}").status_code == 204
        more = owner.post(f"{HOUSE}/invitations", {"kind": "family", "name": "亲"})
        assert (more.status_code == 201) == (left >= 0)
    assert_problem(more, "TOO_MANY_REQUESTS")
    town.clock.now += INVITATION_SECONDS
    late = town.browser().post("/household", {"token": links[1]["token"]})
    assert_problem(late, "HOUSEHOLD_INVITATION_GONE")
    for moment, left in ((KEPT, 9), (KEPT + 1, 0)):
        with town.wanjia.database.write() as session:
            sweep_invitations(session, town.clock.now + moment)
            assert len(session.scalars(select(HouseholdInvitation)).all()) == left


def test_households_are_of_one_community(town: Town) -> None:
    """An owner here is nobody there; one browser may speak in both by two log-ins."""
    owner = town.owner()
    there = f"/communities/{OTHER}"
    assert_problem(owner.get(f"{there}/resident"), "NOT_FOUND")
    assert_problem(
        owner.post(f"{there}/household/invitations", {"kind": "family", "name": "亲"}), "NOT_FOUND"
    )
    assert_problem(owner.get("/communities/nowhere/resident"), "NOT_FOUND")
    link = town.owner("102", 2, community=OTHER).post(
        f"{there}/household/invitations", {"kind": "tenant", "name": "小李"}
    )
    assert owner.post("/household", {"token": link.get_json()["token"]}).status_code == 201
    kinds = [owner.get(f"/communities/{slug}/resident").get_json()["kind"] for slug in (SLUG, OTHER)]
    assert kinds == ["owner", "tenant"]


def test_an_owner_is_one_resident_whatever_the_log_in(town: Town) -> None:
    """A second claim of the same person gives the same resident."""
    browsers = [town.owner("101", 1), town.owner("201", 1)]
    town.tenant(browsers[0])
    assert len(browsers[1].get(HOUSE).get_json()["members"]) == 1
