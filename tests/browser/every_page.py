"""Every page of the app as the people meet it who may open it. The list is the router's own table.

A page that is added is visited from then on: an address with a part that ``Fills`` does not know stops the program.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from phone import CHAIN_MS, PIN, Phone, take_owner
from playwright.sync_api import Browser, expect
from traces import Place, Traces

ANYONE = "anyone"
RECOUNT_MS = 60_000
"""How long the browser may take to recount a meeting of the sample."""
_PARAMETER = re.compile(r"/:(\w+)(?:\([^)]*\))?[*+?]*")
_MOUNTED = "() => document.querySelector('#app').__vue_app__"
_ROUTES = """() => document.querySelector('#app').__vue_app__.config.globalProperties.$router.getRoutes()
  .filter(({ name }) => name).map(({ name, path, meta }) => ({ name, path, roles: meta.roles ?? null }))"""
_HERE = (
    "() => document.querySelector('#app').__vue_app__.config.globalProperties.$router.currentRoute.value.name"
)
_APPEAR = """async ([theme, size, language]) => {
  const html = document.documentElement
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  Object.assign(html.dataset, { theme, size })
  if (html.lang !== language) document.querySelector(`[role=group] > button[lang="${language}"]`).click()
  do await drawn(); while (html.lang !== language)
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """One page: its route, who looks at it, and what tells it from others of the same route."""

    route: str
    who: str
    path: str
    state: str = ""

    @property
    def name(self) -> str:
        """Name of its picture."""
        return "-".join(part for part in (self.route, self.state, self.who) if part)


STATES = {
    "meeting": ("open", "finished", "notice", "secret"),
    "vote": ("open", "secret"),
    "confirm": ("open",),
    "receipt": ("open",),
    "result": ("open", "finished", "secret-finished"),
    "auditMeeting": ("open", "finished", "notice", "secret-finished"),
    "document": ("document",),
    "trustee": ("secret",),
    "rehearsal": ("secret",),
    "deskMeetingsOne": ("open", "finished", "notice", "secret", "secret-finished"),
}
"""Routes that make sense for some meetings only."""
STEPS = ("scope", "motions", "documents", "rules", "dates", "notice", "preview", "sign")
"""The pages of preparing a meeting."""


class Fills:
    """What the parts of addresses stand for: each with the values to visit and what a value shows."""

    def __init__(self, chromium: Browser, place: Place) -> None:
        self._place, self._traces = place, Traces(chromium, place)

    def of(self, route: str, part: str) -> list[tuple[str, str]]:
        """Give the values of one part of a route's address. Raises ``KeyError`` for a part nobody described."""
        place, traces = self._place, self._traces
        meetings = {
            "open": place.open_meeting,
            "finished": place.finished_meeting,
            "notice": place.notice_meeting,
            "secret": place.secret_meeting,
            "secret-finished": place.secret_finished_meeting,
            "document": traces.document[0],
        }
        states = STATES.get(route, ("open", "finished", "notice"))
        known: dict[str, Callable[[], list[tuple[str, str]]]] = {
            "slug": lambda: [(place.slug, "")],
            "meeting": lambda: [(str(meetings[state]), state) for state in states],
            "hash": lambda: [(traces.document[1] if route == "document" else traces.transaction[0], "")],
            "block": lambda: [(traces.transaction[1], "")],
            "address": lambda: [(traces.registry, "")],
            "registry": lambda: [(traces.registry, "")],
            "voter": lambda: [("1", "")],
            "plan": lambda: [(traces.plan, "")],
            "step": lambda: [(step, step) for step in STEPS],
            "review": lambda: [(traces.review, "")],
            "rest": lambda: [("nowhere", "")],
            "number": lambda: [("1", "")],
        }
        if part not in known:
            raise KeyError(f"{route}: say in tests/browser/every_page.py what :{part} stands for")
        return known[part]()


def stops(phone: Phone, fills: Fills) -> list[Stop]:
    """List the pages that have an address of their own, role by role, from the router of the page that is open."""
    found = []
    phone.page.wait_for_function(_MOUNTED)  # until then the page shows its shell
    for route in phone.page.evaluate(_ROUTES):
        name, desk = route["name"], route["path"].startswith("/desk") and route["name"] != "deskLogin"
        roles = (route["roles"] or sorted(phone.world.officials)) if desk else [ANYONE]
        for path, state in _filled(name, route["path"], fills):
            found += [Stop(name, role, path, state) for role in roles]
    return found


def _filled(route: str, path: str, fills: Fills) -> list[tuple[str, str]]:
    parameter = _PARAMETER.search(path)
    if parameter is None:
        return [(path, "")]
    head, tail = path[: parameter.start()], path[parameter.end() :]
    return [
        (rest, "-".join(each for each in (state, more) if each))
        for value, state in fills.of(route, parameter[1])
        for rest, more in _filled(route, f"{head}/{value}{tail}", fills)
    ]


@contextmanager
def hold(chromium: Browser, place: Place, who: str = ANYONE) -> Iterator[Phone]:
    """Hold a fresh phone, logged in where ``who`` is an official, with the app open."""
    session = None if who == ANYONE else place.session(chromium, who)
    with chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True, storage_state=session
    ) as context:
        phone = Phone(context, place)
        visit(phone, "/")
        yield phone


