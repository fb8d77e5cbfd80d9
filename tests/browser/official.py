"""An official at a desk or on a phone: logged in, with the key of the office in the browser."""

import time
from typing import Any

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PIN = "480213"
ACT_MS = 60_000
LOG_IN_MS = 8_000
TOTP_SECONDS = 30
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}

_sessions: dict[tuple[str, str], StorageState] = {}
"""Cookies of those who have logged in: a code is good once, and the next one comes half a minute later."""
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"
SMALL = """() => [...document.querySelectorAll('button, select, summary, nav a')]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 47.5)
  .map((each) => each.outerHTML.slice(0, 120))"""


class Official:
    """One browser profile of one official, on a desk's screen or a phone's. ``faults`` collects errors in its pages."""

    def __init__(self, chromium: Browser, url: str, account: Any, size: ViewportSize = DESKTOP) -> None:
        self.url = url
        self.account = account
        self.faults: list[str] = []
        self.context: BrowserContext = chromium.new_context(
            viewport=size,
            locale="zh-CN",
            has_touch=size == PHONE,
            storage_state=_sessions.get((url, account.username)),
        )
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def go(self, path: str) -> None:
        """Open an address of the desk and wait until it has settled."""
        self.page.goto(self.url + path)
        self.page.wait_for_load_state("networkidle")
        self.fits()

    def fits(self) -> None:
        """The page as it is now does not scroll sideways, and everything to press is high enough for a thumb."""
        assert not self.page.evaluate(SIDEWAYS), self.page.url
        assert self.page.evaluate(SMALL) == [], self.page.url

    def part(self, name: str) -> Any:
        """Find a part of the page by its test name."""
        return self.page.locator(f"[data-test={name}]")

    def log_in(self) -> None:
        """Be logged in: by the form the first time, by the same session from then on."""
        known = (self.url, self.account.username)
        if known not in _sessions:
            self.fill_in_log_in()
            _sessions[known] = self.context.storage_state()

    def take_over(self, cookies: dict[str, str]) -> None:
        """Go on with a session that was opened through the API."""
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in cookies.items()]
        )

    def fill_in_log_in(self) -> None:
        """Log in by the form; a code that was just used is waited out."""
        self.go("/desk/login")
        for _ in range(3):
            self.page.fill("#username", self.account.username)
            self.page.fill("#password", self.account.password)
            self.page.fill("#totp", pyotp.TOTP(self.account.totp_secret).now())
            self.part("send").click()
            try:
                self.page.wait_for_url("**/desk", timeout=LOG_IN_MS)
            except PlaywrightTimeout:  # the code was used before: the next one is tried
                time.sleep(TOTP_SECONDS - time.time() % TOTP_SECONDS + 0.5)
            else:
                return
        raise AssertionError(f"{self.account.username} cannot log in")

    def bring_key(self) -> None:
        """Type the key of the office in, under a PIN."""
        self.go("/desk/key")
        self.page.check("input[name=way][value=digits]")
        self.page.fill("#digits", self.account.key)
        self.page.fill("#pin", PIN)
        self.page.fill("#again", PIN)
        self.part("send").click()
        expect(self.page.locator("[data-key-state=ready]")).to_be_visible()

    def sign(self, part: Any) -> None:
        """Press an act's button, read what is signed, enter the PIN, and wait until it is done."""
        part.locator("[data-test=start-act]").click()
        confirm = self.part("confirm-act")
        expect(confirm).to_be_visible(timeout=ACT_MS)
        self.fits()
        confirm.locator("#pin").fill(PIN)
        self.part("sign-act").click()

    def close(self) -> None:
        """Nothing went wrong in the pages."""
        self.context.close()
        assert self.faults == []
