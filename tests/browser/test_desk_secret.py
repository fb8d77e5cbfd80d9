"""A secret meeting at the desk: planned in the wizard, its trustees seated, proposed, confirmed, followed to the last sum."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from official import ACT_MS, DESKTOP, PHONE, Official
from playwright.sync_api import Browser, expect
from test_desk_meetings import consent, onward, saved

from running_world import SLUG
from secret_town import SecretTown
from wanjia.simulation.ceremony import Ceremony

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("secret_town")]

OFFICES = ("业主委员会", "监事", "居委会")


@pytest.fixture(scope="module")
def officials(chromium: Browser, secret_town: SecretTown) -> Iterator[dict[str, Official]]:
    """Hold the committee on a phone and the supervisor at a desk, each with a key."""
    world = secret_town.world
    desks = {
        role: Official(chromium, world.url, world.place.officials[role], size)
        for role, size in (("committee", PHONE), ("supervisor", DESKTOP))
    }
    for role, api in (("committee", world.committee.api), ("supervisor", world.supervisor.api)):
        desks[role].take_over(api.cookies())
        desks[role].bring_key()
    yield desks
    for desk in desks.values():
        desk.close()


def test_a_secret_meeting_is_planned_and_its_trustees_are_seated_proposed_and_confirmed(
    officials: dict[str, Official], secret_town: SecretTown
) -> None:
    """Open ballots warn first; seats are filled through the links shown; codes are compared; a restart has a reason."""
    committee, supervisor = officials["committee"], officials["supervisor"]
    meeting = plan(committee, "秘密投票的会议")
    tokens = set_seats(committee, meeting)
    ceremony = Ceremony(secret_town.url, SLUG, meeting, secret_town.world.clock, OFFICES, 2)
    for seat, token in tokens.items():
        ceremony.take_seat(seat, token)
    propose(committee, ceremony)

    supervisor.go("/desk")
    supervisor.part("waiting-meeting").filter(has_text="核对并确认受托人").last.click()
    supervisor.page.wait_for_url(f"**/meetings/{meeting}")
    confirm(supervisor, ceremony)
    restart(supervisor)
    with ceremony.beside():
        ceremony.wait_complete()
    expect(supervisor.part("trustees-phase")).to_have_attribute("data-phase", "made", timeout=ACT_MS)
    expect(supervisor.part("trustees-phase")).to_contain_text("还要等居委会确认名册")
    supervisor.fits()
    consent(supervisor, meeting)
    committee.go(f"/desk/meetings/{meeting}/notice")
    note = committee.part("ballots-note")
    expect(note).to_have_attribute("data-ballots", "secret")
    expect(note.locator("[data-test=offices]")).to_contain_text("业主委员会、监事、居委会")


def plan(committee: Official, title: str) -> int:
    """Secret is chosen from the start, whoever looks at open reads what others would see; give the meeting's number."""
    page = committee.page
    committee.go("/desk/meetings")
    committee.part("begin").click()
    page.fill("input[name=title]", title)
    ballots = committee.part("ballots")
    expect(ballots.get_by_label("秘密投票")).to_be_checked()
    expect(committee.part("open-warning")).to_have_count(0)
    ballots.get_by_label("公开投票").check()
    expect(committee.part("open-warning")).to_contain_text("永远公开")
    committee.fits()
    ballots.get_by_label("秘密投票").check()
    onward(committee)
    page.get_by_label("属于哪一类事项").select_option("9")
    committee.part("template-other").click()
    page.fill("input[name=title-0]", "更换门禁系统")
    page.fill("textarea[name=text-0]", "从公共收益列支 3 万元。")
    for _ in ("motions", "documents", "rules"):
        onward(committee)
    committee.part("suggest").click()
    expect(page.get_by_text("受托人最晚生成钥匙")).to_be_visible()
    onward(committee)
    committee.part("compose").click()
    expect(page.locator("textarea[name=notice]")).to_have_value(re.compile("投票方式：秘密投票.*精确面积"))
    onward(committee)
    expect(committee.part("preview").locator("[data-ballots=secret]")).to_contain_text("无法避免")
    expect(committee.part("findings")).to_have_count(0)
    onward(committee)
    expect(committee.part("privacy-card")).to_be_visible()
    saved(committee)
    committee.part("start-act").click()
    expect(committee.part("confirm-act")).to_contain_text("秘密投票", timeout=ACT_MS)
    committee.part("leave-act").click()
    committee.sign(page)
    committee.part("to-meeting").click(timeout=ACT_MS)
    page.wait_for_url(re.compile(r"/desk/meetings/\d+$"))
    return int(page.url.rsplit("/", 1)[1])


