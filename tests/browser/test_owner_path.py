"""An owner's whole way on a phone, against a running system: register, read, vote, receipt, recorded."""

from typing import Any

import pytest
import requests
from phone import CHAIN_MS, PIN, Phone, take_owner
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

CHOICES = ("同意", "反对", "弃权", "同意")


def _meeting(world: Any) -> str:
    return f"/c/{world.slug}/m/{world.open_meeting}"


def _read(world: Any, path: str) -> Any:
    answer = requests.get(f"{world.url}/api{path}", timeout=10)
    answer.raise_for_status()
    return answer.json()


def _turnout(world: Any) -> dict[str, int]:
    part: dict[str, int] = _read(world, f"/communities/{world.slug}/meetings/{world.open_meeting}")["part"]
    return part


def _to_confirmation(phone: Phone) -> None:
    phone.go(_meeting(phone.world))
    phone.part("vote").click()
    phone.choose(*CHOICES)
    phone.page.wait_for_selector("#pin")


def test_an_owner_registers_votes_and_sees_the_ballot_recorded(phone: Phone) -> None:
    """From the community's link to a recorded ballot; the count grows by exactly this owner."""
    owner = take_owner(phone.world)
    before = _turnout(phone.world)
    phone.register(owner)
    profile = phone.page.evaluate("fetch('/api/owner').then((answer) => answer.json())")

    phone.page.locator(f"[data-test=meeting][href$='/m/{phone.world.open_meeting}']").click()
    expect(phone.part("turnout")).to_be_visible()
    expect(phone.part("motion")).to_have_count(len(CHOICES))
    phone.part("vote").click()
    expect(phone.part("review")).to_have_count(0)
    expect(phone.part("progress")).to_contain_text("已选 0/4")
    expect(phone.part("progress")).to_be_in_viewport(ratio=1)
    expect(phone.page.get_by_text("计入参与，但不算同意")).to_have_count(1)
    phone.choose(*CHOICES)
    expect(phone.part("choices").locator("strong")).to_have_text(CHOICES)
    expect(phone.part("last-step")).to_be_in_viewport(ratio=1)
    phone.sign()
    expect(phone.part("receipt")).to_be_visible(timeout=CHAIN_MS)
    phone.state_is("recorded")
    expect(phone.page.get_by_text("任何人都可以核对").first).to_be_visible()

    phone.part("codes").locator("summary").click()
    ballot_hash = phone.page.locator("dd.code").first.inner_text()
    assert _read(phone.world, f"/ballots/{ballot_hash}")["receipt"]["voter"] == profile["voter"]
    after = _turnout(phone.world)
    grown = {weight: after[weight] - before[weight] for weight in after}
    assert grown == {"area": profile["area"], "heads": 1}
    phone.go(_meeting(phone.world))
    expect(phone.part("receipt")).to_be_visible()
    expect(phone.part("vote")).to_have_count(0)


def test_the_phone_keeps_no_personal_data_and_no_open_key(voting_phone: Phone) -> None:
    """T27: name, numbers and PIN are nowhere in the browser's stores; the sealing key cannot be taken out."""
    _to_confirmation(voting_phone)
    voting_phone.sign()
    voting_phone.state_is("recorded")
    stored = voting_phone.stored()
    assert "ballotHash" in stored
    for canary in (voting_phone.owner.name, voting_phone.owner.id_number, voting_phone.owner.phone, PIN):
        assert canary not in stored
    assert "CryptoKey extractable=false" in stored
    assert "extractable=true" not in stored


@pytest.mark.parametrize("arrived", [True, False], ids=["answer lost", "never arrived"])
def test_a_registration_whose_answer_is_lost_can_be_tried_again(phone: Phone, *, arrived: bool) -> None:
    """The key on the phone and the key the registry hears of stay the same one."""

    def lose(route: Route) -> None:
        if arrived:
            route.fetch()
        route.abort()

    owner = take_owner(phone.world)
    phone.go(f"/c/{phone.world.slug}/identity")
    phone.claim(owner)
    phone.page.fill("#code", phone.code_of(owner))
    phone.part("send").click()
    phone.page.route("**/api/owner/key", lose, times=1)
    phone.make_key()
    expect(phone.page.get_by_role("alert")).to_contain_text("网络连接不上")
    phone.part("send").click()
    expect(phone.page.locator("[data-standing=ready]")).to_be_visible(timeout=CHAIN_MS)


def test_a_ballot_signed_offline_is_kept_and_sent_later(voting_phone: Phone) -> None:
    """Without network the ballot stays on the phone and says so; a page opened later sends it."""
    _to_confirmation(voting_phone)
    voting_phone.context.set_offline(True)
    voting_phone.sign()
    voting_phone.state_is("kept")
    expect(voting_phone.part("receipt")).to_have_count(0)
    voting_phone.page.close()
    voting_phone.context.set_offline(False)
    voting_phone.page = voting_phone.open_page()
    voting_phone.go("/")
    voting_phone.go(_meeting(voting_phone.world) + "/receipt")
    expect(voting_phone.part("receipt")).to_be_visible(timeout=CHAIN_MS)
    voting_phone.state_is("recorded")


def test_a_wrong_pin_signs_nothing(voting_phone: Phone) -> None:
    """Wrong PINs are named with the tries left, then paused; the right one does not help in the pause."""
    _to_confirmation(voting_phone)
    alert = voting_phone.page.get_by_role("alert")
    for left in (4, 3, 2, 1):
        voting_phone.sign(f"10293{left}")
        expect(alert).to_contain_text(f"还可以试 {left} 次")
    for pin in ("102930", PIN):
        voting_phone.sign(pin)
        expect(alert).to_contain_text("次数太多")
    assert "ballotHash" not in voting_phone.stored()


def test_a_ballot_refused_after_its_receipt_says_why(voting_phone: Phone) -> None:
    """The contract's refusal in words; the receipt stays, and no vote is offered that would fail as well."""
    reason = "这户业主已经投过票了，一次会议只能投一次。"

    def refuse(route: Route) -> None:
        ballot = route.fetch().json()
        verdict = {"state": "refused", "code": "BALLOT_ALREADY_CAST", "reason": reason}
        route.fulfill(json=ballot | verdict)

    voting_phone.page.route("**/api/ballots/*", refuse)
    _to_confirmation(voting_phone)
    voting_phone.sign()
    voting_phone.state_is("refused")
    expect(voting_phone.page.get_by_role("status")).to_contain_text(reason)
    expect(voting_phone.part("receipt")).to_be_visible()
    expect(voting_phone.part("again")).to_have_count(0)


def test_who_does_not_match_the_roll_gets_no_code_and_no_hint(phone: Phone) -> None:
    """A wrong name looks just like a right one; no message leaves, and a guessed code is refused."""
    owner = take_owner(phone.world)
    phone.go(f"/c/{phone.world.slug}/identity")
    sent = len(phone.world.outbox())
    phone.name_home(owner)
    for field in ("id_number", "phone"):
        phone.page.fill(f"#{field}", getattr(owner, field))
    phone.page.fill("#name", "某某某")
    phone.page.check("[name=consent]")
    phone.part("send").click()
    phone.page.fill("#code", "000000")
    phone.part("send").click()
    expect(phone.page.get_by_role("alert")).to_be_visible()
    assert len(phone.world.outbox()) == sent
