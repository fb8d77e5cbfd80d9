"""The operator at a desk and on a phone: how the system is, who works here, what was done."""

from typing import Any

import pytest
from official import DESKTOP, PHONE, Official
from playwright.sync_api import Browser, ViewportSize, expect

from wanjia.simulation.people import read_officials
from wanjia.simulation.sample_world import officials_file

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_operator_sees_how_the_system_is_and_what_was_done(
    chromium: Browser, running_world: Any, size: ViewportSize
) -> None:
    """From the first page through the menu: the account that pays, the officials' roles, the log by person."""
    accounts = read_officials(officials_file(running_world.system.settings.home))
    operator = Official(chromium, running_world.url, accounts["operator"], size)
    operator.log_in()
    operator.go("/desk")
    expect(operator.part("system")).to_have_attribute("data-well", "true")
    expect(operator.page.get_by_role("heading", name="手续费账户")).to_be_visible()

    choose(operator, "人员与职务")
    for role in ("committee", "supervisor"):
        expect(operator.page.get_by_text(accounts[role].username).first).to_be_visible()
    expect(operator.part("start-act")).to_have_count(0)

    choose(operator, "更换密钥")
    expect(operator.page.locator("[data-key-change], .empty").first).to_be_visible()

    choose(operator, "操作记录")
    operator.page.select_option("[name=person]", accounts["operator"].username)
    expect(operator.page.locator("[data-deed=login]").first).to_be_visible()
    expect(operator.page.get_by_role("table").get_by_text(accounts["committee"].username)).to_have_count(0)
    operator.fits()
    operator.close()


def choose(official: Official, name: str) -> None:
    """Go to a page by the menu, which a phone keeps folded up."""
    menu = official.part("menu")
    if menu.is_visible():
        menu.click()
    official.page.get_by_role("navigation").get_by_role("link", name=name).click()
    expect(official.page.locator("h1")).to_be_focused()
    expect(official.page.locator(".van-skeleton")).to_have_count(0)
    official.fits()
