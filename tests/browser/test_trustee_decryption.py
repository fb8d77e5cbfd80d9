"""A trustee decrypts in a real browser, beside a simulated one: own recount, both stages, the declared result."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from eth_utils import keccak
from playwright.sync_api import Browser, Page, Route, expect

from secret_town import SecretMeetingRun, SecretTown
from wanjia.domain.ballots import Choice, pack_choices
from wanjia.simulation.people import Voter

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("secret_town")]

PASSPHRASE = "seven quiet lanterns"  # noqa: S105  of a throw-away seed
STEP_MS = 60_000
SEAL_HASH_OF = "0x" + keccak(text="sealHashOf(uint256)").hex()[:8]
BROWSER_SEAT, BESIDE, IDLE = 1, 2, 3


@pytest.fixture(scope="module")
def meeting(secret_town: SecretTown) -> SecretMeetingRun:
    """Convene a meeting with invitations out."""
    made = secret_town.convene()
    made.invite()
    return made


@pytest.fixture(scope="module")
def desk(chromium: Browser, meeting: SecretMeetingRun) -> Iterator[Page]:
    """Hold the browser of the trustee on the first seat, who helped to make the keys of a meeting that is over now."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", accept_downloads=True
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    _join(page, meeting)
    meeting.seat_simulated(BESIDE, IDLE)
    meeting.confirm()
    with meeting.beside(BESIDE, IDLE):
        for step in ("commit", "reveal", "deal", "approve"):
            button = f"[data-scene=act][data-step={step}] [data-test=act]:not(.van-button--loading)"
            page.locator(button).click(timeout=STEP_MS)
        page.locator("[data-scene=complete]").wait_for(timeout=STEP_MS)
    meeting.open()
    meeting.run.wait_recorded(meeting.cast_chosen(_on_the_edge(meeting.quorum())))
    meeting.seal()
    yield page
    assert faults == []
    context.close()


def _join(page: Page, meeting: SecretMeetingRun) -> None:
    page.goto(meeting.trustee_page(BROWSER_SEAT))
    page.fill("[name=passphrase]", PASSPHRASE)
    page.fill("[name=again]", PASSPHRASE)
    page.locator("[data-test=make-seed]").click()
    with page.expect_download():
        page.locator("[data-test=save-file]").click()
    page.check("[name=kept]")
    page.check("[name=written]")
    page.locator("[data-test=confirm-file]").click()
    page.locator("[data-scene=waiting]").wait_for(timeout=STEP_MS)


def _on_the_edge(voters: list[Voter]) -> dict[Voter, int]:
    """All are for the first motion; the second has half of the area and a few square metres more, and most heads."""
    random = Random("on the edge")
    part = sum(voter.area for voter in voters)
    while True:
        random.shuffle(voters)
        in_favour = set(voters[: len(voters) // 2 + 2])
        over = 2 * sum(voter.area for voter in in_favour) - part
        if 0 < over < 2_000:
            break
    second = {True: Choice.FOR, False: Choice.AGAINST}
    return {voter: pack_choices([Choice.FOR, second[voter in in_favour]]) for voter in voters}


def _state(page: Page, state: str) -> None:
    page.locator(f"[data-test=decryption][data-state={state}]").wait_for(timeout=STEP_MS)


def _falsify(route: Route) -> None:
    """Let the node answer with another seal than the contract's."""
    asked: Any = route.request.post_data_json
    response = route.fetch()
    answers = response.json()
    for question, answer in zip(asked, answers, strict=True):
        if question["method"] == "eth_call" and question["params"][0]["data"].startswith(SEAL_HASH_OF):
            told = answer["result"]
            answer["result"] = told[:-1] + format(int(told[-1], 16) ^ 1, "x")
    route.fulfill(response=response, json=answers)


def test_a_falsified_seal_is_refused_and_nothing_is_sent(
    desk: Page, meeting: SecretMeetingRun, tmp_path: Path
) -> None:
    """One digit of the seal is another: no button to decrypt, a reason, and a file of it without any secret."""
    desk.context.route("**/api/rpc", _falsify)
    desk.goto(f"{meeting.world.url}{meeting.path}/trustee")
    desk.fill("[name=passphrase]", PASSPHRASE)
    desk.locator("[data-test=unlock]").click()
    _state(desk, "refused")
    expect(desk.locator("[data-refusal]")).to_have_count(1)
    expect(desk.locator("[data-refusal=otherSeal]")).to_contain_text("封存的数字")
    expect(desk.locator("[data-test=decrypt]")).to_have_count(0)
    with desk.expect_download() as download:
        desk.locator("[data-test=save-refusal]").click()
    saved = tmp_path / "refusal.json"
    download.value.save_as(saved)
    told = json.loads(saved.read_text(encoding="utf-8"))
    assert [("otherSeal", ["tally.seal"])] == [(one["reason"], one["checks"]) for one in told["refusals"]]
    assert ["tally.seal"] == [check["id"] for check in told["checks"] if not check["ok"]]
    assert "seed" not in told
    assert [] == meeting.board()["stage"]["posted"]
    desk.context.unroute("**/api/rpc", _falsify)


def test_a_trustee_recounts_then_decrypts_both_stages(desk: Page, meeting: SecretMeetingRun) -> None:
    """What the browser found agrees with who voted; its share and a simulated trustee's open what is then declared."""
    desk.goto(f"{meeting.world.url}{meeting.path}/trustee")
    desk.fill("[name=passphrase]", PASSPHRASE)
    desk.locator("[data-test=unlock]").click()
    _state(desk, "found")
    expect(desk.locator("[data-test=findings]")).to_contain_text(f"{len(meeting.quorum())} 张")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360
    desk.locator("[data-test=decrypt]").click()
    _state(desk, "shared")
    assert [(BROWSER_SEAT, 8)] == [
        (one["trustee"], one["shares"]) for one in meeting.board()["stage"]["posted"]
    ]
    with meeting.beside(BESIDE):
        desk.get_by_text("还需要精确面积", exact=False).first.wait_for(timeout=STEP_MS)
        _state(desk, "found")
        desk.locator("[data-test=decrypt]").click()
        _state(desk, "opened")
        meeting.run.wait_declared()
    voters = len(meeting.quorum())
    expect(desk.locator("[data-sum='0/0/0']")).to_have_text(f"{voters} 人")
    exact = meeting.result()["motions"][1]["in_favour"]["area"]
    expect(desk.locator("[data-sum='1/2/0']")).to_contain_text(f"{exact // 100:,}.{exact % 100:02}")
    desk.locator("[data-test=to-result]").click()
    expect(desk.locator("h1")).to_be_visible()
    assert desk.url.endswith(f"{meeting.path}/result")
