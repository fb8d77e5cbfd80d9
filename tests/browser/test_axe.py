"""Every page under axe, in both languages, themes and sizes, and under the content policy."""

from itertools import product

import pytest
from every_page import Fills, Stop, appear, hold, owners_way, route_of, settle, stops, visit
from phone import Phone
from playwright.sync_api import Browser
from traces import Place

from running_world import SampleRunning
from wanjia.paths import TOP

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

AXE = (TOP / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
LANGUAGES, SIZES = ("zh-CN", "en"), ("normal", "large")
COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules that can tell a theme from the other; all the others are asked in the light only."""
_RUN = """async (rules) => {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  const { violations } = await axe.run(document, options)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`)
}"""
_INLINE = "() => [...document.querySelectorAll('script:not([src]), style')].map((each) => each.outerHTML.slice(0, 99))"


def _faults(phone: Phone) -> list[str]:
    """What axe finds in the page that is open, in every look, and what of it is written inline."""
    settle(phone)
    phone.page.evaluate(AXE)
    found: list[str] = phone.page.evaluate(_INLINE)
    for language, size in product(LANGUAGES, SIZES):
        for theme, rules in (("light", None), ("dark", COLOURS)):
            appear(phone, theme=theme, size=size, language=language)
            look = f"{theme} {size} {language}"
            found += [f"{look}: {each}" for each in phone.page.evaluate(_RUN, rules)]
    appear(phone)
    return found


MANY = {"meeting", "result", "deskMeetingsOne", "deskMeetingsPlan", "deskHome"}
"""Routes whose page is another one for each state or role; of the rest one is looked at."""


def _once_each(listed: list[Stop]) -> list[Stop]:
    first: dict[str, Stop] = {}
    for stop in listed:
        several = stop.path + (stop.who if stop.route == "deskHome" else "")
        first.setdefault(several if stop.route in MANY else stop.route, stop)
    return list(first.values())


@pytest.fixture(scope="module")
def place(running_world: SampleRunning) -> Place:
    """The sample world with its officials."""
    return Place.of(running_world.system.settings.home, running_world.url)


def test_every_page_is_without_violations(chromium: Browser, place: Place) -> None:
    """Each route of the router, as those see it who may open it; nothing is inline and no other host is asked."""
    found: dict[str, list[str]] = {}
    reached = set()
    with hold(chromium, place) as phone:
        page = phone.page.goto(place.url)
        assert page is not None
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "unsafe" not in policy
        listed = _once_each(stops(phone, Fills(chromium, place)))
    for who in dict.fromkeys(stop.who for stop in listed):
        with hold(chromium, place, who) as phone:
            for stop in (each for each in listed if each.who == who):
                visit(phone, stop.path)
                found[stop.name] = _faults(phone)
                reached.add(route_of(phone))
            assert (who, phone.faults) == (who, [])
    with hold(chromium, place) as phone:
        for state in owners_way(phone):
            found[f"{route_of(phone)} {state}"] = _faults(phone)
            reached.add(route_of(phone))
        assert phone.faults == []
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert reached == {stop.route for stop in listed}
