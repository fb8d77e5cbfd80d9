"""The first seconds of an owner's page: something is there before the program, and nothing jumps while it comes."""

import re

import pytest
from lighthouse import owners_pages
from phone import Phone
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

MOST_FILES = 4
"""Scripts and styles a page starts with: each further one is a further connection on a slow phone."""
MOST_JUMP = 0.001
"""Share of the screen times the way it moved (layout shift score); what is good ends at 0.1."""

_WATCH = """() => {
  window.jumps = []
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput)
        window.jumps.push([value, ...sources.map(({ node }) => (node?.outerHTML ?? '').slice(0, 80))])
  }).observe({ type: 'layout-shift', buffered: true })
}"""


def test_the_page_is_there_before_the_program(phone: Phone) -> None:
    """While the scripts are still on their way the phone shows what it opens, and the program then takes its place."""
    held: list[Route] = []
    come = False

    def hold(route: Route) -> None:
        if come:
            route.continue_()
        else:
            held.append(route)

    phone.page.route(re.compile(r"\.js$"), hold)
    phone.page.goto(f"{phone.world.url}/c/{phone.world.slug}", wait_until="commit")
    shell = phone.page.locator("#app .shell")
    expect(shell).to_contain_text("正在打开")
    expect(phone.page.locator("h1")).to_have_count(0)
    come = True
    for route in held:
        route.continue_()
    expect(phone.part("standing")).to_be_visible()
    expect(shell).to_have_count(0)


def test_nothing_jumps_and_little_is_fetched(phone: Phone) -> None:
    """On each page of the way to a ballot and after it, for somebody who opens it the first time."""
    place = phone.world
    phone.page.add_init_script(f"({_WATCH})()")
    for name, path in owners_pages(place).items():
        files: list[str] = []
        phone.page.on("request", lambda request, files=files: files.append(request.url))
        phone.go(path)
        expect(phone.page.locator("main .card, main form, main .notice").first).to_be_visible()
        jumps = phone.page.evaluate("window.jumps")
        assert (name, jumps) == (name, [each for each in jumps if each[0] < MOST_JUMP])
        if name != "vote":  # which also fetches, when all is drawn, what signing needs
            started = [url for url in files if re.search(r"\.(js|css)$", url) and not url.endswith("/sw.js")]
            assert 0 < len(started) <= MOST_FILES, started
