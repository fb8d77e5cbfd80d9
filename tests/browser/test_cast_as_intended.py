"""Cast as intended: a code first, then a second device opens the ballot; a phone that cheats is caught; a fresh one is cast."""

import base64
from collections.abc import Callable, Iterator

import pytest
from eth_utils import keccak
from phone import CHAIN_MS, Phone
from playwright.sync_api import Browser, Page, expect

from scanner import read_drawing

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

CHOICES = ("同意", "反对", "弃权", "同意")
HELD = ["for", "against", "abstain", "for"]
CHOICES_AT = 112
"""Where the choices stand in the bytes of a link, two bits a motion."""
_CHEAT = """() => {
  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (order, ...rest) {
    const turned = window.cheating && order?.choices
    return post.call(this, turned ? { ...order, choices: ['against', ...order.choices.slice(1)] } : order, ...rest)
  }
}"""


@pytest.fixture
def second(chromium: Browser) -> Iterator[Page]:
    """Hold a computer that was never here: it has no log-in and nothing to do with the phone."""
    context = chromium.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def _code(shown: Phone | Page) -> str:
    page = shown.page if isinstance(shown, Phone) else shown
    return page.locator("[data-test=code]").get_attribute("data-code") or ""


def _opened(phone: Phone) -> tuple[str, str]:
    """Have the ballot in hand opened; give its code, shown before, and what its picture says."""
    expect(phone.page.locator("[data-code-state=signed]")).to_be_visible(timeout=CHAIN_MS)
    code = _code(phone)
    phone.part("check").click()
    phone.part("open-ballot").click()
    expect(phone.part("opening")).to_be_visible(timeout=CHAIN_MS)
    expect(phone.part("sign")).to_have_count(0)
    return code, read_drawing(phone.part("opening"))


def _found(second: Page, link: str) -> tuple[str | None, list[str | None]]:
    """What the second device finds, and which choices it says the ballot holds."""
    second.goto("about:blank")
    second.goto(link)
    finding = second.locator("[data-test=finding]")
    expect(finding).to_be_visible(timeout=CHAIN_MS)
    held = second.locator("[data-test=held]")
    return finding.get_attribute("data-finding"), [each.get_attribute("data-held") for each in held.all()]


def _changed(link: str, edit: Callable[[bytearray], None]) -> str:
    """A link whose bytes somebody changed who knows how it is made."""
    place, code = link.rsplit(".", 1)
    body = bytearray(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))[:-4])
    edit(body)
    checksum = keccak(place.rsplit("#", 1)[1].encode() + bytes(body))[:4]
    return f"{place}.{base64.urlsafe_b64encode(bytes(body) + checksum).decode().rstrip('=')}"


def test_a_second_device_sees_what_the_phone_encrypted_and_a_fresh_ballot_is_cast(
    voting_phone: Phone, second: Page
) -> None:
    """An honest ballot agrees, a turned choice and a changed link are named, and what is cast bears its own code."""
    phone, meeting = voting_phone, f"/c/{voting_phone.world.slug}/m/{voting_phone.world.secret_meeting}"
    asked: list[str] = []
    second.on("request", lambda request: asked.append(request.url))
    phone.page.add_init_script(f"({_CHEAT})()")
    phone.go(f"{meeting}/vote")
    phone.choose(*CHOICES)

    honest, link = _opened(phone)
    assert _found(second, link) == ("agrees", HELD)
    assert _code(second) == honest
    assert not [url for url in asked if link[-40:] in url]
    assert _found(second, _changed(link, lambda body: body.__setitem__(CHOICES_AT, 0))) == ("differs", HELD)
    assert _found(second, _changed(link, lambda body: body.__setitem__(60, body[60] ^ 1))) == ("forged", [])
    second.goto(link[:-3])
    expect(second.locator("[data-test=fault]")).to_contain_text("不完整或有错字")

    phone.page.evaluate("window.cheating = true")
    phone.part("renew").click()
    cheated, link = _opened(phone)
    assert cheated != honest
    assert _found(second, link) == ("differs", ["against", *HELD[1:]])
    expect(second.locator("[data-test=todo]")).to_contain_text("不要用那部手机投票")

    phone.page.evaluate("window.cheating = false")
    phone.part("renew").click()
    expect(phone.page.locator("[data-code-state=signed]")).to_be_visible(timeout=CHAIN_MS)
    cast = _code(phone)
    phone.sign()
    phone.state_is("recorded")
    phone.part("codes").locator("summary").click()
    second.goto(phone.part("check-link").inner_text())
    expect(second.locator("[data-test=cast-code] [data-test=code]")).to_have_attribute("data-code", cast)
