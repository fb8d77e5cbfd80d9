"""A phone in an owner's hand: what they see and press."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

PIN = "480213"
CODE_SECONDS = 20
CHAIN_MS = 60_000
"""How long a key or a ballot may take to the chain and back."""

_EXPECTED = re.compile(r"status of (401|404|409|422)|ERR_INTERNET_DISCONNECTED|ERR_FAILED")
_taken: dict[str, Iterator[Any]] = {}


def take_owner(world: Any) -> Any:
    """Give an owner of the roll who has no key yet and whom no other test uses."""
    return next(_taken.setdefault(world.url, iter(world.owners)))


class Phone:
    """One browser profile on one running system. ``faults`` collects what must not happen in a page."""

    def __init__(self, context: BrowserContext, world: Any) -> None:
        self.context = context
        self.world = world
        self.faults: list[str] = []
        self.owner: Any = None
        self.page = self.open_page()

    def open_page(self) -> Page:
        """Open one more page of the same phone."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error in the page: {error}"))
        page.on("console", self._note)
        page.on("request", self._check_host)
        return page

    def go(self, path: str) -> None:
        """Open an address of the system and wait until it has settled."""
        self.page.goto(self.world.url + path)
        self.page.wait_for_load_state("networkidle")

    def part(self, name: str) -> Any:
        """Find a part of the page by its test name."""
        return self.page.locator(f"[data-test={name}]")

    def register(self, owner: Any, pin: str = PIN) -> None:
        """Go from the community's link to a phone that may vote."""
        self.owner = owner
        self.go(f"/c/{self.world.slug}")
        self.part("standing-next").click()
        self.claim(owner)
        self.page.fill("#code", self.code_of(owner))
        self.part("send").click()
        self.make_key(pin)
        expect(self.page.locator("[data-standing=ready]")).to_be_visible(timeout=CHAIN_MS)
        self.part("to-community").click()
        expect(self.part("units")).to_be_visible()

    def make_key(self, pin: str = PIN) -> None:
        """Choose the PIN under which the phone makes and keeps the key."""
        self.page.fill("#pin", pin)
        self.page.fill("#again", pin)
        self.part("send").click()

    def claim(self, owner: Any) -> None:
        """Fill in who the owner is, as the roll has it, and ask for the code."""
        self.name_home(owner)
        for field in ("name", "id_number", "phone"):
            self.page.fill(f"#{field}", getattr(owner, field))
        self.page.check("[name=consent]")
        self.part("send").click()
        self.page.wait_for_selector("#code")

    def name_home(self, owner: Any) -> None:
        """Name the unit, and go on to who its owner is."""
        self.page.select_option("#building", owner.building)
        for field in ("entrance", "number"):
            self.page.fill(f"#{field}", getattr(owner, field))
        self.part("next").click()

    def code_of(self, owner: Any) -> str:
        """Read the latest code that was sent to the owner's phone."""
        deadline = time.monotonic() + CODE_SECONDS
        while time.monotonic() < deadline:
            for message in sorted(self.world.outbox(), key=lambda each: each["sent_at"], reverse=True):
                code = re.search(r"(?<!\d)\d{6}(?!\d)", message["text"])
                if code and message["to_masked"].endswith(owner.phone[-4:]):
                    return code[0]
            time.sleep(0.2)
        raise AssertionError("no code came to the phone of the roll")

    def choose(self, *choices: str) -> None:
        """Take one choice a motion, in order: each leads on by itself, the last one to the review."""
        for number, choice in enumerate(choices, start=1):
            expect(self.part("step")).to_have_attribute("data-motion", str(number))
            self.pick(choice)
        expect(self.part("choices")).to_be_visible()

    def pick(self, choice: str) -> None:
        """Tap a choice of the motion in hand."""
        self.part("step").locator("label", has_text=choice).click()

    def sign(self, pin: str = PIN) -> None:
        """Enter the PIN on the page that shows the choices, and sign."""
        self.page.fill("#pin", pin)
        self.part("sign").click()

    def state_is(self, state: str) -> None:
        """Wait until the ballot's page says ``state``."""
        expect(self.page.locator(f"[data-state={state}]")).to_be_visible(timeout=CHAIN_MS)

    def stored(self) -> str:
        """Everything this phone keeps, as text: both storages, and the database without its key objects."""
        return str(self.page.evaluate(_READ_STORES))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.faults.append(f"console: {message.text}")

    def _check_host(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.world.url).netloc:
            self.faults.append(f"asked another host: {request.url}")


_READ_STORES = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
  const request = indexedDB.open('wanjia')
  const database = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
  for (const name of database.objectStoreNames) {
    const all = database.transaction(name).objectStore(name).getAll()
    await new Promise((resolve) => (all.onsuccess = resolve))
    found.push(name, JSON.stringify(all.result, (_, value) =>
      value instanceof CryptoKey ? `CryptoKey extractable=${value.extractable}` : value))
  }
  database.close()
  return found.join('\\n')
}"""
