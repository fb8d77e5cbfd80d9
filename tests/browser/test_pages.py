"""Every page on small and large screens: readable, reachable with a thumb, light."""

import gzip
import re
from typing import Any

import pytest
import requests
from phone import Phone
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

MAX_SCRIPT_BYTES = 150 * 1024
"""Gzipped JavaScript of the first load."""

_SMALL_TARGETS = """() => [...document.querySelectorAll('button, a, select, input, label:has(input[type=radio])')]
  .filter((part) => !part.matches('input[type=radio], input[type=checkbox]'))
  .filter((part) => part.getBoundingClientRect().width > 0 && part.getBoundingClientRect().height < 47.5)
  .map((part) => part.outerHTML.slice(0, 120))"""


def _paths(world: Any) -> list[str]:
    place = f"/c/{world.slug}"
    return [
        "/",
        "/outbox",
        place,
        f"{place}/identity",
        f"{place}/m/{world.open_meeting}",
        f"{place}/m/{world.open_meeting}/vote",
        f"{place}/m/{world.notice_meeting}",
        f"{place}/m/{world.finished_meeting}",
        f"{place}/m/{world.finished_meeting}/result",
        f"{place}/m/{world.open_meeting}/receipt",
        f"{place}/m/999",
        "/nowhere",
    ]


@pytest.mark.parametrize("size", [(320, 640), (360, 740), (1280, 800)], ids=str)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_fit_the_screen_and_the_thumb(phone: Phone, size: tuple[int, int], language: str) -> None:
    """No page scrolls sideways and nothing to press is lower than 48 pixels."""
    phone.page.set_viewport_size({"width": size[0], "height": size[1]})
    phone.go("/")
    phone.page.evaluate(f"localStorage.setItem('wanjia.language', '{language}')")
    for path in _paths(phone.world):
        phone.go(path)
        expect(phone.page.locator("h1")).to_be_visible()
        assert (path, phone.page.evaluate("document.documentElement.scrollWidth")) == (path, size[0])
        assert (path, phone.page.evaluate(_SMALL_TARGETS)) == (path, [])


def test_the_first_load_is_light(phone: Phone) -> None:
    """All scripts that the community's page loads come to less than 150 KB gzipped."""
    scripts: list[str] = []
    phone.page.on("request", lambda request: scripts.append(request.url))
    phone.go(f"/c/{phone.world.slug}")
    sizes = {
        url: len(gzip.compress(requests.get(url, timeout=10).content))
        for url in scripts
        if re.search(r"\.js$", url)
    }
    assert sizes
    assert sum(sizes.values()) < MAX_SCRIPT_BYTES


def test_the_result_page_shows_what_the_contract_decided(phone: Phone) -> None:
    """Each motion's verdict and both sums in favour are those of the interface, which asks the contract."""
    world = phone.world
    path = f"/communities/{world.slug}/meetings/{world.finished_meeting}/result"
    result = requests.get(f"{world.url}/api{path}", timeout=10).json()
    phone.go(f"/c/{world.slug}/m/{world.finished_meeting}/result")
    cards = phone.part("outcome")
    expect(cards).to_have_count(len(result["motions"]))
    for card, motion in zip(cards.all(), result["motions"], strict=True):
        expect(card.locator("h3")).to_have_text(motion["title"])
        expect(card.locator(".verdict")).to_have_text("通过" if motion["passed"] else "未通过")
        row = card.locator("tbody tr").first
        expect(row).to_contain_text(str(motion["in_favour"]["heads"]))
        area = motion["in_favour"]["area"]
        expect(row).to_contain_text(f"{area // 100:,}.{area % 100:02}")


def test_the_language_can_be_changed_and_is_remembered(phone: Phone) -> None:
    """English on request, also after a reload; Chinese again on request."""
    phone.go("/")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.locator("h1")).to_have_text("Choose your community")
    phone.page.reload()
    expect(phone.page.locator("h1")).to_have_text("Choose your community")
    phone.page.get_by_role("button", name="中文").click()
    expect(phone.page.locator("h1")).to_have_text("选择您的小区")