def set_seats(committee: Official, meeting: int) -> dict[int, str]:
    """Of five offices two are left out; each of the three gets a link of its own."""
    expect(committee.part("trustees-phase")).to_have_attribute("data-phase", "seats")
    form = committee.part("seats-form")
    expect(form.locator("input[name=threshold]")).to_have_value("3")
    for _ in range(2):
        committee.part("fewer-seats").click()
    form.locator("input[name=threshold]").fill("4")
    expect(committee.part("set-seats")).to_be_disabled()
    form.locator("input[name=threshold]").fill("2")
    committee.fits()
    committee.part("set-seats").click()
    expect(committee.part("seats-taken")).to_contain_text("0/3")
    tokens = {}
    for seat in (1, 2, 3):
        row = committee.part(f"seat-{seat}")
        row.locator("summary").click()
        link = row.locator("[data-test=invitation-link]").inner_text()
        assert f"/c/{SLUG}/m/{meeting}/trustee#" in link
        expect(row.get_by_role("img")).to_be_visible()
        tokens[seat] = link.split("#")[1]
    committee.fits()
    assert len(set(tokens.values())) == 3
    return tokens


def codes(ceremony: Ceremony) -> list[str]:
    """What the trustees read out: four groups of four."""
    return [" ".join(re.findall("....", trustee.account[2:18].upper())) for trustee in ceremony.trustees]


def propose(committee: Official, ceremony: Ceremony) -> None:
    """Nothing is signed before the codes are compared; the words say them once more."""
    committee.page.reload()
    expect(committee.part("trustees-phase")).to_have_attribute("data-phase", "proposing")
    part = committee.part("propose-trustees")
    expect(part.locator("li strong")).to_have_text(codes(ceremony))
    expect(part.locator("[data-test=start-act]")).to_be_disabled()
    part.locator("[name=compared]").check()
    part.locator("[data-test=start-act]").click()
    expect(committee.part("confirm-act")).to_contain_text(codes(ceremony)[0], timeout=ACT_MS)
    committee.part("leave-act").click()
    committee.sign(part)
    expect(committee.part("trustees-phase")).to_have_attribute("data-phase", "confirming", timeout=ACT_MS)


def confirm(supervisor: Official, ceremony: Ceremony) -> None:
    """The supervisor sees whose codes they are; from then on the ceremony is a table."""
    part = supervisor.part("confirm-trustees")
    expect(part.locator("li strong")).to_have_text(codes(ceremony))
    for office in OFFICES:
        expect(part).to_contain_text(office)
    part.locator("[name=compared]").check()
    supervisor.sign(part)
    expect(supervisor.part("ceremony")).to_have_attribute("data-step", "commit", timeout=ACT_MS)
    expect(supervisor.part("ceremony-3").locator("td")).to_have_text(["等"] * 4)


def restart(supervisor: Official) -> None:
    """Another run, for a reason that the page then tells."""
    part: Any = supervisor.part("restart-keys")
    part.locator("summary").click()
    part.locator("[name=reason-restart]").fill("一位受托人换了手机。")
    supervisor.sign(part)
    expect(supervisor.part("ceremony")).to_contain_text("第 2 轮", timeout=ACT_MS)
    expect(supervisor.part("trustees")).to_contain_text("一位受托人换了手机。")
