"""What two parties or several days stand between: roles given, a key changed after 48 hours, a roll sealed.

The chain's clock is moved, so these tests have a community of their own.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from eth_utils import keccak
from official import ACT_MS, DESKTOP, PHONE, Official
from phone import CHAIN_MS, Phone
from playwright.sync_api import Browser, expect

from running_world import RunningWorld, running_world
from wanjia.chain import contracts
from wanjia.chain.client import Chain
from wanjia.chain.signing import address_of
from wanjia.simulation.clock import DAY, HOUR
from wanjia.simulation.plans import OPEN

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("desk_in_time")]

NEW_PIN = "739205"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    """Run a small community."""
    with running_world(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="module")
def officials(chromium: Browser, world: RunningWorld) -> Iterator[dict[str, Official]]:
    """Hold the committee at a desk and the supervisor on a phone, each with a key."""
    desks = {
        role: Official(chromium, world.url, world.place.officials[role], size)
        for role, size in (("committee", DESKTOP), ("supervisor", PHONE))
    }
    for role, api in (("committee", world.committee.api), ("supervisor", world.supervisor.api)):
        desks[role].take_over(api.cookies())
        desks[role].bring_key()
    yield desks
    for desk in desks.values():
        desk.close()


@pytest.fixture
def phones(chromium: Browser, world: RunningWorld) -> Iterator[list[Phone]]:
    """Hold an owner's old phone and the new one."""
    contexts = [chromium.new_context(viewport=PHONE, locale="zh-CN", has_touch=True) for _ in ("old", "new")]
    held = [Phone(context, world) for context in contexts]
    yield held
    for phone in held:
        assert phone.faults == []
        phone.context.close()


def test_a_role_is_proposed_by_one_side_and_given_by_the_other(officials: dict[str, Official]) -> None:
    """Whoever proposed cannot confirm; the supervisor is told, reads whom it is about, and gives the role."""
    committee, supervisor = officials["committee"], officials["supervisor"]
    newcomer = address_of(keccak(text="a new member of the committee"))
    committee.go("/desk/people")
    committee.page.fill("#account", committee.account.address)
    expect(committee.page.get_by_role("alert")).to_contain_text("已有职务")
    committee.page.fill("#account", newcomer)
    committee.sign(committee.page)
    waiting = committee.part("proposal")
    expect(waiting).to_contain_text("等待居委会确认", timeout=ACT_MS)
    expect(waiting.locator("[data-test=start-act]")).to_have_count(0)

    supervisor.go("/desk")
    supervisor.part("waiting-roles").click()
    proposal = supervisor.part("proposal")
    expect(proposal).to_contain_text(newcomer)
    expect(proposal).to_contain_text(committee.account.username)
    supervisor.sign(proposal)
    expect(proposal).to_have_count(0, timeout=ACT_MS)
    held = supervisor.page.locator(f"[data-holder='committee:{newcomer}']")
    expect(held).to_be_visible()
    supervisor.fits()
    supervisor.go("/desk")
    expect(supervisor.part("waiting-roles")).to_have_count(0)


def test_an_approved_key_is_adopted_after_48_hours(
    officials: dict[str, Official], phones: list[Phone], world: RunningWorld
) -> None:
    """The supervisor approves; nothing changes for two days; then the new phone can vote and the old one cannot."""
    supervisor, (old, new) = officials["supervisor"], phones
    owner = world.owners()[0]
    old.register(owner)
    new.go(f"/c/{world.slug}/identity")
    new.claim(owner)
    new.page.fill("#code", new.code_of(owner))
    new.part("send").click()
    new.part("standing-next").click()
    new.make_key(NEW_PIN)
    expect(new.page.locator("[data-change=requested]")).to_be_visible(timeout=CHAIN_MS)
    before = key_of(world, owner.voter)

    supervisor.go("/desk")
    supervisor.part("waiting-key-changes").click()
    change = supervisor.page.locator("[data-key-change=requested]")
    expect(change).to_contain_text(f"编号 {owner.voter}")
    supervisor.sign(change.locator("[data-test=act]").first)
    approved = supervisor.page.locator("[data-key-change=approved]")
    expect(approved.get_by_role("timer")).to_have_text(re.compile(r"^4[78]:\d\d:\d\d$"), timeout=ACT_MS)
    supervisor.fits()

    expect(new.page.locator("[data-change=approved]")).to_be_visible(timeout=CHAIN_MS)
    world.clock.move_to(world.clock.now() + 47 * HOUR)
    assert key_of(world, owner.voter) == before
    world.clock.move_to(world.clock.now() + HOUR + 60)
    expect(new.page.locator("[data-change=done]")).to_be_visible(timeout=CHAIN_MS)
    after = key_of(world, owner.voter)
    assert after not in (before, None)

    supervisor.go("/desk/key-changes")
    expect(supervisor.page.locator("[data-key-change=done]")).to_be_visible(timeout=CHAIN_MS)
    new.go(f"/c/{world.slug}/phone")
    expect(new.page.locator("[data-standing=ready]")).to_be_visible()
    old.go(f"/c/{world.slug}/phone")
    expect(old.page.locator("[data-standing=otherPhone]")).to_be_visible()


def test_a_roll_is_sealed_from_its_page_once_the_objections_are_over(
    officials: dict[str, Official], world: RunningWorld
) -> None:
    """Seven days too early the page says from when; then the supervisor signs the very sums the page shows."""
    supervisor = officials["supervisor"]
    run = world.new_meeting()
    opens_at = world.clock.now() + 16 * DAY
    run.convene(OPEN, opens_at, opens_at + 10 * DAY)
    run.consent()
    run.publish_roll()
    supervisor.go("/desk/roll")
    supervisor.page.get_by_role("link", name=OPEN.title).click()
    seal = supervisor.part("seal")
    expect(seal.locator("[data-test=start-act]")).to_be_disabled()
    supervisor.fits()
    world.clock.move_to(world.clock.now() + 7 * DAY + 1)
    supervisor.page.reload()
    expect(seal.locator("[data-test=start-act]")).to_be_enabled()
    supervisor.sign(seal)
    expect(seal).to_contain_text("已封存", timeout=ACT_MS)
    expect(seal).to_contain_text(str(world.place.total.heads))
    supervisor.go(f"/desk/meetings/{run.number}")
    expect(supervisor.part("course-seal-roll")).to_have_attribute("data-standing", "done")


def key_of(world: RunningWorld, voter: int) -> Any:
    """Ask the registry itself whose key stands for an owner."""
    registry = world.place.community.registry_address
    return Chain(world.system.settings.rpc_url).call(contracts.registry(), registry, "keyOf", voter)
