"""Who holds which role, what waits, and the log: each member of staff sees their own community's."""

import base64
import json
import re
from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak, to_canonical_address
from sqlalchemy import func, select

from town import OTHER, SLUG, URL, Town, assert_problem, staff_key
from wanjia.chain.signing import address_of
from wanjia.domain.concerns import Step
from wanjia.identity.staff_models import StaffLogEntry
from wanjia.index.models import IndexedBlock, IndexedEvent
from wanjia.paths import TOP
from wanjia.relay.models import RelayItem

COMMITTEE, SUPERVISOR = (address_of(staff_key(role)) for role in ("committee", "supervisor"))
NEWCOMER = address_of(keccak(text="newcomer"))
OLD_KEY, NEW_KEY = (address_of(keccak(text=text)) for text in ("old key", "new key"))


def happen(town: Town, name: str, *topics: bytes, data: bytes = b"", voter: int | None = None) -> None:
    """Let the index know one more event of the first community's registry, in a block of its own."""
    signatures = {
        "RoleGranted": "RoleGranted(bytes32,address,address)",
        "RoleRevoked": "RoleRevoked(bytes32,address,address)",
        "RoleProposed": "RoleProposed(bytes32,address,bool,address)",
    }
    with town.wanjia.database.write() as session:
        number = (session.scalar(select(func.max(IndexedBlock.number))) or 0) + 1
        block = IndexedBlock(
            number=number, hash=bytes(32), parent_hash=bytes(32), time=1_000 + number, events=1
        )
        event = IndexedEvent(
            community_id=town.communities[SLUG],
            contract="registry",
            address="0x" + "11" * 20,
            name=name,
            voter=voter,
            block=number,
            block_hash=bytes(32),
            transaction=bytes(32),
            log_index=0,
            topics=b"".join((keccak(text=signatures.get(name, name)), *topics)),
            data=data,
        )
        session.add_all([block, event])


def word(address: str) -> bytes:
    """An address as a topic."""
    return to_canonical_address(address).rjust(32, b"\0")


def role_changed(town: Town, name: str, role: str, account: str) -> None:
    """A role is given or taken."""
    happen(town, name, keccak(text=role.upper()), word(account), word(COMMITTEE))


def proposed(town: Town, role: str, account: str, *, grant: bool, by: str) -> None:
    """One side proposes a change of roles."""
    data = encode(["bool", "address"], [grant, by])
    happen(town, "RoleProposed", keccak(text=role.upper()), word(account), data=data)


@pytest.fixture
def officed(town: Town) -> Town:
    """A town whose first community has both sides in office, and a proposal of the committee."""
    role_changed(town, "RoleGranted", "committee", COMMITTEE)
    role_changed(town, "RoleGranted", "supervisor", SUPERVISOR)
    proposed(town, "committee", NEWCOMER, grant=True, by=COMMITTEE)
    return town


def offices(town: Town, role: str = "supervisor") -> Any:
    """What a reader sees of the first community's roles."""
    return town.staff(role).get("/staff/people").get_json()["offices"][0]


def test_a_proposal_waits_for_the_other_side_and_no_longer_once_confirmed(officed: Town) -> None:
    """The supervisor is told that one waits; the role given, it is gone."""
    supervisor, committee = officed.staff("supervisor"), officed.staff("committee")
    (proposal,) = supervisor.get("/staff/people").get_json()["offices"][0]["proposals"]
    assert (proposal["account"], proposal["by"], proposal["confirms"]) == (NEWCOMER, COMMITTEE, "supervisor")
    assert supervisor.get("/staff/waiting").get_json()["roles"] == 1
    assert committee.get("/staff/waiting").get_json()["roles"] == 0
    role_changed(officed, "RoleGranted", "committee", NEWCOMER)
    seen = supervisor.get("/staff/people").get_json()["offices"][0]
    assert [(one["role"], one["account"]) for one in seen["holders"]] == [
        ("committee", COMMITTEE),
        ("supervisor", SUPERVISOR),
        ("committee", NEWCOMER),
    ]
    assert seen["proposals"] == []


