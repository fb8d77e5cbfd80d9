"""Phones for the tests: Chromium at 360x740, each with a store of its own."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from phone import Phone, take_owner
from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the machine's own Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


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
