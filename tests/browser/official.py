"""An official at a desk: logged in, with the key of the office in the browser."""

import time
from typing import Any

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PIN = "480213"
ACT_MS = 60_000
LOG_IN_MS = 8_000
TOTP_SECONDS = 30
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


class Official:
    """One browser profile of one official. ``faults`` collects errors in its pages."""

    def __init__(self, chromium: Browser, url: str, account: Any) -> None:
        self.url = url
        self.account = account
        self.faults: list[str] = []
        self.context: BrowserContext = chromium.new_context(viewport=DESKTOP, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def go(self, path: str) -> None:
        """Open an address of the desk and wait until it has settled."""
        self.page.goto(self.url + path)
        self.page.wait_for_load_state("networkidle")

    def part(self, name: str) -> Any:
        """Find a part of the page by its test name."""
        return self.page.locator(f"[data-test={name}]")

    def log_in(self) -> None:
        """Log in; a code that was just used by somebody else is waited out."""
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
        confirm.locator("#pin").fill(PIN)
        self.part("sign-act").click()

    def close(self) -> None:
        """Nothing went wrong in the pages."""
        self.context.close()
        assert self.faults == []
