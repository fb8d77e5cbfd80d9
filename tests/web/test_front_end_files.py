"""The built front end as it is sent: gzipped to whoever takes it, kept for ever or asked for again."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from town import Town
from wanjia.web.app import create_app

SCRIPT = b"console.log('ten thousand homes')\n" * 100


@pytest.fixture
def client(town: Town, tmp_path: Path) -> FlaskClient:
    """A browser on a site whose build is a page, a script with a gzipped copy, a worker and a manifest."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    for name in ("index.html", "sw.js", "manifest.webmanifest", "assets/page-abc.js"):
        (dist / name).write_bytes(SCRIPT)
    for name in ("index.html", "assets/page-abc.js"):
        (dist / f"{name}.gz").write_bytes(gzip.compress(SCRIPT))
    return create_app(town.wanjia, dist=dist, address_limits=False).test_client()


@pytest.mark.parametrize(
    ("path", "kind"), [("/assets/page-abc.js", "text/javascript"), ("/c/a", "text/html")]
)
@pytest.mark.parametrize("taken", ["gzip, br", "br", "gzip;q=0", ""])
def test_who_takes_gzip_gets_it(client: FlaskClient, path: str, kind: str, taken: str) -> None:
    """The same file under the same type, smaller; caches keep the two apart and each has a tag of its own."""
    answer = client.get(path, headers={"Accept-Encoding": taken})
    zipped = taken.startswith("gzip,")
    assert answer.headers.get("Content-Encoding") == ("gzip" if zipped else None)
    assert (gzip.decompress(answer.data) if zipped else answer.data) == SCRIPT
    assert answer.mimetype == kind
    assert answer.headers["Vary"] == "Accept-Encoding"
    again = client.get(path, headers={"Accept-Encoding": taken, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    other = client.get(path, headers={"Accept-Encoding": "" if zipped else "gzip"})
    assert other.headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("/assets/page-abc.js", "text/javascript", "public, max-age=31536000, immutable"),
        ("/sw.js", "text/javascript", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/", "text/html", "no-cache"),
    ],
)
def test_only_named_by_content_is_kept_for_ever(client: FlaskClient, path: str, kind: str, kept: str) -> None:
    """A service worker that a phone kept for a year would keep its old pages for a year."""
    answer = client.get(path)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == (kind, kept)
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
