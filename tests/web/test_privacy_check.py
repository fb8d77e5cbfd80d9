"""The privacy check at the desk: the committee's own plan, its scope, and the document that will be frozen."""

from eth_utils import keccak
from sqlalchemy import update
from test_plans import begin, finished, save

from crowd import crowd
from town import OTHER, Town, assert_problem
from wanjia.privacy.document import read_back
from wanjia.roll.models import Unit


def test_a_secret_plan_says_what_its_check_will_be(town: Town) -> None:
    """Figures, the document's bytes and hash; the hash stands among what will be frozen, right after the notice."""
    crowd(town)
    committee = town.staff("committee")
    plan = begin(committee, **finished(town), ballots="secret")
    assert plan["findings"] == []
    check = committee.get(f"/staff/plans/{plan['plan']}/privacy").get_json()
    document = check["document"]
    assert document["hash"] == plan["privacy"] == "0x" + keccak(text=document["text"]).hex()
    assert plan["convening"]["documents"][1:] == [document["hash"]]
    figures = check["figures"]
    assert (figures["owners"], figures["unique_exact"], figures["unique_rounded"]) == (67, 1, 1)
    assert check["bars"] == [{"units": 9, "owners": 66}, {"units": 18, "owners": 1}]
    said = read_back(document["text"])
    assert said is not None
    assert (said.owners, said.area) == (67, plan["scope"]["area"])
    assert "甲" not in document["text"]


def test_an_open_plan_freezes_no_check(town: Town) -> None:
    """The committee may look before it chooses; nothing of it is frozen with open ballots."""
    committee = town.staff("committee")
    plan = begin(committee, **finished(town), ballots="open")
    assert plan["privacy"] is None
    assert len(plan["convening"]["documents"]) == 1
    assert committee.get(f"/staff/plans/{plan['plan']}/privacy").status_code == 200


def test_the_check_is_of_the_plans_scope_and_the_roll_in_force(town: Town) -> None:
    """A building of two owners is checked by itself; another area makes another document."""
    committee = town.staff("committee")
    plan = begin(committee, **finished(town), ballots="secret")
    path = f"/staff/plans/{plan['plan']}/privacy"
    whole = committee.get(path).get_json()
    two = save(committee, plan, scope="2").get_json()
    assert two["privacy"] not in {None, plan["privacy"]}
    part = committee.get(path).get_json()
    assert (part["figures"]["owners"], part["bars"]) == (2, [{"units": 9, "owners": 2}])
    assert whole["document"]["text"] != part["document"]["text"]
    with town.wanjia.database.write() as session:
        session.execute(update(Unit).where(Unit.building == "2", Unit.number == "401").values(area=12_000))
    grown = committee.get(path).get_json()
    assert grown["bars"] == [{"units": 9, "owners": 1}, {"units": 12, "owners": 1}]
    assert grown["document"]["hash"] != part["document"]["hash"]
    assert save(committee, two, scope="9").get_json()["privacy"] is None
    assert_problem(committee.get(path), "ROLL_SCOPE_UNKNOWN", part="9")


def test_nobody_elses_plan_and_no_open_meeting(town: Town) -> None:
    """Another committee's plan is not there; the supervisor and strangers may not look."""
    plan = begin(town.staff("committee"), **finished(town), ballots="secret")
    path = f"/staff/plans/{plan['plan']}/privacy"
    assert_problem(town.staff("committee", OTHER).get(path), "NOT_FOUND")
    assert_problem(town.staff("supervisor").get(path), "FORBIDDEN")
    assert_problem(town.browser().get(path), "LOGIN_REQUIRED")
