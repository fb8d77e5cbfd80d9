"""A meeting from its first word to the published roll, by officials with their own keys, at desks and on phones."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from official import ACT_MS, DESKTOP, PHONE, Official
from playwright.sync_api import Browser, ViewportSize, expect

from wanjia.simulation.people import read_officials
from wanjia.simulation.sample_world import officials_file

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

DOCUMENT = {"name": "说明.md", "mimeType": "text/markdown", "buffer": "# 更换门禁\n\n两家报价。".encode()}
WHERE: list[dict[str, ViewportSize]] = [
    {"committee": PHONE, "supervisor": DESKTOP},
    {"committee": DESKTOP, "supervisor": PHONE},
]


@pytest.fixture(params=WHERE, ids=["committee on a phone", "supervisor on a phone"])
def officials(
    request: pytest.FixtureRequest, chromium: Browser, running_world: Any
) -> Iterator[dict[str, Official]]:
    """Hold committee and supervisor, logged in, each with a key; one sits at a desk, the other has a phone."""
    accounts = read_officials(officials_file(running_world.system.settings.home))
    desks = {
        role: Official(chromium, running_world.url, accounts[role], size)
        for role, size in request.param.items()
    }
    for desk in desks.values():
        desk.log_in()
        desk.bring_key()
    yield desks
    for desk in desks.values():
        desk.close()


def test_a_meeting_is_prepared_convened_consented_to_and_its_roll_published(
    officials: dict[str, Official], request: pytest.FixtureRequest
) -> None:
    """Written step by step, resumed after a reload, signed by each office with its own key."""
    committee, supervisor = officials["committee"], officials["supervisor"]
    meeting = convene(committee, f"临时会议：{request.node.callspec.id}")
    consent(supervisor, meeting)
    publish_roll(committee, meeting)
    supervisor.page.reload()
    waiting = supervisor.part("course-seal-roll")
    expect(waiting).to_have_attribute("data-standing", "waiting")
    expect(waiting).to_contain_text("要等名册公示期满")
    prints(committee, meeting)


def convene(committee: Official, title: str) -> int:
    """Write the meeting in its steps, reload in the middle, sign; give its number."""
    committee.go("/desk/meetings")
    committee.part("begin").click()
    committee.page.fill("input[name=title]", title)
    committee.page.get_by_label("部分楼栋或单元").check()
    expect(committee.part("findings")).to_be_visible()
    committee.page.get_by_label("全体业主").check()
    expect(committee.part("scope-totals")).to_contain_text(re.compile("[1-9]"))
    onward(committee)

    committee.page.get_by_label("属于哪一类事项").select_option("9")
    committee.part("template-other").click()
    committee.page.fill("input[name=title-0]", "更换门禁系统")
    committee.page.fill("textarea[name=text-0]", "从公共收益列支 3 万元。")
    saved(committee)
    committee.page.reload()
    expect(committee.page.locator("input[name=title-0]")).to_have_value("更换门禁系统")
    expect(committee.part("step-motions")).to_have_attribute("aria-current", "step")

    onward(committee)
    committee.page.set_input_files("#documents", DOCUMENT)
    expect(committee.part("plan-document")).to_contain_text("说明.md")
    onward(committee)
    onward(committee)
    committee.part("suggest").click()
    expect(committee.page.get_by_text("居委会最晚同意")).to_be_visible()
    onward(committee)
    committee.part("compose").click()
    expect(committee.page.locator("textarea[name=notice]")).to_have_value(re.compile("更换门禁系统"))
    onward(committee)
    expect(committee.part("preview")).to_contain_text("更换门禁系统")
    expect(committee.part("findings")).to_have_count(0)
    expect(committee.part("privacy-verdict")).to_have_attribute("data-verdict", "fine")
    onward(committee)
    expect(committee.part("privacy-card")).to_contain_text(re.compile("猜一次就猜中"))
    expect(committee.part("privacy-changed")).to_have_count(0)
    saved(committee)
    committee.sign(committee.page)
    committee.part("to-meeting").click(timeout=ACT_MS)
    committee.page.wait_for_url(re.compile(r"/desk/meetings/\d+$"))
    return int(committee.page.url.rsplit("/", 1)[1])


def consent(supervisor: Official, meeting: int) -> None:
    """Read what is frozen, which the browser has recomputed, and consent to exactly that."""
    supervisor.go(f"/desk/meetings/{meeting}")
    expect(supervisor.part("frozen")).to_contain_text("更换门禁系统")
    expect(supervisor.part("consent-check")).to_contain_text("一致")
    expect(supervisor.part("sealed-privacy")).to_contain_text("名册封存后")
    step = supervisor.part("course-consent")
    expect(step.locator("[data-test=start-act]")).to_be_disabled()
    step.locator("[name=read]").check()
    supervisor.sign(step)
    expect(step).to_have_attribute("data-standing", "done", timeout=ACT_MS)


def publish_roll(committee: Official, meeting: int) -> None:
    """Publish the roll; the totals were added up in the browser from what is signed."""
    committee.go(f"/desk/meetings/{meeting}")
    step = committee.part("course-publish-roll")
    expect(step.locator("[data-test=scope-totals]")).to_contain_text(re.compile("[1-9]"))
    committee.sign(step)
    expect(committee.part("course-seal-roll")).to_contain_text("要等名册公示期满", timeout=ACT_MS)


def prints(committee: Official, meeting: int) -> None:
    """The notice for the board shows everything and the code to scan; nothing scrolls sideways."""
    committee.go(f"/desk/meetings/{meeting}/notice")
    expect(committee.part("notice-sheet")).to_contain_text("更换门禁系统")
    expect(committee.part("notice-sheet").get_by_role("img")).to_be_visible()


def saved(committee: Official) -> None:
    """Everything written is saved."""
    expect(committee.page.locator("[data-save-state=saved]")).to_be_visible()


def onward(committee: Official) -> None:
    """The page of this step can be read and pressed as far as it is filled in; go on to the next one."""
    committee.fits()
    step = committee.page.locator("[data-step]")
    left = step.get_attribute("data-step")
    committee.part("next").click()
    expect(step).not_to_have_attribute("data-step", str(left))
