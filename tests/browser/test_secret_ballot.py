"""A secret ballot's way on the phone: encrypted beside the page, also without a network, and nothing left to read."""

import re
from typing import Any

import pytest
from phone import CHAIN_MS, Phone
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

CHOICES = ("同意", "反对", "弃权", "同意")
WORKER = "ballotWorker"


def _meeting(world: Any) -> str:
    return f"/c/{world.slug}/m/{world.secret_meeting}"


def _change_keys(route: Route) -> None:
    """Tell of other keys than the ballots of this meeting are bound to."""
    meeting = route.fetch().json()
    meeting["keys"]["in_favour"], meeting["keys"]["against"] = (
        meeting["keys"]["against"],
        meeting["keys"]["in_favour"],
    )
    route.fulfill(json=meeting)


def test_a_secret_ballot_is_cast_through_a_reload_and_a_lost_network(voting_phone: Phone) -> None:
    """Exchanged keys stop the phone; then it encrypts and signs offline, sends once online, and keeps no choice."""
    phone, page, world = voting_phone, voting_phone.page, voting_phone.world
    phone.go(_meeting(world))
    expect(phone.part("secret-note")).to_contain_text("这次是秘密投票")
    keys = phone.part("keys-code").inner_text()
    assert re.fullmatch(r"[0-9A-F]{4}( [0-9A-F]{4}){3}", keys)
    with page.expect_worker(lambda worker: WORKER in worker.url):
        phone.part("vote").click()
    phone.choose(*CHOICES)
    expect(phone.page.locator("[data-code-state=signed]")).to_be_visible(timeout=CHAIN_MS)
    code = phone.part("code").get_attribute("data-code")
    expect(phone.part("keys-code")).to_have_text(keys)

    address = f"**/api/communities/{world.slug}/meetings/{world.secret_meeting}"
    page.route(address, _change_keys)
    page.reload()
    expect(phone.part("distrust")).to_contain_text("加密钥匙")
    expect(phone.part("sign")).to_have_count(0)
    page.unroute(address)

    with page.expect_worker(lambda worker: WORKER in worker.url):
        phone.go(f"{_meeting(world)}/vote?motion=4")
    phone.context.set_offline(True)
    phone.pick(CHOICES[3])
    expect(phone.part("choices").locator("strong")).to_have_text(CHOICES)
    expect(phone.part("sign")).to_be_visible(timeout=CHAIN_MS)
    assert phone.part("code").get_attribute("data-code") != code
    phone.sign()
    phone.state_is("kept")
    kept = phone.stored()
    assert '"body":"0x' in kept
    assert not re.search(r"choices|abstain|secrets", kept)

    phone.context.set_offline(False)
    phone.state_is("recorded")
    expect(phone.part("receipt-image")).to_be_visible()
    for choice in CHOICES[:3]:
        expect(page.locator("main")).not_to_contain_text(choice)
    phone.part("check-here").click()
    expect(page.locator("[data-where=recorded], [data-where=final]")).to_be_visible(timeout=CHAIN_MS)
