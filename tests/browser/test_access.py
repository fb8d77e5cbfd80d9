"""What readers of screens and weak eyes need on every page: names, headings, contrast, a focus that is seen."""

from itertools import pairwise
from typing import Any

import pytest
from phone import Phone, take_owner
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

LEAST_CONTRAST = 4.5
"""WCAG 2.1 AA for text of any size."""

_NAMELESS = """() => {
  const text = (id) => document.getElementById(id)?.textContent.trim()
  const named = (part) => part.getAttribute('aria-label') || text(part.getAttribute('aria-labelledby'))
    || [...(part.labels ?? [])].map((label) => label.textContent.trim()).join('')
    || (part.matches('a, button, summary') && part.textContent.trim())
  return [...document.querySelectorAll('a, button, summary, input, select, textarea')]
    .filter((part) => !named(part)).map((part) => part.outerHTML.slice(0, 120))
}"""

_HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4')].map((each) => Number(each.tagName[1]))"

_TWICE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((part) => part.id)
  return ids.filter((id, at) => ids.indexOf(id) !== at)
}"""

_FAINT = """(least) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const light = (colour) => {
    const [red, green, blue] = colour.map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const over = ([red, green, blue, alpha = 1], below) =>
    [red, green, blue].map((each, at) => each * alpha + below[at] * (1 - alpha))
  const behind = (part) => part
    ? over(parts(getComputedStyle(part).backgroundColor), behind(part.parentElement)) : [255, 255, 255]
  const faint = []
  const check = (part, colour, text) => {
    const back = behind(part)
    const [low, high] = [light(back), light(over(parts(colour), back))].sort((one, other) => one - other)
    const ratio = (high + 0.05) / (low + 0.05)
    if (ratio < least) faint.push(`${ratio.toFixed(2)} ${text.trim().slice(0, 40)}`)
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let checked = 0
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode
    if (!textContent.trim() || !parentElement.checkVisibility()) continue
    checked += 1
    check(parentElement, getComputedStyle(parentElement).color, textContent)
  }
  for (const field of document.querySelectorAll('input[placeholder]'))
    check(field, getComputedStyle(field, '::placeholder').color, field.placeholder)
  return { checked, faint }
}"""


def assert_readable(phone: Phone, path: str) -> None:
    """Every control has a name, headings go down one level at a time from one h1, all text stands out."""
    page = phone.page
    expect(page.locator("h1")).to_have_count(1)
    levels: list[int] = page.evaluate(_HEADINGS)
    assert levels[0] == 1, path
    assert all(below <= above + 1 for above, below in pairwise(levels)), (path, levels)
    assert (path, page.evaluate(_NAMELESS)) == (path, [])
    assert (path, page.evaluate(_TWICE)) == (path, [])
    contrast: dict[str, Any] = page.evaluate(_FAINT, LEAST_CONTRAST)
    assert contrast["checked"] > 0
    assert (path, contrast["faint"]) == (path, [])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_public_page_can_be_read(phone: Phone, language: str) -> None:
    """The pages anyone may open, in both languages."""
    world = phone.world
    place = f"/c/{world.slug}"
    meetings = [f"{place}/m/{n}" for n in (world.open_meeting, world.notice_meeting, world.finished_meeting)]
    phone.go("/")
    phone.page.evaluate(f"localStorage.setItem('wanjia.language', '{language}')")
    paths = ["/", "/outbox", "/check", "/check#x.damaged0", "/nowhere", place, *meetings]
    paths += [f"{place}/{page}" for page in ("identity", "phone", "key-change")]
    paths += [f"{meeting}/{page}" for meeting in meetings for page in ("result", "receipt")]
    for path in [*paths, f"{meetings[0]}/vote", f"{place}/m/999"]:
        phone.go(path)
        expect(phone.page.locator("html")).to_have_attribute("lang", language)
        assert_readable(phone, path)


def test_every_page_on_an_owners_way_can_be_read(phone: Phone) -> None:
    """Code, PIN, choices, confirmation with a wrong PIN: with what is chosen, said and refused."""
    owner = take_owner(phone.world)
    phone.register(owner)
    assert_readable(phone, "community, ready")
    phone.part("to-phone").click()
    expect(phone.part("holds")).to_be_visible()
    assert_readable(phone, "phone, ready")
    phone.part("to-change").click()
    phone.part("forgot").click()
    assert_readable(phone, "change of key, forgotten")
    phone.go(f"/c/{phone.world.slug}/m/{phone.world.open_meeting}/vote")
    phone.pick("同意")
    expect(phone.part("step")).to_have_attribute("data-motion", "2")
    assert_readable(phone, "vote, the group full")
    for number, choice in enumerate(("反对", "弃权", "同意"), start=2):
        expect(phone.part("step")).to_have_attribute("data-motion", str(number))
        phone.pick(choice)
    phone.sign("102938")
    expect(phone.page.get_by_role("alert")).to_be_visible()
    assert_readable(phone, "confirm, refused")
    phone.go(f"/c/{phone.world.slug}/key")
    phone.page.fill("#pin", "111111")
    expect(phone.page.get_by_role("alert")).to_be_visible()
    assert_readable(phone, "key, weak")


_OUTLINE = """() => {
  const part = document.activeElement
  const { outlineWidth, outlineStyle } = getComputedStyle(part.closest('label') ?? part)
  return [part.tagName, outlineStyle, parseFloat(outlineWidth) >= 2]
}"""


@pytest.mark.parametrize(("page", "reached"), [("", {"A", "BUTTON"}), ("vote", {"A", "BUTTON", "INPUT"})])
def test_the_focus_is_seen(phone: Phone, page: str, reached: set[str]) -> None:
    """Whatever the keyboard reaches is outlined, itself or through its label."""
    place = f"/c/{phone.world.slug}"
    phone.go(f"{place}/m/{phone.world.open_meeting}/vote" if page else place)
    seen = set()
    for _ in range(6):
        phone.page.keyboard.press("Tab")
        tag, *outline = phone.page.evaluate(_OUTLINE)
        assert (tag, outline) == (tag, ["solid", True])
        seen.add(tag)
    assert seen == reached
