"""A ballot's way when something comes between: a reload, no network, another phone, a double tap, the close."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from phone import CHAIN_MS, PIN, Phone, take_owner
from playwright.sync_api import Browser, Route, expect

from scanner import read_picture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

CHOICES = ("同意", "反对", "弃权", "同意")
TAPS_BESIDE_CHOICES = 3
"""To begin, into the PIN's field, and on sign: six taps for a meeting of three motions."""
ONE_MINUTE = 60

_FORGET_DRAFTS = """() => new Promise((resolve) => {
  const request = indexedDB.open('wanjia')
  request.onsuccess = () => {
    const change = request.result.transaction('drafts', 'readwrite')
    change.objectStore('drafts').clear()
    change.oncomplete = () => resolve(request.result.close())
  }
})"""

_COUNT_TAPS = """() => {
  window.taps = 0
  addEventListener('pointerdown', () => (window.taps += 1), true)
}"""


def _meeting(world: Any) -> str:
    return f"/c/{world.slug}/m/{world.open_meeting}"


def _meeting_answer(world: Any) -> str:
    return f"**/api/communities/{world.slug}/meetings/{world.open_meeting}"


def _to_signing(phone: Phone) -> None:
    phone.go(_meeting(phone.world) + "/vote?motion=1")
    phone.choose(*CHOICES)
    phone.page.wait_for_selector("#pin")


def _phone(chromium: Browser, world: Any) -> Phone:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
    return Phone(context, world)


@pytest.fixture(scope="module")
def registered(chromium: Browser, running_world: Any) -> Iterator[Phone]:
    """One registered phone for the tests that cast nothing."""
    phone = _phone(chromium, running_world)
    phone.register(take_owner(running_world))
    yield phone
    phone.context.close()


@pytest.fixture
def careful_phone(registered: Phone) -> Iterator[Phone]:
    """Hold a registered phone without a draft; afterwards it has signed nothing and is answered truly again."""
    registered.faults.clear()
    registered.page.evaluate(_FORGET_DRAFTS)
    yield registered
    registered.page.unroute_all(behavior="ignoreErrors")
    assert registered.faults == []
    assert "ballotHash" not in registered.stored()


def test_six_taps_lead_from_the_meeting_to_a_signed_ballot_of_three_motions(voting_phone: Phone) -> None:
    """Every touch of the screen counts; the six digits of the PIN are typed and do not. Under a minute."""
    page = voting_phone.page
    voting_phone.go(_meeting(voting_phone.world))
    page.evaluate(_COUNT_TAPS)
    began = time.monotonic()
    voting_phone.part("vote").tap()
    step = voting_phone.part("step")
    for number, choice in enumerate(CHOICES, start=1):
        expect(step).to_have_attribute("data-motion", str(number))
        label = step.locator("label", has_text=choice)
        expect(label).to_be_in_viewport(ratio=1)
        label.tap()
    expect(voting_phone.part("sign")).to_be_in_viewport(ratio=1)
    voting_phone.part("sign").tap()
    expect(page.locator("#pin")).to_be_focused()
    page.keyboard.type(PIN)
    voting_phone.part("sign").tap()
    expect(voting_phone.part("receipt")).to_be_visible(timeout=CHAIN_MS)
    assert page.evaluate("window.taps") == len(CHOICES) + TAPS_BESIDE_CHOICES
    assert time.monotonic() - began < ONE_MINUTE


def test_a_reload_and_the_back_button_keep_the_choices(careful_phone: Phone) -> None:
    """In the middle and at the end; the pages before remind of what is not signed."""
    page, step = careful_phone.page, careful_phone.part("step")
    careful_phone.go(_meeting(careful_phone.world) + "/vote?motion=1")
    careful_phone.pick("弃权")
    expect(step).to_have_attribute("data-motion", "2")
    page.reload()
    expect(step).to_have_attribute("data-motion", "2")
    page.go_back()
    expect(step).to_have_attribute("data-motion", "1")
    expect(step.get_by_label("弃权")).to_be_checked()
    careful_phone.choose(*CHOICES)
    page.reload()
    expect(careful_phone.part("choices").locator("strong")).to_have_text(CHOICES)
    for path in (f"/c/{careful_phone.world.slug}", _meeting(careful_phone.world)):
        careful_phone.go(path)
        expect(careful_phone.part("unsigned")).to_contain_text("还没有签名")
        expect(careful_phone.part("vote")).to_have_count(0)
    careful_phone.part("unsigned-go").click()
    expect(careful_phone.part("sign")).to_be_visible()
    careful_phone.part("change").nth(2).click()
    expect(step).to_have_attribute("data-motion", "3")
    careful_phone.pick("反对")
    expect(careful_phone.part("choices").locator("strong")).to_have_text(("同意", "反对", "反对", "同意"))


