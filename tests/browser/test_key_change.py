"""A lost phone: another one asks for the key, the old one is warned and can say no."""

from collections.abc import Iterator
from typing import Any

import pytest
from phone import CHAIN_MS, PIN, Phone, take_owner
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

NEW_PIN = "739205"


@pytest.fixture
def other_phone(chromium: Browser, running_world: Any) -> Iterator[Phone]:
    """Hold a second phone, with stores of its own."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
    phone = Phone(context, running_world)
    yield phone
    assert phone.faults == []
    context.close()


def _prove_identity(phone: Phone, owner: Any) -> None:
    phone.go(f"/c/{phone.world.slug}/identity")
    phone.claim(owner)
    phone.page.fill("#code", phone.code_of(owner))
    phone.part("send").click()


def test_a_change_of_key_is_asked_for_seen_and_vetoed(phone: Phone, other_phone: Phone) -> None:
    """The new phone follows its request; the old one, nobody logged in on it, is warned and stops it by PIN."""
    owner = take_owner(phone.world)
    phone.register(owner)
    _prove_identity(other_phone, owner)
    expect(other_phone.page.locator("[data-standing=otherPhone]")).to_be_visible()
    other_phone.part("standing-next").click()
    other_phone.make_key(NEW_PIN)
    expect(other_phone.page.locator("[data-change=requested]")).to_be_visible(timeout=CHAIN_MS)
    other_phone.go(f"/c/{phone.world.slug}/m/{phone.world.open_meeting}")
    expect(other_phone.page.locator("[data-answer=changing]")).to_be_visible()

    phone.context.clear_cookies()
    phone.go(f"/c/{phone.world.slug}/m/{phone.world.open_meeting}")
    expect(phone.part("key-threat")).to_be_visible()
    expect(phone.part("vote")).to_be_visible()
    phone.part("to-veto").click()
    phone.page.fill("#pin", PIN)
    phone.part("veto").click()
    expect(phone.part("veto-sent")).to_be_visible()
    expect(phone.part("key-threat")).to_have_count(0, timeout=CHAIN_MS)

    other_phone.go(f"/c/{phone.world.slug}/key-change")
    expect(other_phone.page.locator("[data-change=vetoed]")).to_be_visible()
    assert other_phone.page.evaluate("fetch('/api/owner').then((answer) => answer.json())")["key_state"] == (
        "registered"
    )
