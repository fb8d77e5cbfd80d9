"""Milliseconds Chromium takes for a secret ballot of five motions, with the processor slowed down six times.

The slowing applies to the page and not to its workers (``page_rate`` and ``worker_rate`` say how many times longer each
took). It needs a core of its own: on a busy machine it slows less than asked, so ``slow_phone_ms`` is the page's measured
time, and at least as many times that at full speed.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))

from headless import open_browser

from proving_page import ProvingPage, order_of, proving_page

ORDER = order_of("five", ["for", "against", "abstain", "for", "against"])
SLOWER = 6
TIMES = 5


def run() -> dict[str, Any]:
    """Make ballots in the page and in a worker, at full speed and slowed down; each in a page opened anew."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_browser() as browser,
        proving_page(browser, Path(folder)) as page,
    ):
        figures: dict[str, Any] = {"motions": len(ORDER["choices"]), "slower": SLOWER}
        for name, rate in (("full", 1), ("slow", SLOWER)):
            page.slow_down(rate)
            figures[f"{name}_page_ms"] = _median(page, lambda: page.ask("inPage", ORDER)["milliseconds"])
            figures[f"{name}_worker_ms"] = _median(page, lambda: page.ask("beside", ORDER)["worker"])
    figures["page_rate"] = round(figures["slow_page_ms"] / figures["full_page_ms"], 1)
    figures["worker_rate"] = round(figures["slow_worker_ms"] / figures["full_worker_ms"], 1)
    asked = SLOWER * figures["full_page_ms"]
    return figures | {"slow_phone_ms": max(figures["slow_page_ms"], asked)}


def _median(page: ProvingPage, measure: Callable[[], float]) -> int:
    def once() -> float:
        page.reopen()
        return measure()

    return round(statistics.median(once() for _ in range(TIMES)))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run()) + "\n")