def test_the_keyboard_chooses_without_being_carried_away(careful_phone: Phone) -> None:
    """Arrows choose and stay; Enter goes on, and the focus with it."""
    page, step = careful_phone.page, careful_phone.part("step")
    careful_phone.go(_meeting(careful_phone.world) + "/vote?motion=3")
    step.locator("input").first.focus()
    for label in ("反对", "弃权"):
        page.keyboard.press("ArrowRight")
        expect(step.get_by_label(label)).to_be_checked()
    expect(step).to_have_attribute("data-motion", "3")
    page.keyboard.press("ArrowLeft")
    careful_phone.part("previous").click()
    expect(step).to_have_attribute("data-motion", "2")
    expect(step).to_be_focused()


def test_a_group_takes_no_more_support_than_its_cap(careful_phone: Phone) -> None:
    """Two companies, one may be supported: the count goes down and the second cannot be; the first may change."""
    careful_phone.go(_meeting(careful_phone.world) + "/vote?motion=1")
    cap, step = careful_phone.part("cap"), careful_phone.part("step")
    careful_phone.pick("同意")
    expect(step).to_have_attribute("data-motion", "2")  # a card that has moved on has been written down
    careful_phone.go(_meeting(careful_phone.world) + "/vote?motion=2")
    expect(cap).to_contain_text("还可同意 0 项")
    support = step.locator("label", has_text="同意").locator("input")
    expect(support).to_be_disabled()
    careful_phone.part("cap-full").get_by_role("button").click()
    expect(step).to_have_attribute("data-motion", "1")
    careful_phone.pick("反对")
    expect(step).to_have_attribute("data-motion", "2")
    careful_phone.go(_meeting(careful_phone.world) + "/vote?motion=2")
    expect(support).to_be_enabled()
    expect(cap).to_contain_text("还可同意 1 项")


@pytest.mark.parametrize("moment", ["before it is shown", "after it was shown"])
def test_the_phone_refuses_to_sign_a_changed_text(careful_phone: Phone, moment: str) -> None:
    """T12: somebody between server and phone changes a motion's text; nothing is signed."""

    def change(route: Route) -> None:
        meeting = route.fetch().json()
        meeting["convening"]["motions"][0]["text"] += "另加收一元。"
        route.fulfill(json=meeting)

    address = _meeting_answer(careful_phone.world)
    if moment == "before it is shown":
        careful_phone.page.route(address, change)
        for path in ("", "/vote", "/confirm"):
            careful_phone.go(_meeting(careful_phone.world) + path)
            expect(careful_phone.part("distrust")).to_be_visible()
            for way_on in ("vote", "step", "sign"):
                expect(careful_phone.part(way_on)).to_have_count(0)
    else:
        _to_signing(careful_phone)
        careful_phone.page.route(address, change)
        careful_phone.sign()
        expect(careful_phone.page.get_by_role("alert")).to_contain_text("与公示的不一致")


def test_a_meeting_that_closes_in_mid_vote_says_so_and_the_choices_stay(careful_phone: Phone) -> None:
    """The last seconds are counted down; then the server is asked again, and nothing can be signed any more."""
    answers = 0

    def close(route: Route) -> None:
        nonlocal answers
        answers += 1
        meeting = route.fetch().json()
        meeting["intake_closes_at"] = meeting["chain_time"] + 3
        meeting["state"] = "open" if answers == 1 else "closed"
        route.fulfill(json=meeting)

    _to_signing(careful_phone)
    careful_phone.page.route(_meeting_answer(careful_phone.world), close)
    careful_phone.go(_meeting(careful_phone.world) + "/confirm")
    expect(careful_phone.part("soon")).to_contain_text("离截止还有 0 分")
    expect(careful_phone.part("closed")).to_contain_text("不能再投")
    expect(careful_phone.part("closed")).to_contain_text("只留在这部手机上")
    expect(careful_phone.part("sign")).to_have_count(0)
    careful_phone.page.unroute_all(behavior="ignoreErrors")
    careful_phone.go(_meeting(careful_phone.world) + "/confirm")
    expect(careful_phone.part("choices").locator("strong")).to_have_text(CHOICES)


