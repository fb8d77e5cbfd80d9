"""Deliberation on the phone: an owner supports a neighbour's concern, then raises one's own, over a reload and a lost network."""

import pytest
from phone import Phone
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
WORDS = "地下车库二层东侧照明坏了一排。晚上停车看不清路，老人摔过一跤。"


def test_a_stranger_is_told_how_to_become_known(phone: Phone) -> None:
    """Concerns are for residents: who is not logged in gets the way, and nothing of what was said."""
    phone.go(f"/c/{phone.world.slug}/concerns")
    expect(phone.part("needs-login")).to_contain_text("核验身份")
    expect(phone.page.locator("a[href*='/concerns/']")).to_have_count(0)


def test_a_neighbours_concern_is_supported_and_ones_own_is_raised_once(voting_phone: Phone) -> None:
    """Support and its undo, a comment; then a concern with a photograph, kept over a reload, sent again after a failure."""
    phone, page, world = voting_phone, voting_phone.page, voting_phone.world
    phone.go(f"/c/{world.slug}")
    phone.part("concerns").click()
    page.locator("a[href*='/concerns/']").filter(has_text="人附议").first.click()
    phone.part("support").click()
    expect(phone.part("support")).to_have_text("取消附议")
    phone.part("support").click()
    expect(phone.part("support")).to_have_text("我也附议")
    page.fill("#comment", "我家也遇到了")
    page.get_by_role("button", name="发表").click()
    expect(phone.part("course")).to_contain_text("我家也遇到了")

    phone.go(f"/c/{world.slug}/concerns/new")
    page.fill("#text", WORDS)
    page.locator("label", has_text="安全消防").click()
    page.wait_for_timeout(300)  # what is written is on the shelf
    page.reload()
    expect(page.locator("#text")).to_have_value(WORDS)
    page.set_input_files("#photos", {"name": "a.png", "mimeType": "image/png", "buffer": PHOTO})
    expect(page.locator("img[src^='data:']")).to_be_visible()
    address = f"**/api/communities/{world.slug}/concerns"
    page.route(address, lambda route: (route.fetch(), route.abort()))
    phone.part("raise").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute(address)
    phone.part("raise").click()
    expect(phone.part("raised")).to_contain_text("网格员应在")
    page.get_by_role("button", name="看这条诉求").click()
    expect(phone.part("facts")).to_contain_text("老人摔过一跤")
    expect(page.locator("h1")).to_have_text("地下车库二层东侧照明坏了一排")
    shown = phone.part("course").locator("img").first
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.naturalWidth") == 1
    page.goto(f"{world.url}/c/{world.slug}/concerns")
    page.locator("label", has_text="我提的").click()
    expect(page.locator(".line").filter(has_text="照明坏了一排")).to_have_count(1)
    phone.faults[:] = [fault for fault in phone.faults if "ERR_FAILED" not in fault]
