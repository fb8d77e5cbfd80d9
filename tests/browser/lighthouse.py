"""Lighthouse's marks (mobile) of the owner's pages: ``make lighthouse`` writes them to ``var/lighthouse.json``."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))

from headless import FLAGS, chromium_path  # noqa: E402
from traces import Place  # noqa: E402

from running_world import sample_running  # noqa: E402

MARKS = ("performance", "accessibility", "best-practices")
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100}
FIGURES = {
    "FCP": "first-contentful-paint",
    "LCP": "largest-contentful-paint",
    "TBT": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
}
"""What the performance mark is made of: milliseconds, and the share of the screen that jumped."""
RUNS, TRIES, _SECONDS = 3, 2, 180


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


def examine(url: str, marks: tuple[str, ...] = MARKS, runs: int = RUNS) -> dict[str, Any]:
    """Let Lighthouse open an address on its slow phone ``runs`` times.

    Give each mark (0 to 100) and each figure as the median, and every audit that cost points in a run.
    """
    reports = [_report(url, marks) for _ in range(runs)]
    given: dict[str, Any] = {
        mark: round(100 * median(report["categories"][mark]["score"] for report in reports)) for mark in marks
    }
    if "performance" in marks:
        given["figures"] = {
            name: round(median(report["audits"][audit]["numericValue"] for report in reports), 3)
            for name, audit in FIGURES.items()
        }
    return {**given, "lost": sorted({audit for report in reports for audit in _lost(report)})}


def _lost(report: dict[str, Any]) -> Iterator[str]:
    """Name the audits that cost points."""
    for category in report["categories"].values():
        for audit in (report["audits"][each["id"]] for each in category["auditRefs"] if each["weight"]):
            if audit["score"] is not None and audit["score"] < 1:
                yield audit["id"]


def _report(url: str, marks: tuple[str, ...]) -> dict[str, Any]:
    """Run Lighthouse once, and once more where it gave no marks: a Chromium that did not start is no page's fault.

    Raises ``RuntimeError`` with what Lighthouse said when the second try fails too.
    """
    said = ""
    for _ in range(TRIES):
        answer = subprocess.run(
            [
                *("node", str(TOP / "node_modules" / "lighthouse" / "cli" / "index.js"), url),
                *("--quiet", "--output=json", f"--only-categories={','.join(marks)}"),
                f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
            ],
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "CHROME_PATH": chromium_path()},
        )
        if answer.returncode == 0:
            report: dict[str, Any] = json.loads(answer.stdout)
            if all(report["categories"][mark]["score"] is not None for mark in marks):
                return report
            said = json.dumps(report.get("runtimeError") or report.get("runWarnings"))
        else:
            said = answer.stderr.decode(errors="replace")
        print(f"Lighthouse gave no marks for {url}: {said}", file=sys.stderr)  # noqa: T201
    raise RuntimeError(f"Lighthouse gave no marks for {url} in {TRIES} tries: {said}")


def _table(place: Place) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, path in owners_pages(place).items():
        row = table[name] = examine(place.url + path)
        marks = (f"{mark} {row[mark]:3}" for mark in MARKS)
        figures = (f"{figure} {value:g}" for figure, value in row["figures"].items())
        print(f"{name:10}", *marks, "|", *figures, "|", *row["lost"])  # noqa: T201
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
