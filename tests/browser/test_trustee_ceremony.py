"""A trustee in a real browser, beside simulated ones: joins, keeps the file, makes the keys; goes on after a reload and elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.xdist_group("secret_town")

PASSPHRASE = "三月初三那天 桂花树下开会"  # noqa: S105  of a seed that lives as long as the test
CHAIN_MS = 60_000


class TrusteePage:
    """The trustee's page in one browser."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.faults: list[str] = []
        self.address = address
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(address)

    def part(self, name: str) -> Any:
        """Find a part of the page by its test name."""
        return self.page.locator(f"[data-test={name}]")

    def scene(self, scene: str, step: str | None = None) -> None:
        """Wait until the page says what is to be done now."""
        which = f"[data-test=now][data-scene={scene}]" + (f"[data-step={step}]" if step else "")
        expect(self.page.locator(which)).to_be_visible(timeout=CHAIN_MS)

    def choose_passphrase(self) -> None:
        """First step of joining."""
        self.page.fill("#passphrase", PASSPHRASE)
        self.page.fill("#again", PASSPHRASE)
        self.part("make-seed").click()

    def keep_file(self, folder: Path) -> Path:
        """Second step of joining: save the file and say so."""
        with self.page.expect_download() as download:
            self.part("save-file").click()
        saved = folder / download.value.suggested_filename
        download.value.save_as(saved)
        self.page.check("[name=kept]")
        self.page.check("[name=written]")
        self.part("confirm-file").click()
        return saved

    def unlock(self) -> None:
        """The passphrase of a visit."""
        self.page.fill("#passphrase", PASSPHRASE)
        self.part("unlock").click()

    def restore(self, file: Path, passphrase: str) -> None:
        """Bring the seed back from its file."""
        self.page.set_input_files("[name=trustee-file]", file)
        self.page.fill("#file-passphrase", passphrase)
        self.part("restore").click()

    def take_step(self, step: str) -> None:
        """Press the one button when it is this trustee's turn."""
        self.scene("act", step)
        # a button that still turns for the step before hears nothing
        self.page.locator("[data-test=act]:not(.van-button--loading)").click()
        mark = self.page.locator(f"[data-test=trustee][data-own] [data-done={step}]")
        expect(mark).to_be_visible(timeout=CHAIN_MS)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone of the trustee's."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    yield context
    context.close()


def test_a_trustee_joins_and_makes_keys_over_a_reload_and_on_another_device(
    secret_town: Any, chromium: Browser, context: BrowserContext, tmp_path: Path
) -> None:
    """One of three trustees does every step in browsers; the file alone goes from the first to the second."""
    meeting = secret_town.convene()
    meeting.invite()
    phone = TrusteePage(context, meeting.trustee_page(1))
    phone.scene("invited")
    phone.choose_passphrase()
    phone.scene("export")
    phone.page.reload()
    phone.unlock()
    file = phone.keep_file(tmp_path)
    phone.scene("waiting")
    account = phone.part("account-code").inner_text()
    meeting.seat_simulated(2, 3)
    meeting.confirm()

    with meeting.beside(2, 3):
        phone.take_step("commit")
        phone.page.reload()
        phone.scene("act", "reveal")
        phone.unlock()
        phone.take_step("reveal")
        assert phone.faults == []
        phone.page.close()

        other = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        desk = TrusteePage(other, phone.address.split("#")[0])
        desk.scene("foreign")
        desk.restore(file, "not this one")
        expect(desk.part("failure")).to_contain_text("密码不对")
        desk.restore(file, PASSPHRASE)
        assert desk.part("account-code").inner_text() == account
        desk.take_step("deal")
        desk.take_step("approve")
        desk.scene("complete")

    board = meeting.board()
    assert board["run"]["step"] == "complete"
    assert board["run"]["keys"] is not None
    assert len(desk.part("keys-code").inner_text().replace(" ", "")) == 16
    assert desk.faults == []
    other.close()


def test_seats_set_anew_amid_a_run_are_taken_and_make_keys(
    secret_town: Any, chromium: Browser, context: BrowserContext, tmp_path: Path
) -> None:
    """Trustee 2 lost everything amid a run: the seats are set anew, trustee 1 sits down again, a new browser is 2."""
    meeting = secret_town.convene()
    meeting.invite()
    phone = TrusteePage(context, meeting.trustee_page(1))
    phone.choose_passphrase()
    phone.keep_file(tmp_path)
    phone.scene("waiting")
    meeting.seat_simulated(2, 3)
    meeting.confirm()
    phone.take_step("commit")

    meeting.invite()
    phone.page.goto("about:blank")
    phone.page.goto(meeting.trustee_page(1))
    phone.scene("seat")
    phone.unlock()
    phone.scene("watch")
    other = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    second = TrusteePage(other, meeting.trustee_page(2))
    second.choose_passphrase()
    second.keep_file(tmp_path)
    second.scene("excluded")
    meeting.seat_simulated(3)
    meeting.confirm()
    with meeting.beside(3):
        for step in ("commit", "reveal", "deal", "approve"):
            phone.take_step(step)
            second.take_step(step)
        phone.scene("complete")
    assert meeting.board()["run"]["keys"] is not None
    assert phone.faults == second.faults == []
    other.close()