def test_a_ballot_that_came_too_late_says_so_and_can_be_cast_when_there_is_time_again(
    voting_phone: Phone,
) -> None:
    """Refused for the time: why, and what to do. After an extension nothing need be chosen again."""

    def refuse(route: Route) -> None:
        detail = "会议现在不在投票时间内。"
        route.fulfill(status=409, json={"code": "BALLOT_MEETING_NOT_OPEN", "detail": detail})

    _to_signing(voting_phone)
    voting_phone.page.route("**/ballots", refuse, times=1)
    voting_phone.sign()
    voting_phone.state_is("refused")
    expect(voting_phone.page.locator("[data-state]")).to_contain_text("不在投票时间内")
    expect(voting_phone.part("todo")).to_contain_text("没有赶在截止前送到")
    voting_phone.go(_meeting(voting_phone.world))
    voting_phone.part("vote").click()
    expect(voting_phone.part("choices").locator("strong")).to_have_text(CHOICES)
    voting_phone.sign()
    expect(voting_phone.part("receipt")).to_be_visible(timeout=CHAIN_MS)


def test_a_ballot_signed_without_network_is_sent_by_itself(voting_phone: Phone) -> None:
    """Kept on the phone and said so, also after a reload; back on the network the page changes by itself."""
    _to_signing(voting_phone)
    voting_phone.context.set_offline(True)
    voting_phone.sign()
    voting_phone.state_is("kept")
    expect(voting_phone.part("trouble")).to_contain_text("没有连上")
    expect(voting_phone.part("receipt")).to_have_count(0)
    voting_phone.context.set_offline(False)
    voting_phone.state_is("recorded")
    expect(voting_phone.part("receipt-image")).to_be_visible()


def test_neither_a_lost_session_nor_a_double_tap_disturbs_a_ballot(voting_phone: Phone) -> None:
    """The cookie is gone: the key on the phone is enough. Two taps on sign are one ballot, sent once."""
    sent: list[str] = []
    voting_phone.page.on(
        "request", lambda request: sent.append(request.url) if request.method == "POST" else None
    )
    voting_phone.context.clear_cookies()
    _to_signing(voting_phone)
    voting_phone.page.fill("#pin", PIN)
    voting_phone.part("sign").evaluate("(button) => { button.click(); button.click() }")
    voting_phone.state_is("recorded")
    assert [url.rsplit("/", 1)[1] for url in sent] == ["ballots"]


def test_another_phone_cannot_vote_and_can_check_the_receipt(voting_phone: Phone, chromium: Browser) -> None:
    """Its code opens there without a log-in and is sent to no server; who logs in there is told what it can do."""
    _to_signing(voting_phone)
    voting_phone.sign()
    voting_phone.state_is("recorded")
    voting_phone.part("codes").locator("summary").click()
    link = voting_phone.part("check-link").inner_text()
    assert read_picture(voting_phone.part("receipt-image")) == link
    path, code = link.removeprefix(voting_phone.world.url).split("#")

    other = _phone(chromium, voting_phone.world)
    asked: list[str] = []
    other.page.on("request", lambda request: asked.append(request.url))
    other.go(f"{path}#{code}")
    checked = other.part("checked")
    expect(checked).to_have_attribute("data-proof", "genuine")
    expect(checked).to_contain_text("任何人都可以核对")
    assert asked
    assert [url for url in asked if code[-40:] in url] == []
    for damaged in (link[:-1], link.replace(code[-20:], code[-20:].swapcase())):
        other.page.fill("#receipt-code", damaged)
        other.part("check-pasted").click()
        expect(other.part("fault")).to_contain_text("不完整或有错字")
    other.page.fill("#receipt-code", link)
    other.part("check-pasted").click()
    expect(checked).to_have_attribute("data-proof", "genuine")

    _log_in(other, voting_phone.owner)
    other.go(_meeting(other.world) + "/vote")
    expect(other.page.locator("[data-standing-note=otherPhone]")).to_contain_text("在另一部手机上")
    other.go(_meeting(other.world) + "/receipt")
    expect(other.part("to-check")).to_be_visible()
    assert other.faults == []
    other.context.close()


def _log_in(phone: Phone, owner: Any) -> None:
    """Prove who one is on a phone that gets no key."""
    before = len(phone.world.outbox())
    phone.go(f"/c/{phone.world.slug}/identity")
    phone.claim(owner)
    deadline = time.monotonic() + 20
    while len(phone.world.outbox()) == before and time.monotonic() < deadline:
        time.sleep(0.2)
    phone.page.fill("#code", phone.code_of(owner))
    with phone.page.expect_response("**/code") as answer:
        phone.part("send").click()
    assert answer.value.ok
    phone.page.wait_for_url(lambda url: not url.endswith("/code"))
