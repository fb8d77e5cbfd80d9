"""Every page on small and large screens: readable, reachable with a thumb, light."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from phone import Phone
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

MAX_SCRIPT_BYTES = 150 * 1024
"""JavaScript of the first load, as it comes over the wire."""

_SMALL_TARGETS = """() => [...document.querySelectorAll('button, a, select, input, label:has(input[type=radio])')]
  .filter((part) => !part.matches('input[type=radio], input[type=checkbox]'))
  .filter((part) => part.getBoundingClientRect().width > 0 && part.getBoundingClientRect().height < 47.5)
  .map((part) => part.outerHTML.slice(0, 120))"""


def _paths(world: Any) -> list[str]:
    place = f"/c/{world.slug}"
    return [
        "/",
        "/outbox",
        "/check",
        place,
        f"{place}/identity",
        f"{place}/phone",
        f"{place}/key-change",
        f"{place}/m/{world.open_meeting}",
        f"{place}/m/{world.open_meeting}/vote",
        f"{place}/m/{world.notice_meeting}",
        f"{place}/m/{world.finished_meeting}",
        f"{place}/m/{world.finished_meeting}/result",
        f"{place}/m/{world.open_meeting}/result",
        f"{place}/m/{world.open_meeting}/receipt",
        f"{place}/m/999",
        "/nowhere",
    ]


@pytest.mark.parametrize(
    ("language", "size"),
    # English is longer: where it fits the narrowest screen it fits the others
    [("zh-CN", (320, 640)), ("zh-CN", (360, 740)), ("zh-CN", (1280, 800)), ("en", (320, 640))],
    ids=str,
)
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


def _bytes_sent(url: str) -> int:
    """How long the body is that a browser gets."""
    answer = requests.get(url, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=10)
    return len(answer.raw.read(decode_content=False))


def test_the_first_load_is_light(phone: Phone) -> None:
    """All scripts that the community's page loads come to less than 150 KB as the server sends them."""
    scripts: list[str] = []
    phone.page.on("request", lambda request: scripts.append(request.url))
    phone.go(f"/c/{phone.world.slug}")
    sizes = {url: _bytes_sent(url) for url in scripts if re.search(r"\.m?js$", url)}
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
        expect(card.locator("h2")).to_have_text(motion["title"])
        expect(card.locator(".verdict")).to_have_text("通过" if motion["passed"] else "未通过")
        row = card.locator("tbody tr").first
        expect(row).to_contain_text(str(motion["in_favour"]["heads"]))
        area = motion["in_favour"]["area"]
        expect(row).to_contain_text(f"{area // 100:,}.{area % 100:02}")


@pytest.mark.parametrize("which", ["open_meeting", "notice_meeting"])
def test_before_the_close_the_result_page_says_when(phone: Phone, which: str) -> None:
    """The closing time and the turnout; no sums, and none were asked for."""
    world = phone.world
    number = getattr(world, which)
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.go(f"/c/{world.slug}/m/{number}/result")
    closes_at = requests.get(
        f"{world.url}/api/communities/{world.slug}/meetings/{number}", timeout=10
    ).json()["closes_at"]
    closes = datetime.fromtimestamp(closes_at, ZoneInfo("Asia/Shanghai"))
    awaited = phone.part("awaited")
    expect(awaited).to_contain_text(
        f"结果将在 {closes.year}年{closes.month}月{closes.day}日 {closes:%H:%M} 投票结束后公布"
    )
    expect(phone.part("turnout")).to_be_visible()
    expect(phone.part("outcome")).to_have_count(0)
    assert [url for url in asked if url.startswith(f"{world.url}/api") and url.endswith("/result")] == []


def test_the_result_page_tells_how_to_check_it(phone: Phone) -> None:
    """The command names the community's own registry and is copied whole, or marked where it cannot be."""
    world = phone.world
    chain = requests.get(f"{world.url}/api/communities/{world.slug}", timeout=10).json()["chain"]
    command = f"wanjia audit --rpc <节点地址> --registry {chain['registry']}"
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.go(f"/c/{world.slug}/m/{world.finished_meeting}/result")
    check = phone.part("check")
    expect(check).to_contain_text(str(chain["chain_id"]))
    expect(phone.part("command")).to_have_text(command)
    phone.part("copy").click()
    expect(check.get_by_role("status")).to_have_text("已复制。")
    assert phone.page.evaluate("navigator.clipboard.readText()") == command
    phone.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    phone.part("copy").click()
    expect(check.get_by_role("status")).to_contain_text("已选中")
    assert phone.page.evaluate("getSelection().toString()").strip() == command
    phone.part("verify").click()
    expect(phone.page).to_have_url(re.compile(f"/audit/.*{world.finished_meeting}"))


def test_a_new_page_is_read_from_its_heading(phone: Phone) -> None:
    """Following a link moves the focus to the new page's heading; the first page leaves it alone."""
    phone.go("/")
    assert phone.page.evaluate("document.activeElement.tagName") == "BODY"
    phone.page.locator("a.card").first.click()
    heading = phone.page.locator("h1")
    expect(heading).to_be_focused()
    phone.part("standing-next").click()
    expect(heading).to_have_text("您的房屋")
    expect(heading).to_be_focused()
    phone.page.go_back()
    expect(heading).not_to_have_text("您的房屋")
    expect(heading).to_be_focused()


def test_the_language_can_be_changed_and_is_remembered(phone: Phone) -> None:
    """English on request, also after a reload; Chinese again on request."""
    phone.go("/")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.locator("h1")).to_have_text("Choose your community")
    phone.page.reload()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    expect(phone.page.locator("h1")).to_have_text("Choose your community")
    phone.page.get_by_role("button", name="中文").click()
    expect(phone.page.locator("h1")).to_have_text("选择您的小区")
    expect(phone.page.locator("html")).to_have_attribute("lang", "zh-CN")
