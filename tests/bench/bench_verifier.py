"""Seconds the browser's verifier takes: the real page in Chromium, over the real reading path, on a meeting of ``n`` ballots."""

import json
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bench_audit
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from wanjia.bootstrap import bootstrap
from wanjia.chain.local_node import LocalNode, free_port
from wanjia.config import load_settings
from wanjia.db.migrate import upgrade
from wanjia.paths import FRONTEND_DIST
from wanjia.web.app import create_app

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE_MS = 300_000


def run(n: int, dist: Path = FRONTEND_DIST) -> dict[str, Any]:
    """Hold a meeting of ``n`` owners who all vote, and open the page that checks it.

    ``page_seconds`` is from the address to the verdict, ``verify_seconds`` what the page itself tells.
    """
    with tempfile.TemporaryDirectory() as folder:
        node = LocalNode(Path(folder) / "chain.json", free_port(), genesis_time=1_760_000_000)
        node.start()
        try:
            world = bench_audit.hold(node, n)
            with _served(Path(folder), node.rpc_url, dist) as site:
                page_seconds, verdict = _opened(f"{site}/audit/verify/{world.registry.address}")
        finally:
            node.kill()
    told = re.search(r"用时 ([\d.]+) 秒", verdict)
    if "全部检查通过" not in verdict or told is None:
        raise AssertionError(f"the bench's own meeting does not hold: {verdict}")
    return {
        "ballots": n,
        "motions": len(bench_audit.MOTIONS),
        "page_seconds": round(page_seconds, 2),
        "verify_seconds": float(told[1]),
    }


@contextmanager
def _served(home: Path, rpc_url: str, dist: Path) -> Iterator[str]:
    """Serve the site over a chain; give its address."""
    port = free_port()
    environment = {
        "WANJIA_HOME": str(home),
        "WANJIA_RPC_URL": rpc_url,
        "WANJIA_BIND": f"127.0.0.1:{port}",
        "WANJIA_OPERATOR_KEY": "33" * 32,
        "WANJIA_DATA_KEY": "11" * 32,
        "WANJIA_SESSION_KEY": "22" * 32,
    }
    settings = load_settings(environment)
    upgrade(settings.database_url)
    server = make_server("127.0.0.1", port, create_app(bootstrap(settings), dist=dist), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()


def _opened(url: str) -> tuple[float, str]:
    """Open the page; give the seconds until its verdict, and what that says."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            page = browser.new_page(locale="zh-CN")
            started = time.perf_counter()
            page.goto(url)
            verdict = page.locator("[data-test=verdict], [data-test=verify-unmade]")
            verdict.wait_for(timeout=PATIENCE_MS)
            return time.perf_counter() - started, verdict.inner_text()
        finally:
            browser.close()


if __name__ == "__main__":
    for figure in sys.argv[1:] or ("10000",):
        sys.stdout.write(json.dumps(run(int(figure))) + "\n")
