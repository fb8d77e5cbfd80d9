"""The installed app: it starts without a network, keeps nothing of the API, and is renewed when the reader says so."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from phone import Phone
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from town import build_town, settings_for
from wanjia.db.base import open_engine
from wanjia.db.tables import all_tables
from wanjia.paths import FRONTEND_DIST
from wanjia.web.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

KEPT = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
  const requests = await Promise.all(caches_.map((each) => each.keys()))
  return requests.flat().map((request) => new URL(request.url).pathname)
}"""
READY = "async () => { await navigator.serviceWorker.ready }"


def test_the_app_starts_without_a_network(phone: Phone) -> None:
    """After one visit every page of the owner's way opens offline, with what the phone keeps of the meeting."""
    meeting = f"/c/{phone.world.slug}/m/{phone.world.open_meeting}"
    phone.go(meeting)
    title = phone.page.locator("h1").inner_text()
    phone.page.evaluate(READY)
    phone.context.set_offline(True)
    phone.page.reload()
    expect(phone.page.locator("h1")).to_have_text(title)
    phone.page.goto(f"{phone.world.url}{meeting}/vote")
    expect(phone.part("motion").first).to_be_visible()
    phone.page.goto(f"{phone.world.url}/c/{phone.world.slug}/identity")
    expect(phone.page.locator("h1")).to_be_visible()


def test_nothing_of_the_api_or_the_desk_is_kept(phone: Phone) -> None:
    """What the worker keeps is the owner's shell: no answers, no pages of staff, no charts."""
    phone.go(f"/c/{phone.world.slug}/m/{phone.world.finished_meeting}/result")
    phone.page.evaluate(READY)
    kept = phone.page.evaluate(KEPT)
    assert "/index.html" in kept
    assert any(path.startswith("/assets/index") for path in kept)
    assert [path for path in kept if path.startswith(("/api", "/metrics"))] == []
    apart = ("desk-", "Desk", "auditor-", "echarts", "pdf")
    assert [path for path in kept if path.removeprefix("/assets/").startswith(apart)] == []


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A small community served with a build of its own, which a test may renew."""
    dist = tmp_path / "dist"
    shutil.copytree(FRONTEND_DIST, dist)
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'test.db'}")
    engine = open_engine(settings.database_url)
    all_tables().metadata.create_all(engine)
    engine.dispose()
    app = create_app(build_town(settings).wanjia, dist=dist, address_limits=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    running = threading.Thread(target=server.serve_forever)
    running.start()
    yield f"http://127.0.0.1:{server.port}", dist
    server.shutdown()
    running.join()


def _renew(page: Page, dist: Path) -> None:
    """Put a newer version on the server, and let the browser look for it now instead of later."""
    (dist / "sw.js.gz").unlink()
    worker = dist / "sw.js"
    worker.write_text(worker.read_text() + "\n// newer\n")
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).update() }")


def test_a_newer_version_waits_until_the_reader_says_so(chromium: Browser, site: tuple[str, Path]) -> None:
    """It is offered, never where something is typed; the page goes on until then, and what the phone keeps stays."""
    url, dist = site
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(url)
        page.evaluate(READY)
        page.reload()  # from now on the worker serves the page
        page.evaluate("window.mark = 1; localStorage.setItem('mark', 'kept')")
        _renew(page, dist)
        note = page.locator("[data-test=update]")
        expect(note).to_be_visible()
        assert page.evaluate("window.mark") == 1
        page.locator("[data-test=start-newer]").click()
        page.wait_for_function("window.mark === undefined")
        expect(page.locator("h1")).to_be_visible()
        expect(note).to_have_count(0)
        assert page.evaluate("localStorage.getItem('mark')") == "kept"
        assert page.evaluate("async () => (await navigator.serviceWorker.ready).waiting") is None
