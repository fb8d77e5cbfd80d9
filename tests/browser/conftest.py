"""Phones for the tests: Chromium at 360x740, each with a store of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from headless import open_browser
from phone import Phone, take_owner
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the machine's own Chromium."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def phone(chromium: Browser, running_world: Any) -> Iterator[Phone]:
    """Hold a fresh phone; afterwards nothing went wrong in its pages and nothing was asked of another host."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
    phone = Phone(context, running_world)
    yield phone
    assert phone.faults == []
    context.close()


@pytest.fixture
def voting_phone(phone: Phone) -> Phone:
    """Hold the phone of an owner who has just registered on it."""
    phone.register(take_owner(phone.world))
    return phone
