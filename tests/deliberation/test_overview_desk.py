"""Each figure of the overview is as long as the list it leads to, for everyone who may look."""

from pathlib import Path

import pytest
from speaking import DESK, answered, fresh_town, raised

from town import Town
from wanjia.domain.concerns import DAY


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town on SQLite."""
    return fresh_town(tmp_path)


def test_every_figure_leads_to_a_list_of_its_length(town: Town) -> None:
    """By state, level, kind, building and what is overdue; a private concern counts for those who may read it."""
    owner, worker = town.owner(), town.staff("grid_worker")
    raised(owner, "request-1")
    raised(owner, "request-2", kind="noise", urgent="true")
    raised(owner, "request-3", kind="noise", building="", public="false")
    answered(worker)
    town.clock.now += DAY
    for role, seen in (("committee", 2), ("grid_worker", 2), ("grid_head", 2), ("supervisor", 2)):
        reader = town.staff(role)
        shown = reader.get(f"{DESK}/overview?days=30").get_json()
        assert (role, shown["sum"]["total"]) == (role, seen)
        for field, query in (("states", "state"), ("kinds", "kind"), ("buildings", "building")):
            for count in shown[field]:
                name = {"raised": "open", "taken": None}.get(count["name"], count["name"])
                if name in {None, "closed", "withdrawn", ""}:
                    continue
                listed = reader.get(f"{DESK}?{query}={name}").get_json()["total"]
                assert (role, field, name, listed) == (role, field, name, count["total"])
        overdue = reader.get(f"{DESK}?overdue=true").get_json()["total"]
        assert overdue == shown["sum"]["overdue"] == 1
        assert shown["first_answer"] == {"count": 1, "median": 0, "ninth_tenth": 0}


def test_residents_and_clerks_see_no_figures(town: Town) -> None:
    """The overview is the desk's: of those who read concerns there."""
    assert town.owner().get(f"{DESK}/overview").status_code in {401, 403}
    assert town.staff("clerk").get(f"{DESK}/overview").status_code == 403