def test_a_proposal_dies_with_the_office_it_was_made_in(officed: Town) -> None:
    """Whoever proposed holds the role no more: the contract would refuse, so nothing is shown as waiting."""
    role_changed(officed, "RoleRevoked", "committee", COMMITTEE)
    assert offices(officed)["proposals"] == []


def test_staff_see_accounts_and_roles_of_their_own_community(officed: Town) -> None:
    """A stranger sees theirs; the operator sees all; a clerk none."""
    stranger = officed.staff("supervisor", OTHER).get("/staff/people").get_json()
    assert {one["community"] for one in (*stranger["accounts"], *stranger["offices"])} == {OTHER}
    assert stranger["offices"][0]["holders"] == []
    officed.hire("committee")
    everything = officed.staff("operator").get("/staff/people").get_json()
    assert {one["community"] for one in everything["accounts"]} == {SLUG, OTHER, None}
    assert {one["community"] for one in everything["offices"]} == {SLUG, OTHER}
    assert_problem(officed.staff("clerk").get("/staff/people"), "FORBIDDEN")


def test_log_ins_and_log_outs_are_logged_and_the_log_is_paged_and_filtered(town: Town) -> None:
    """51 and more entries come in pages; a filter leaves the others out; a stranger's filter finds nothing."""
    reader = town.staff("supervisor")
    town.staff("committee").post("/staff/logout")
    with town.wanjia.database.write() as session:
        mine = session.scalars(select(StaffLogEntry).where(StaffLogEntry.role == "supervisor")).one()
        same = {"staff_id": mine.staff_id, "username": mine.username, "role": mine.role}
        session.add_all(
            [
                StaffLogEntry(
                    **same,
                    at=mine.at + at,
                    community_id=mine.community_id,
                    action="review.read",
                    reference=f"review {at}",
                )
                for at in range(60)
            ]
        )
    first = reader.get("/staff/log").get_json()
    second = reader.get(f"/staff/log?before={first['next']}").get_json()
    assert (len(first["entries"]), len(second["entries"]), second["next"]) == (50, 13, None)
    numbers = [entry["id"] for entry in (*first["entries"], *second["entries"])]
    assert numbers == sorted(set(numbers), reverse=True)
    assert first["actions"] == ["login", "logout", "review.read"]
    left = reader.get(f"/staff/log?username=committee@{SLUG}&action=logout").get_json()["entries"]
    assert [(entry["username"], entry["action"]) for entry in left] == [(f"committee@{SLUG}", "logout")]
    stranger = town.staff("supervisor", OTHER).get(f"/staff/log?username=committee@{SLUG}").get_json()
    assert (stranger["entries"], stranger["people"]) == ([], [f"supervisor@{OTHER}"])


def test_writing_a_plan_is_one_deed_an_hour_and_its_documents_are_each_one(town: Town) -> None:
    """A page that saves itself does not fill the log."""
    committee = town.staff("committee")
    plan = committee.post("/staff/plans", {"community": SLUG, "content": {}}).get_json()
    path, revision = f"/api/staff/plans/{plan['plan']}", plan["revision"]
    for moment in (0, 60, 3600):
        town.clock.now += moment
        body = {"revision": revision, "content": plan["content"]}
        answer = committee.http.put(path, json=body, base_url=URL, headers={"Origin": URL})
        revision = answer.get_json()["revision"]
    content = base64.b64encode(b"%PDF-1.7 budget").decode()
    document = {"name": "a.pdf", "media_type": "application/pdf", "content_base64": content}
    assert committee.post(f"/staff/plans/{plan['plan']}/documents", document).status_code == 201
    entries = committee.get("/staff/log").get_json()["entries"]
    assert [entry["action"] for entry in entries] == [
        "plan.document",
        "plan.change",
        "plan.change",
        "plan.create",
        "login",
    ]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_deed_has_plain_words_at_the_desk(language: str) -> None:
    """What the programs write into the log is what the log's page can say."""
    calls = re.compile(r'log_(?:act|once|command)\([^"]*?"([a-z.-]+)"')
    programs = (TOP / "backend" / "wanjia").rglob("*.py")
    named = {deed for path in programs for deed in calls.findall(path.read_text(encoding="utf-8"))}
    assert named >= {"login", "act", "review.read", "plan.change"}
    texts = json.loads((TOP / "frontend/src/locales" / language / "desk.json").read_text(encoding="utf-8"))
    assert {deed for deed in named if f"log.action.{deed}" not in texts} == set()
    assert {f"log.action.review.{state}" for state in ("approved", "refused")} <= set(texts)
    concern = (Step.TAKE, Step.NOTE, Step.ANSWER, Step.CLIMB, "hidden", "shown", "upheld")
    assert {f"log.action.concern.{deed}" for deed in concern} <= set(texts)


