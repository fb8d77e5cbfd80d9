"""Codes and opened ballots over HTTP: anyone may ask, the countersignature decides, and no secret is ever taken."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from secret_yard import (
    CHAIN_ID,
    FORM,
    MEETING,
    SECRET_MEETING,
    body_of,
    key_of,
    settle,
)
from secret_yard import SLUG as YARD
from town import START, Browser, Town, assert_problem
from wanjia.chain.eip712 import ballot_code_digest, secret_ballot_digest
from wanjia.chain.signing import recover_signer, sign_digest
from wanjia.web.app import create_app
from wanjia.wsb.ballot import ballot_hash

PLACE = f"/communities/{YARD}/meetings/{MEETING}/secret-ballots"


@pytest.fixture
def yard(town: Town) -> Town:
    """Give a town with one more community, whose secret meeting is open."""
    settle(town.wanjia.database)
    return town


def code(town: Town, hashed: bytes) -> TestResponse:
    """Ask for a countersignature for voter 1."""
    return town.browser().post(f"{PLACE}/codes", {"voter": 1, "ballot_hash": f"0x{hashed.hex()}"})


def test_a_ballot_is_countersigned_opened_and_read_and_never_received(yard: Town) -> None:
    """As phone and second device do it, without a log-in."""
    body = body_of(1)
    hashed = ballot_hash(FORM.context, body)
    shown: dict[str, Any] = code(yard, hashed).get_json()
    digest = ballot_code_digest(CHAIN_ID, SECRET_MEETING, MEETING, 1, hashed, START)
    assert (shown["shown_at"], shown["operator"]) == (START, yard.wanjia.operator)
    assert recover_signer(digest, bytes.fromhex(shown["signature"][2:])) == yard.wanjia.operator

    whole = f"0x{body.hex()}"
    opening = {"voter": 1, "body": whole, "shown_at": START, "signature": shown["signature"]}
    answers = [yard.browser().post(f"{PLACE}/opened", opening) for _ in range(2)]
    read = yard.browser().get(f"{PLACE}/opened/0x{hashed.hex()}")
    assert [answer.status_code for answer in (*answers, read)] == [201, 200, 200]
    kept = opening | {"operator": yard.wanjia.operator, "opened_at": START}
    assert [answer.get_json() for answer in (*answers, read)] == [kept] * 3

    signed = sign_digest(key_of(1), secret_ballot_digest(CHAIN_ID, SECRET_MEETING, MEETING, 1, hashed))
    cast = {"voter": 1, "body": whole, "signature": f"0x{signed.hex()}"}
    assert_problem(yard.browser().post(PLACE, cast), "BALLOT_SPOILED")


def test_what_opens_a_ballot_is_not_taken(yard: Town) -> None:
    """A phone that sent its secrets along would be refused whole."""
    body = body_of(1)
    signature = code(yard, ballot_hash(FORM.context, body)).get_json()["signature"]
    opening = {"voter": 1, "body": f"0x{body.hex()}", "shown_at": START, "signature": signature}
    told = yard.browser().post(f"{PLACE}/opened", opening | {"secrets": ["0x01", "0x02"]})
    assert_problem(told, "REQUEST_INVALID")


def test_no_code_without_a_secret_meeting_and_no_ballot_without_its_hash(yard: Town) -> None:
    """Unknown meetings and hashes are not found."""
    unknown = f"/communities/{YARD}/meetings/9/secret-ballots"
    ask = {"voter": 1, "ballot_hash": "0x" + "00" * 32}
    assert_problem(yard.browser().post(f"{unknown}/codes", ask), "BALLOT_MEETING_UNKNOWN")
    assert_problem(yard.browser().get(f"{PLACE}/opened/0x{'00' * 32}"), "NOT_FOUND")


def test_one_address_opens_no_more_than_so_many_a_minute(yard: Town) -> None:
    """The limit of all voters of one address; a countersignature is cheap, a kept ballot is not."""
    browser = Browser(create_app(yard.wanjia))
    codes = [browser.post(f"{PLACE}/opened", {"voter": 1}).status_code for _ in range(31)]
    assert (codes[:30], codes[30]) == ([422] * 30, 429)
