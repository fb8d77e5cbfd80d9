"""The browser's prover of secret ballots on a page of its own, served under the site's content security policy."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from wanjia.paths import TOP
from wanjia.web.security import CONTENT_POLICY

FRONTEND = TOP / "frontend"
FORMS = json.loads((TOP / "tests" / "vectors" / "wsb-ballots.json").read_text(encoding="utf-8"))["forms"]


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Add the policy that the site sends."""
        self.send_header("Content-Security-Policy", CONTENT_POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class ProvingPage:
    """The page, open in a browser."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._throttle = page.context.new_cdp_session(page)

    def ask(self, what: str, order: dict[str, Any], *more: Any) -> Any:
        """Ask one of the page's functions (``frontend/tests/wsb/page/main.ts``)."""
        return self._page.evaluate(f"given => proving.{what}(...given)", [order, *more])

    def slow_down(self, rate: float) -> None:
        """Let the page's processor seem ``rate`` times slower, as a slow phone's."""
        self._throttle.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def reopen(self) -> None:
        """Begin anew, with no table made and nothing compiled."""
        self._page.reload()


@contextmanager
def proving_page(browser: Browser, folder: Path) -> Iterator[ProvingPage]:
    """Build the page into ``folder``, serve it and open it; afterwards nothing was refused or went wrong in it."""
    node = shutil.which("node")
    assert node is not None, "Node.js is missing"
    vite = TOP / "node_modules" / "vite" / "bin" / "vite.js"
    config = ["--config", "vite.proving.config.ts", "--outDir", str(folder), "--logLevel", "warn"]
    subprocess.run([node, str(vite), "build", *config], cwd=FRONTEND, check=True, capture_output=True)
    with _served(folder) as url:
        context = browser.new_context()
        try:
            page = context.new_page()
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            page.goto(url)
            yield ProvingPage(page)
            assert faults == []
        finally:
            context.close()


def order_of(form: str, choices: list[str], voter: int = 7) -> dict[str, Any]:
    """Give what the page is asked: a form of the golden vectors and choices."""
    return {"form": FORMS[form], "voter": voter, "choices": choices}
