"""The committee at the desk: a broken roll is explained, a good one imported, an open meeting followed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from official import DESKTOP, PHONE, Official
from playwright.sync_api import Browser, expect

from wanjia.roll.writing import to_csv
from wanjia.sample.buildings import SAMPLE_COMMUNITY, entrances_of, sample_entrances
from wanjia.sample.mistakes import plant_mistakes
from wanjia.sample.roll import sample_roll
from wanjia.simulation.sample_world import SEED, read_sample_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

WORK_MS = 60_000


@pytest.fixture
def committee(chromium: Browser, running_world: Any) -> Iterator[Official]:
    """Log the committee in."""
    found = read_sample_world(running_world.system.settings.home)
    assert found is not None
    official = Official(chromium, running_world.url, found[1]["committee"])
    official.log_in()
    yield official
    official.close()


def hand_in(committee: Official, file: Path) -> None:
    """Choose a file and have it checked."""
    committee.page.set_input_files("[data-test=roll-file]", file)
    committee.part("check-roll").click()


def test_a_roll_is_corrected_imported_and_a_meeting_followed(
    committee: Official, running_world: Any, tmp_path: Path
) -> None:
    """Findings by row; sums and changes before the confirmation; the building map with its figures; a phone's width."""
    page = committee.page
    rows = sample_roll(entrances_of(sample_entrances(), SAMPLE_COMMUNITY), SEED)
    broken, planted = plant_mistakes([dict(row) for row in rows], 1)
    space = next(dict(row) for row in rows if row["use"] == "车位") | {"number": "Z-999"}
    (tmp_path / "broken.csv").write_bytes(to_csv(broken, "zh-CN"))
    (tmp_path / "good.csv").write_bytes(to_csv([*rows, space], "zh-CN"))

    committee.go("/desk/roll/import")
    hand_in(committee, tmp_path / "broken.csv")
    findings = committee.part("findings")
    expect(findings).to_be_visible(timeout=WORK_MS)
    first = min(mistake.row for mistake in planted)
    expect(findings.locator("tbody tr", has_text=str(first)).first).to_be_visible()
    expect(committee.part("confirm-roll")).to_have_count(0)
    page.set_viewport_size(PHONE)
    committee.fits()
    with page.expect_download() as download:
        committee.part("save-findings").click()
    listed = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(listed.splitlines()) > len(planted)

    committee.part("roll-again").click()
    hand_in(committee, tmp_path / "good.csv")
    expect(committee.part("roll-changes")).to_contain_text("Z-999", timeout=WORK_MS)
    heads = committee.part("roll-heads").inner_text()
    committee.part("confirm-roll").click()
    expect(committee.part("roll-imported")).to_be_visible(timeout=WORK_MS)
    committee.go("/desk/roll")
    expect(committee.part("roll-heads")).to_have_text(heads)

    committee.go(f"/desk/meetings/{running_world.open_meeting}/follow")
    places = committee.part("building-map").locator("[data-place]")
    expect(places.first).to_contain_text("%")
    assert all(each.get_attribute("data-shade") in ("few", "some", "reached") for each in places.all())
    expect(committee.part("turnout-curve").locator("canvas")).to_be_visible(timeout=WORK_MS)
    committee.part("show-absent").click()
    expect(committee.part("absent-count")).to_be_visible()
    committee.fits()
    page.set_viewport_size(DESKTOP)
    committee.fits()
