"""The page that checks a meeting in the browser: every check on an honest chain, and the failing one on a tampered answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak
from phone import Phone
from playwright.sync_api import Route, expect

from wanjia.audit.checks import CHECKS
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

VERDICT_MS = 120_000
CAST = "0x" + keccak(text="BallotsCast(uint256,bytes)").hex()
SUMMARY_OF = "0x" + keccak(text="summaryOf(uint256)").hex()[:8]
PART_HEADS = 2 + 64 * 15 + 63
"""Where the last digit of the heads that took part stands in an answer of ``summaryOf``."""


def opened(phone: Phone, path: str = "verify") -> Any:
    """Open the page on the finished meeting and wait for its verdict."""
    world = phone.world
    phone.page.goto(f"{world.url}/audit/{world.slug}/m/{world.finished_meeting}/{path}")
    verdict = phone.part("verdict")
    verdict.wait_for(timeout=VERDICT_MS)
    return verdict


def failing(phone: Phone) -> set[str]:
    """Ids of the checks that the page says fail."""
    lines = phone.page.locator("[data-check][data-ok=false]").all()
    return {str(line.get_attribute("data-check")) for line in lines}


def test_every_check_holds_on_the_finished_meeting(phone: Phone, tmp_path: Path) -> None:
    """The verdict, every check, the recount, and a report like that of the command line, with the same figures."""
    verdict = opened(phone)
    expect(verdict).to_contain_text("全部检查通过")
    shown = [line.get_attribute("data-check") for line in phone.page.locator("[data-check]").all()]
    assert list(CHECKS) == shown
    assert set() == failing(phone)
    with phone.page.expect_download() as download:
        phone.part("download").click()
    saved = tmp_path / "report.json"
    download.value.save_as(saved)
    said = json.loads(saved.read_text(encoding="utf-8"))
    registry = phone.page.request.get(f"{phone.world.url}/api/communities/{phone.world.slug}").json()["chain"]
    reader = RpcReader(phone.world.system.settings.rpc_url)
    report = audit(reader, registry["registry"], meeting=phone.world.finished_meeting)
    assert report.as_json()["result"]["meetings"] == said["result"]["meetings"]
    assert {"ok", "checks", "result"} == set(said)
    assert all({"id", "ok", "detail"} == set(check) for check in said["checks"])
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_tampered_answer_names_its_check(phone: Phone) -> None:
    """One head more in what the contract answers: the page names the check, first of all."""

    def tamper(route: Route) -> None:
        asked = route.request.post_data_json
        response = route.fetch()
        answers = response.json()
        for question, answer in zip(asked, answers, strict=True):
            call = question["params"][0] if question["method"] == "eth_call" else {"data": ""}
            if call["data"].startswith(SUMMARY_OF):
                told = answer["result"]
                digit = format(int(told[PART_HEADS], 16) ^ 1, "x")
                answer["result"] = told[:PART_HEADS] + digit + told[PART_HEADS + 1 :]
        route.fulfill(response=response, json=answers)

    phone.context.route("**/api/rpc", tamper)
    expect(opened(phone)).to_contain_text("1 项检查没有通过")
    assert {"tally.participation"} == failing(phone)
    first = phone.page.locator("[data-check]").first
    assert "tally.participation" == first.get_attribute("data-check")


def test_a_silent_node_gives_no_verdict(phone: Phone) -> None:
    """Where nothing answers, the page says that it could not be checked, and why; never that it holds."""
    phone.context.route("**/api/rpc", lambda route: route.fulfill(status=503, body="away"))
    world = phone.world
    phone.page.goto(f"{world.url}/audit/{world.slug}/m/{world.finished_meeting}/verify")
    phone.part("verify-unmade").wait_for(timeout=VERDICT_MS)
    expect(phone.part("verify-unmade")).to_contain_text("HTTP 503")
    expect(phone.part("verdict")).to_have_count(0)
    phone.faults = [fault for fault in phone.faults if "503" not in fault]
