"""The supervisor on a phone: log-in, own key, a review from the queue to the log; readable in every look."""

import time
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
import requests
from official import PHONE, SIDEWAYS, SMALL
from phone import PIN, Phone, take_owner
from playwright.sync_api import Browser, expect

from wanjia.simulation.api import Api
from wanjia.simulation.people import Official
from wanjia.simulation.sample_world import read_sample_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

TOTP_SECONDS = 30
PAGES = ("", "/reviews", "/key-changes", "/people", "/log", "/key")
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def desk(chromium: Browser, running_world: Any) -> Iterator[Phone]:
    """Hold an official's phone; afterwards nothing went wrong in its pages and nothing was asked of another host."""
    with chromium.new_context(viewport=PHONE, locale="zh-CN", has_touch=True) as context:
        desk = Phone(context, running_world)
        yield desk
        assert desk.faults == []


def official_of(desk: Phone, role: str) -> Official:
    """The sample's log-in of a role."""
    found = read_sample_world(desk.world.system.settings.home)
    assert found is not None
    return found[1][role]


def ask_for_review(desk: Phone) -> None:
    """An owner whose phone is not the one of the roll sends a picture of the title."""
    api, owner = Api(desk.world.url), take_owner(desk.world)
    claim = {
        "community": desk.world.slug,
        **{name: getattr(owner, name) for name in ("building", "entrance", "number", "name", "id_number")},
        "phone": "15499999999",
        "consent": api.get("/identity/consent")["version"],
    }
    token = api.post("/identity/claims", claim)["claim"]
    answer = requests.post(
        f"{desk.world.url}/api/identity/claims/{token}/review",
        data={"note": "换了手机号"},
        files={"files": ("title.png", _PNG)},
        headers={"Origin": desk.world.url},
        timeout=30,
    )
    assert answer.ok, answer.text


def log_in(desk: Phone, official: Official) -> None:
    """Fill in the form; a code that was used for another log-in is followed by the next one."""
    desk.page.fill("#username", official.username)
    desk.page.fill("#password", official.password)
    for _ in range(2):
        desk.page.fill("#totp", pyotp.TOTP(official.totp_secret).now())
        desk.part("send").click()
        expect(desk.part("username").or_(desk.page.get_by_role("alert"))).to_be_visible()
        if desk.part("username").count():
            return
        time.sleep(TOTP_SECONDS - time.time() % TOTP_SECONDS + 1)
    raise AssertionError("nobody could log in")


def test_a_review_goes_from_the_queue_to_the_log(desk: Phone) -> None:
    """Logged in (wrong first), the key brought along, the review looked at and approved; the log says it all."""
    ask_for_review(desk)
    official = official_of(desk, "supervisor")
    desk.go("/desk/key")
    for name, text in (("username", official.username), ("password", "wrong"), ("totp", "000000")):
        desk.page.fill(f"#{name}", text)
    desk.part("send").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("不对")
    expect(desk.page.locator("#totp")).to_have_value("")
    log_in(desk, official)
    expect(desk.page).to_have_url(f"{desk.world.url}/desk/key")

    desk.page.check("[value=digits]")
    desk.page.fill("#digits", official.key)
    desk.page.fill("#pin", PIN)
    desk.page.fill("#again", PIN)
    desk.part("send").click()
    expect(desk.page.locator("[data-key-state=ready]")).to_be_visible()
    expect(desk.page.locator("[data-held=supervisor]")).to_be_visible()
    assert official.key not in desk.stored()

    desk.go("/desk")
    desk.part("waiting-reviews").click()
    desk.part("review-line").last.click()
    for part, agrees in (("unit", True), ("name", True), ("id_number", True), ("phone", False)):
        expect(desk.page.locator(f"[data-agrees='{part}:{str(agrees).lower()}']")).to_be_visible()
    desk.part("open-file").click()
    expect(desk.page.locator("figure img")).to_have_js_property("naturalWidth", 1)
    desk.part("approve").click()
    expect(desk.page.locator("[data-review-state=approved]")).to_be_visible()

    desk.go("/desk/log")
    for deed in ("login", "review.read", "review.file", "review.approved"):
        expect(desk.page.locator(f"[data-deed='{deed}']").first).to_be_visible()
    desk.page.select_option("[name=action]", "review.approved")
    expect(desk.page.locator("[data-deed=login]")).to_have_count(0)

    for language, theme, size in (("zh-CN", "light", "normal"), ("en", "dark", "large")):
        looks = {"language": language, "theme": theme, "size": size}
        desk.page.evaluate(
            "(looks) => Object.entries(looks).forEach(([k, v]) => localStorage.setItem(`wanjia.${k}`, v))",
            looks,
        )
        for path in PAGES:
            desk.go(f"/desk{path}")
            expect(desk.page.locator(".van-skeleton")).to_have_count(0)
            assert not desk.page.evaluate(SIDEWAYS), (path, looks)
            assert desk.page.evaluate(SMALL) == [], (path, looks)

    desk.part("menu").focus()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    expect(desk.page).to_have_url(f"{desk.world.url}/desk")
    expect(desk.page.locator("h1")).to_be_focused()
    desk.part("logout").click()
    expect(desk.page.locator("#password")).to_have_value("")
    desk.go("/desk/log")
    expect(desk.page.locator("#password")).to_be_visible()