def route_of(phone: Phone) -> str:
    """The name of the route the page is at."""
    return str(phone.page.evaluate(_HERE))


def appear(phone: Phone, *, theme: str = "light", size: str = "normal", language: str = "zh-CN") -> None:
    """Show the page that is open in a theme, a size of type and a language; the switch of languages is pressed."""
    phone.page.evaluate(_APPEAR, [theme, size, language])


def visit(phone: Phone, path: str) -> None:
    """Open an address and wait until its page shows what it loads."""
    phone.page.goto(phone.world.url + path)
    settle(phone)


def settle(phone: Phone) -> None:
    """Wait until the page that is open has its heading and nothing is being loaded or recounted any more."""
    expect(phone.page.locator("h1").first).to_be_visible()
    expect(phone.page.locator(".van-skeleton")).to_have_count(0)
    expect(phone.part("verify-running")).to_have_count(0, timeout=RECOUNT_MS)


def owners_way(phone: Phone) -> Iterator[str]:
    """Walk from the community's link to a recorded ballot; stop at each page and tell what it shows."""
    place, part = phone.world, phone.part
    owner = phone.owner = take_owner(place)
    phone.go(f"/c/{place.slug}")
    part("standing-next").click()
    yield "unit"
    phone.name_home(owner)
    yield "owner"
    for field in ("name", "id_number", "phone"):
        phone.page.fill(f"#{field}", getattr(owner, field))
    phone.page.check("[name=consent]")
    part("send").click()
    phone.page.wait_for_selector("#code")
    yield "code"
    phone.page.locator("a[href$='/review']").click()
    expect(phone.page).to_have_url(re.compile("/review$"))
    yield "photographs"
    phone.page.go_back()
    phone.page.wait_for_selector("#code")
    phone.page.fill("#code", phone.code_of(owner))
    part("send").click()
    phone.page.wait_for_selector("#pin")
    yield "pin"
    phone.make_key()
    expect(phone.page.locator("[data-standing=ready]")).to_be_visible(timeout=CHAIN_MS)
    yield "ready"
    phone.go(f"/c/{place.slug}/m/{place.open_meeting}/vote")
    yield "first"
    phone.choose("同意", "反对", "弃权", "同意")
    yield "review"
    phone.sign("102938")
    expect(phone.page.get_by_role("alert")).to_be_visible()
    yield "refused"
    phone.sign(PIN)
    phone.state_is("recorded")
    yield "recorded"
    phone.go(f"/c/{place.slug}/concerns")
    yield "open"
    phone.page.locator("a[href*='/concerns/']").filter(has_text="人附议").first.click()
    expect(part("facts")).to_be_visible()
    yield "public"
    phone.go(f"/c/{place.slug}/concerns/new")
    expect(phone.page.locator("#text")).to_be_visible()
    yield "writing"
