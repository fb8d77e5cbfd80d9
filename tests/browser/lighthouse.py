"""Lighthouse's marks (mobile) of the owner's pages: ``make lighthouse`` writes them to ``var/lighthouse.json``."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))

from headless import FLAGS, chromium_path  # noqa: E402
from traces import Place  # noqa: E402

from running_world import sample_running  # noqa: E402

MARKS = ("performance", "accessibility", "best-practices")
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100}
_SECONDS = 180


def owners_pages(place: Place) -> dict[str, str]:
    """The pages an owner meets on the way to a ballot and after it."""
    home = f"/c/{place.slug}"
    return {
        "community": home,
        "identity": f"{home}/identity",
        "meeting": f"{home}/m/{place.open_meeting}",
        "vote": f"{home}/m/{place.open_meeting}/vote",
        "result": f"{home}/m/{place.finished_meeting}/result",
    }


def examine(url: str, marks: tuple[str, ...] = MARKS) -> dict[str, Any]:
    """Let Lighthouse open an address on its slow phone; give each mark (0 to 100) and what costs points."""
    answer = subprocess.run(
        [
            *("node", str(TOP / "node_modules" / "lighthouse" / "cli" / "index.js"), url),
            *("--quiet", "--output=json", f"--only-categories={','.join(marks)}"),
            f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
        ],
        capture_output=True,
        check=True,
        timeout=_SECONDS,
        env={**os.environ, "CHROME_PATH": chromium_path()},
    )
    report = json.loads(answer.stdout)
    lost = [
        audit["id"]
        for category in report["categories"].values()
        for audit in (report["audits"][each["id"]] for each in category["auditRefs"] if each["weight"])
        if audit["score"] is not None and audit["score"] < 1
    ]
    given = {name: round(100 * report["categories"][name]["score"]) for name in marks}
    return {**given, "lost": sorted(lost)}


def _table(place: Place) -> dict[str, Any]:
    table = {name: examine(place.url + path) for name, path in owners_pages(place).items()}
    for name, row in table.items():
        print(f"{name:10}", *(f"{mark} {row[mark]:3}" for mark in MARKS), *row["lost"])  # noqa: T201
    return table


def main() -> None:
    """Examine each page of a sample world; status 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a sample world that is running; without it one is made")
    parser.add_argument("--home", type=Path, default=Path("var"), help="its home folder")
    chosen = parser.parse_args()
    if chosen.url:
        table = _table(Place.of(chosen.home, chosen.url))
    else:
        with (
            tempfile.TemporaryDirectory(prefix="wanjia-lighthouse-") as home,
            sample_running(Path(home)) as world,
        ):
            table = _table(Place.of(Path(home), world.url))
    written = TOP / "var" / "lighthouse.json"
    written.parent.mkdir(exist_ok=True)
    written.write_text(json.dumps({"goals": GOALS, "pages": table}, indent=2) + "\n", encoding="utf-8")
    sys.exit(any(row[mark] < goal for row in table.values() for mark, goal in GOALS.items()))


if __name__ == "__main__":
    main()
