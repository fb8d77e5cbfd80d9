"""Every answer: one error shape in two languages, safe headers, own origin only, bounded bodies."""

import re
from pathlib import Path

import pytest
from requests_of import endpoints
from sqlalchemy.exc import OperationalError

from town import SLUG, URL, Town, assert_problem, build_town, settings_for
from wanjia.db.base import open_engine
from wanjia.db.tables import all_tables
from wanjia.web.app import create_app


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town on SQLite: nothing here depends on the database."""
    made = settings_for(tmp_path, f"sqlite:///{tmp_path / 'test.db'}")
    engine = open_engine(made.database_url)
    all_tables().metadata.create_all(engine)
    engine.dispose()
    return build_town(made)


def test_errors_are_in_the_readers_language(town: Town) -> None:
    """Chinese unless English is asked for."""
    texts = {
        asked: town.browser()
        .http.get("/api/communities/none", headers={"Accept-Language": asked})
        .get_json(force=True)["detail"]
        for asked in ("", "zh-CN,zh;q=0.9", "zh", "en-GB,en;q=0.8", "de", "fr;q=0.9, en;q=0.5")
    }
    chinese, english = "没有找到您要的内容。", "What you asked for was not found."
    assert list(texts.values()) == [chinese, chinese, chinese, english, chinese, english]


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("GET", "/api/none", None, "NOT_FOUND"),
        ("DELETE", "/api/communities", None, "METHOD_NOT_ALLOWED"),
        ("POST", "/api/identity/claims", b"{", "REQUEST_INVALID"),
        ("POST", "/api/identity/claims", b"[" * 200_000, "REQUEST_INVALID"),
        ("POST", "/api/identity/claims", b'"' + b"x" * 1_100_000 + b'"', "TOO_LARGE"),
        ("GET", "/api/communities/garden/meetings/99999999999999999999", None, "REQUEST_INVALID"),
        ("GET", "/api/communities/%00/meetings", None, "REQUEST_INVALID"),
        ("GET", "/api/documents/0x12", None, "REQUEST_INVALID"),
    ],
)
def test_every_error_has_one_shape(town: Town, method: str, path: str, body: bytes | None, code: str) -> None:
    """Whoever raised it: the router, the parser, the limits or the services."""
    answer = town.browser().http.open(
        path, method=method, base_url=URL, data=body, content_type="application/json", headers={"Origin": URL}
    )
    assert_problem(answer, code)


def test_what_was_typed_does_not_come_back(town: Town) -> None:
    """The fields are named, their content is not."""
    claim = town.claim("101", 1) | {"name": "canary\u0007name", "phone": "canary phone " * 20}
    answer = town.browser().post("/identity/claims", claim)
    assert_problem(answer, "REQUEST_INVALID", detail="name, phone")
    assert "canary" not in answer.get_data(as_text=True)


def test_an_unforeseen_error_tells_nothing(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """500 with the usual shape; the log has the place and not the text."""

    def broken() -> str:
        raise RuntimeError("canary in the exception")

    town.app.view_functions["system.read_health"] = broken
    answer = town.browser().get("/health")
    assert_problem(answer, "INTERNAL")
    logged = capsys.readouterr().out
    assert "RuntimeError" in logged
    assert "broken" in logged
    assert "canary" not in logged + answer.get_data(as_text=True)


def test_a_full_disk_is_a_503_that_asks_to_try_again(town: Town) -> None:
    """Nothing was kept, so the same request may come again (T05)."""

    def broken() -> str:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    town.app.view_functions["system.read_health"] = broken
    answer = town.browser().get("/health")
    assert_problem(answer, "STORAGE_UNAVAILABLE")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8000"]
)
def test_other_origins_are_refused(town: Town, origin: str) -> None:
    """Scheme, host and port must be ours."""
    answer = town.browser().post("/owner/logout", headers={"Origin": origin})
    assert_problem(answer, "ORIGIN_REFUSED")


def test_a_cookie_without_an_origin_is_refused(town: Town) -> None:
    """A browser always names one; whoever does not name it must come without a cookie."""
    owner = town.owner()
    assert_problem(owner.post("/owner/logout", headers={}), "ORIGIN_REFUSED")
    assert owner.get("/owner").status_code == 200
    assert_problem(town.browser().post("/identity/claims", {}, headers={}), "REQUEST_INVALID")


def test_this_machine_has_several_names(town: Town) -> None:
    """The names localhost and 127.0.0.1 are the same server on the same port."""
    answer = town.browser().post("/identity/claims", {}, headers={"Origin": "http://localhost:8000"})
    assert_problem(answer, "REQUEST_INVALID")


def test_every_answer_carries_the_headers(town: Town) -> None:
    """No inline scripts, no framing, no sniffing, no caching of answers of the API."""
    for _, method, path in endpoints(town.app):
        answer = town.browser().http.open(path, method=method, base_url=URL, json={}, headers={"Origin": URL})
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "script-src 'self';" in policy or "sandbox" in policy, path
        assert "unsafe-inline" not in policy or path.startswith(("/api/docs", "/api/documents")), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        if path.startswith("/api/") and not path.startswith("/api/doc"):
            assert answer.headers["Cache-Control"] == "no-store", path


def test_the_cookie_is_closed(town: Town) -> None:
    """No script reads it, no other site sends it; over https it is secure and bound to the host."""
    cookie = town.owner().http.get_cookie("wanjia", domain="127.0.0.1")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Strict", "/")
    over_https = town.wanjia.settings.__class__(
        **{
            name: getattr(town.wanjia.settings, name)
            for name in town.wanjia.settings.__dataclass_fields__
            if name != "public_url"
        },
        public_url="https://wanjia.example",
    )
    object.__setattr__(town.wanjia, "settings", over_https)
    app = create_app(town.wanjia, dist=over_https.home / "none", address_limits=False)
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert "max-age" in app.test_client().get("/api/health").headers["Strict-Transport-Security"]


def test_addresses_are_limited(tmp_path: Path, town: Town) -> None:
    """The 61st claim of a minute from one address waits; ballots are never held up."""
    app = create_app(town.wanjia, dist=tmp_path, address_limits=True)
    client = app.test_client()
    answers = [client.post("/api/identity/claims", json={}).status_code for _ in range(61)]
    assert answers == [422] * 60 + [429]
    path = f"/api/communities/{SLUG}/meetings/1/ballots"
    assert {client.post(path, json={}).status_code for _ in range(80)} == {422}


def test_the_documentation_is_complete_and_stays_here(town: Town) -> None:
    """Every API path is described; the page and what it loads come from this server."""
    document = town.browser().get("/openapi.json").get_json()
    described = {re.sub(r"{\w+}", "{}", path) for path in document["paths"]}
    served = {
        re.sub(r"<[^>]+>", "{}", rule.rule)
        for rule in town.app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not rule.endpoint.startswith("docs.")
    }
    assert described == served
    assert document["components"]["schemas"]["Problem"]
    page = town.browser().get("/docs").get_data(as_text=True)
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(links) == 4
    for link in links:
        assert town.browser().http.get(link, base_url=URL).status_code == 200, link
    assert "http" not in page + town.browser().get("/docs/start.js").get_data(as_text=True)
    assert "<script>" not in page


def test_the_outbox_exists_only_where_it_is_asked_for(town: Town) -> None:
    """On a system that sends codes nobody can read them here."""
    object.__setattr__(town.wanjia.settings, "outbox_page", False)
    assert_problem(town.browser().get("/dev/outbox"), "NOT_FOUND")


def test_the_front_end_is_served(tmp_path: Path, town: Town) -> None:
    """Its files as they are, its page for every other address, nothing from outside its folder."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<p>page</p>", encoding="utf-8")
    (dist / "assets" / "app-1a2b.js").write_text("code", encoding="utf-8")
    (tmp_path / "secrets.env").write_text("key", encoding="utf-8")
    client = create_app(town.wanjia, dist=dist, address_limits=False).test_client()
    for path in ("/", "/c/garden", "/outbox"):
        answer = client.get(path)
        assert (answer.get_data(as_text=True), answer.headers["Cache-Control"]) == ("<p>page</p>", "no-cache")
    script = client.get("/assets/app-1a2b.js")
    assert (script.get_data(as_text=True), "immutable" in script.headers["Cache-Control"]) == ("code", True)
    for path in (
        "/assets/none.js",
        "/api/none",
        "/../secrets.env",
        "/%2e%2e/secrets.env",
        "/assets/..%2f..%2fsecrets.env",
    ):
        assert_problem(client.get(path), "NOT_FOUND")


def test_metrics_count_without_saying_who(town: Town) -> None:
    """Endpoints, methods and status codes; no paths."""
    town.browser().get("/communities/canary-slug")
    text = town.browser().http.get("/metrics").get_data(as_text=True)
    assert 'endpoint="communities.read_community",method="GET",status="404"' in text
    assert "canary" not in text


@pytest.mark.parametrize(
    "path", ["/" + "a" * 300, "/assets/" + "a" * 3000 + ".js", "/%00", "/..%2f..%2fetc/passwd"]
)
def test_odd_addresses_of_pages_are_no_errors(town: Town, tmp_path: Path, path: str) -> None:
    """Longer than any file's name, or leading out of the folder: the page or NOT_FOUND, never a 500."""
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "index.html").write_text("<!doctype html>", encoding="utf-8")
    answer = create_app(town.wanjia, dist=dist).test_client().get(path)
    assert answer.status_code in (200, 404)
    assert "root:" not in answer.get_data(as_text=True)
