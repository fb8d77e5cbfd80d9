"""What a meeting's pages tell an owner: whether and why not to vote, its course, what a motion needs, and by itself."""

import pytest
import requests
from phone import Phone
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

LIVE_MS = 15_000
"""How long a change may take to show on a page that is left alone."""


def test_a_meeting_says_where_it_stands_and_what_it_asks(phone: Phone) -> None:
    """The step it is at, each motion's majority in a sentence, what abstaining does, why a stranger cannot vote."""
    world = phone.world
    path = f"/c/{world.slug}/m"
    for meeting, step in ((world.open_meeting, "正在投票"), (world.notice_meeting, "公示业主名册")):
        phone.go(f"{path}/{meeting}")
        current = phone.part("course").locator("[aria-current=step]")
        expect(current).to_have_count(1)
        expect(current).to_contain_text(step)
    phone.go(f"{path}/{world.finished_meeting}")
    expect(phone.part("course").locator("li.done")).to_have_count(8)
    expect(phone.page.locator("[data-answer=counted]")).to_be_visible()
    phone.go(f"{path}/{world.open_meeting}")
    expect(phone.page.locator("[data-answer=guest]")).to_be_visible()
    expect(phone.part("first")).to_be_visible()
    needs = phone.part("needs").all_inner_texts()
    assert ["四分之三" in each for each in needs] == [False, False, False, True]
    expect(phone.part("abstaining")).to_contain_text("不算同意")


def test_an_owner_sees_units_and_weight_before_voting(voting_phone: Phone) -> None:
    """The units on the community's page; on the meeting's page the area that its roll holds for this owner."""
    world = voting_phone.world
    profile = voting_phone.page.evaluate("fetch('/api/owner').then((answer) => answer.json())")
    expect(voting_phone.part("units").locator("li")).to_have_count(len(profile["units"]))
    area = f"{profile['area'] // 100:,}.{profile['area'] % 100:02}"
    expect(voting_phone.part("weight")).to_contain_text(area)
    voting_phone.go(f"/c/{world.slug}/m/{world.open_meeting}")
    expect(voting_phone.part("weight-here")).to_contain_text(f"1 人，{area}")
    line = f"/api/communities/{world.slug}/meetings/{world.open_meeting}/voters/{profile['voter']}"
    voting_phone.page.route(f"**{line}", lambda route: route.fulfill(json={"area": 0, "ballot": "none"}))
    voting_phone.page.reload()
    expect(voting_phone.page.locator("[data-answer=notOnRoll]")).to_be_visible()
    expect(voting_phone.part("vote")).to_have_count(0)


def test_a_page_that_waits_changes_by_itself(phone: Phone) -> None:
    """Turnout grows and the meeting closes while the page lies open; a server that is away changes nothing."""
    world = phone.world
    path = f"/api/communities/{world.slug}/meetings/{world.open_meeting}"
    meeting = requests.get(world.url + path, timeout=10).json()
    answers = [meeting, meeting | {"part": {"area": meeting["part"]["area"] + 8935, "heads": 613}}]
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 2:
            route.abort()
        else:
            route.fulfill(json=answers[min(len(asked) - 1, 1)])

    phone.page.route(f"**{path}", answer)
    phone.go(f"/c/{world.slug}/m/{world.open_meeting}")
    turnout = phone.part("turnout")
    expect(turnout).to_contain_text(str(meeting["part"]["heads"]))
    expect(turnout).to_contain_text("613", timeout=2 * LIVE_MS)
    answers[1] = meeting | {"state": "closed"}
    expect(phone.page.locator("[data-answer=closed]")).to_be_visible(timeout=LIVE_MS)


def test_each_outcome_is_drawn_and_said(phone: Phone) -> None:
    """Two bars a motion whose words agree with the verdict the contract gave."""
    world = phone.world
    result = requests.get(
        f"{world.url}/api/communities/{world.slug}/meetings/{world.finished_meeting}/result", timeout=10
    ).json()
    phone.go(f"/c/{world.slug}/m/{world.finished_meeting}/result")
    cards = phone.part("outcome").all()
    assert len(cards) == len(result["motions"])
    for card, motion in zip(cards, result["motions"], strict=True):
        said = [bar.get_attribute("aria-label") or "" for bar in card.get_by_role("img").all()]
        assert [each[:3] for each in said] == ["按人数", "按面积"]
        assert all(each.endswith("，达到") for each in said) is motion["passed"]
