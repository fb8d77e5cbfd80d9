"""Trustees' seats: set by the committee, taken through links by fresh accounts, fixed once proposed and made."""

from typing import Any

import pytest
from eth_utils import keccak
from hall import MOTIONS, Hall, draft_body
from sqlalchemy import select

from town import OTHER, SLUG, START, URL, Browser, Town, assert_problem
from wanjia.chain.eip712 import trustee_seat_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.db.community import Community
from wanjia.identity.staff_models import StaffLogEntry
from wanjia.identity.tokens import token_hash
from wanjia.index.models import IndexedMeeting, IndexState
from wanjia.trustees.models import TrusteeSeat

OFFICES = ["业主委员会", "监事", "居委会"]
BOARD = "0x" + "44" * 20
CHAIN_ID = 20_278
PUBLIC = f"/communities/{SLUG}/meetings/1/trustees"


def trustee_key(seat: int) -> bytes:
    """The key in a trustee's browser."""
    return keccak(text=f"trustee {seat}")


def convene_secretly(town: Town) -> None:
    """A secret meeting as the index tells it, without a chain."""
    with town.wanjia.database.write() as session:
        community = session.scalars(select(Community).where(Community.slug == SLUG)).one()
        community.secret_meeting_address, community.trustee_board_address = "0x" + "55" * 20, BOARD
        session.add(IndexState(id=1, chain_id=CHAIN_ID, finality_depth=6))
        session.add(
            IndexedMeeting(
                community_id=community.id,
                number=1,
                ballots="secret",
                convene_hash=bytes(32),
                convening={"motions": [], "documents": []},
                convener="",
                convened_at=START,
                opens_at=START + 16 * 86_400,
                closes_at=START + 26 * 86_400,
                block=1,
            )
        )


def place(browser: Browser, threshold: int = 2, labels: list[str] | None = None) -> Any:
    """Set the seats."""
    body = {"threshold": threshold, "labels": OFFICES if labels is None else labels}
    return browser.http.put(f"/api/staff{PUBLIC}/seats", json=body, base_url=URL, headers={"Origin": URL})


def waiting(browser: Browser) -> list[tuple[str, bool]]:
    """Steps that wait on an official's first page, and whether they are urgent."""
    return [(each["step"], each["urgent"]) for each in browser.get("/staff/waiting").get_json()["meetings"]]


def joining(token: str, seat: int, board: str = BOARD, *, key: bytes | None = None) -> dict[str, str]:
    """What a trustee's browser sends to take a seat."""
    key = key or trustee_key(seat)
    account = address_of(key)
    digest = trustee_seat_digest(CHAIN_ID, board, 1, seat, account)
    return {"token": token, "account": account, "signature": "0x" + sign_digest(key, digest).hex()}


def test_seats_are_set_and_taken(town: Town) -> None:
    """The committee sees links until they are taken; everyone sees offices and accounts, never a token."""
    convene_secretly(town)
    committee, anyone = town.staff("committee"), town.browser()
    assert committee.get(f"/staff{PUBLIC}/seats").get_json() == {"threshold": None, "seats": []}
    seats = place(committee).get_json()["seats"]
    tokens = [seat["token"] for seat in seats]
    assert len(set(tokens)) == 3
    assert anyone.get(f"{PUBLIC}/seats/{tokens[1]}").get_json() == {
        "seat": 2,
        "label": "监事",
        "taken": False,
    }
    for _ in range(2):
        taken = anyone.post(f"{PUBLIC}/seats", joining(tokens[1], 2))
        assert (taken.status_code, taken.get_json()) == (200, {"seat": 2, "label": "监事"})
    account = address_of(trustee_key(2))
    shown = town.staff("supervisor").get(f"/staff{PUBLIC}/seats").get_json()
    assert [seat["token"] for seat in shown["seats"]] == [tokens[0], None, tokens[2]]
    assert anyone.get(f"{PUBLIC}/seats/{tokens[1]}").get_json()["taken"] is True
    board = anyone.get(PUBLIC).get_json()
    assert (board["threshold"], board["proposal"], board["run"]) == (2, None, None)
    assert board["seats"] == [
        {"seat": 1, "label": "业主委员会", "account": None},
        {"seat": 2, "label": "监事", "account": account},
        {"seat": 3, "label": "居委会", "account": None},
    ]
    with town.wanjia.database.read() as session:
        row = session.scalars(select(TrusteeSeat).where(TrusteeSeat.seat == 2)).one()
        assert (row.token, row.token_hash) == (None, token_hash(tokens[1]))
        logged = session.scalars(select(StaffLogEntry).where(StaffLogEntry.action == "trustees.seats")).one()
        assert logged.reference == "meeting 1: 2 of 3"


def test_a_seat_is_one_accounts(town: Town) -> None:
    """No guessed link, no forged signature, nobody else's seat, no second seat."""
    convene_secretly(town)
    first, second, _ = (seat["token"] for seat in place(town.staff("committee")).get_json()["seats"])
    anyone = town.browser()
    assert_problem(anyone.get(f"{PUBLIC}/seats/{'x' * 43}"), "NOT_FOUND")
    assert_problem(anyone.post(f"{PUBLIC}/seats", joining("x" * 43, 1)), "NOT_FOUND")
    for wrong in (
        joining(first, 1) | {"account": address_of(trustee_key(2))},
        joining(first, 2),
        joining(first, 1, "0x" + "45" * 20),
        joining(first, 1) | {"signature": "0x" + "00" * 65},
    ):
        assert_problem(anyone.post(f"{PUBLIC}/seats", wrong), "SEAT_SIGNATURE_INVALID")
    assert anyone.post(f"{PUBLIC}/seats", joining(first, 1)).status_code == 200
    other = joining(first, 1, key=trustee_key(9))
    assert_problem(anyone.post(f"{PUBLIC}/seats", other), "SEAT_TAKEN")
    again = joining(second, 2, key=trustee_key(1))
    assert_problem(anyone.post(f"{PUBLIC}/seats", again), "SEAT_ACCOUNT_TWICE")