def test_a_change_of_key_is_listed_and_the_operator_can_stop_it_once(town: Town) -> None:
    """Requested, approved with its 48 hours, cancelled through one call; another community sees nothing."""
    request = encode(["address", "bytes32", "bytes32", "bytes32"], [NEW_KEY, bytes(32), bytes(32), bytes(32)])
    happen(town, "KeyChangeRequested", data=request, voter=1)
    supervisor, operator = town.staff("supervisor"), town.staff("operator")
    (line,) = supervisor.get("/staff/key-changes").get_json()["changes"]
    assert (line["voter"], line["state"], line["new_key"], line["proof"]) == (1, "requested", NEW_KEY, None)
    assert [unit["number"] for unit in line["units"]] == ["101", "201"]
    assert supervisor.get("/staff/waiting").get_json()["key_changes"] == 1
    assert town.staff("supervisor", OTHER).get("/staff/key-changes").get_json()["changes"] == []
    happen(town, "KeyChangeApproved", data=encode(["address", "uint64"], [NEW_KEY, 173_000]), voter=1)
    for _ in range(2):
        (line,) = operator.get("/staff/key-changes").get_json()["changes"]
    assert (line["state"], line["effective_at"], line["community"]) == ("approved", 173_000, SLUG)
    cancel = f"/staff/communities/{SLUG}/key-changes/1/cancel"
    assert_problem(supervisor.post(cancel), "FORBIDDEN")
    assert [operator.post(cancel).status_code for _ in range(2)] == [204, 204]
    with town.wanjia.database.read() as session:
        (item,) = session.scalars(select(RelayItem)).all()
        entries = session.scalars(select(StaffLogEntry.action)).all()
    assert item.body[:4] == keccak(text="cancelKeyChange(uint32)")[:4]
    assert entries.count("key-change.cancel") == 1
    assert entries.count("key-changes.read") == 2  # each reader once; the stranger read nothing
    happen(town, "KeyChangeCancelled", data=encode(["address"], [NEW_KEY]), voter=1)
    assert_problem(operator.post(cancel), "NOT_FOUND")
    assert_problem(operator.post(f"/staff/communities/{SLUG}/key-changes/2/cancel"), "NOT_FOUND")


def test_the_operator_watches_the_system_also_while_the_chain_is_away(town: Town) -> None:
    """Queue, processes and finality come from rows; the account needs the chain and is left out without it."""
    with town.wanjia.database.write() as session:
        for at in (7, 5):
            session.add(RelayItem(kind="call", target="", body=b"", reference="", created_at=at))
    seen = town.staff("operator").get("/staff/system").get_json()
    assert (seen["account"], seen["queue"]["queued"], seen["queue"]["oldest_at"]) == (None, 2, 5)
    assert seen["finality_depth"] == 2
    assert {one["process"] for one in seen["health"]["processes"]} == {"relay", "index", "steward"}
    assert_problem(town.staff("supervisor").get("/staff/system"), "FORBIDDEN")