def test_a_freed_seat_has_a_fresh_link_and_new_seats_begin_anew(town: Town) -> None:
    """The old link opens nothing any more; another account may take the seat, and the first one again later."""
    convene_secretly(town)
    committee, anyone = town.staff("committee"), town.browser()
    old = place(committee).get_json()["seats"][0]["token"]
    anyone.post(f"{PUBLIC}/seats", joining(old, 1))
    freed = committee.post(f"/staff{PUBLIC}/seats/1/free").get_json()["seats"][0]
    assert (freed["account"], freed["token"] == old) == (None, False)
    assert_problem(anyone.post(f"{PUBLIC}/seats", joining(old, 1)), "NOT_FOUND")
    assert anyone.post(f"{PUBLIC}/seats", joining(freed["token"], 1)).status_code == 200
    assert_problem(committee.post(f"/staff{PUBLIC}/seats/9/free"), "NOT_FOUND")
    anew = place(committee, 3, [*OFFICES, "街道办", "抽签业主"]).get_json()
    assert (anew["threshold"], [seat["account"] for seat in anew["seats"]]) == (3, [None] * 5)
    assert_problem(anyone.get(f"{PUBLIC}/seats/{freed['token']}"), "NOT_FOUND")
    assert anyone.post(f"{PUBLIC}/seats", joining(anew["seats"][0]["token"], 1)).status_code == 200


def test_who_may_set_seats_and_how_many(town: Town) -> None:
    """The committee of this community, three seats at least, more than half of them open; a secret meeting only."""
    assert_problem(place(town.staff("committee")), "NOT_FOUND")
    convene_secretly(town)
    assert_problem(place(town.staff("committee", OTHER)), "NOT_FOUND")
    assert_problem(place(town.staff("supervisor")), "FORBIDDEN")
    assert_problem(town.staff("supervisor").post(f"/staff{PUBLIC}/seats/1/free"), "FORBIDDEN")
    assert_problem(town.browser().get(f"/staff{PUBLIC}/seats"), "LOGIN_REQUIRED")
    committee = town.staff("committee")
    assert_problem(place(committee, 4), "SEATS_THRESHOLD", threshold=4, seats=3, least=2)
    assert_problem(
        place(committee, 2, [*OFFICES, "街道办"]), "SEATS_THRESHOLD", threshold=2, seats=4, least=3
    )
    half = {"accounts": [address_of(trustee_key(seat)) for seat in (1, 2, 3, 4)], "threshold": 2}
    refused = committee.post(f"/staff{PUBLIC}/proposal", half)
    assert_problem(refused, "SEATS_THRESHOLD", threshold=2, seats=4, least=3)
    for threshold, labels in ((1, OFFICES), (2, OFFICES[:2]), (2, [*OFFICES, ""]), (2, [*OFFICES] * 6)):
        assert_problem(place(committee, threshold, labels), "REQUEST_INVALID")
    assert committee.get(f"/staff{PUBLIC}/seats").get_json()["seats"] == []


@pytest.mark.chain
def test_proposed_and_confirmed_seats(hall: Hall) -> None:
    """What is proposed cannot be freed; before keys are made the seats may be set anew, for a trustee who is lost."""
    committee, supervisor = hall.town.staff("committee"), hall.town.staff("supervisor")
    body = draft_body(hall.node.head()[1], ballots="secret", motions=MOTIONS[:2])
    assert (
        hall.act(committee, "committee", committee.post("/staff/meetings", body).get_json()["act"])["state"]
        == "done"
    )
    assert waiting(committee) == [("publish-roll", False), ("trustee-seats", False)]
    seats = place(committee).get_json()["seats"]
    board = hall.town.browser().get(PUBLIC).get_json()["board"]
    for seat in seats:
        taken = hall.town.browser().post(f"{PUBLIC}/seats", joining(seat["token"], seat["seat"], board))
        assert taken.status_code == 200, taken.get_json()
    assert waiting(committee) == [("publish-roll", False), ("propose-trustees", False)]
    accounts = [address_of(trustee_key(seat)) for seat in (1, 2, 3)]
    call = committee.post(f"/staff{PUBLIC}/proposal", {"accounts": accounts, "threshold": 2}).get_json()
    assert hall.act(committee, "committee", call)["state"] == "done"
    assert_problem(committee.post(f"/staff{PUBLIC}/seats/1/free"), "SEATS_FIXED")
    assert waiting(supervisor) == [("consent", True), ("confirm-trustees", False)]
    call = supervisor.get(f"/staff{PUBLIC}/confirmation").get_json()
    assert hall.act(supervisor, "supervisor", call)["state"] == "done"
    shown = hall.town.browser().get(PUBLIC).get_json()
    assert [seat["account"] for seat in shown["seats"]] == accounts == shown["run"]["accounts"]
    restart = {"hash": "0x" + "11" * 32}
    call = supervisor.post(f"/staff{PUBLIC}/restart", restart).get_json()
    assert_problem(supervisor.post("/staff/acts/prepare", call), "ACT_TEXT_MISSING")
    assert place(committee).status_code == 200
    assert waiting(committee) == [("publish-roll", False), ("trustee-seats", False)]
    hall.move_to(hall.meeting()["opens_at"] - 86_400)
    assert ("trustee-seats", True) in waiting(hall.town.staff("committee"))
