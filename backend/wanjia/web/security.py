"""Cookies, origins, sizes and headers: what every request and answer must keep to."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request

from wanjia.config import Settings
from wanjia.domain.errors import Refusal

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_BYTES = 1024 * 1024
UPLOAD_BYTES = {
    "identity.ask_review": 41 * 1024 * 1024,
    "staff_meetings.write_draft": 60 * 1024 * 1024,
    "staff_roll.take_upload": 17 * 1024 * 1024,
    "staff_plans.add_plan_document": 12 * 1024 * 1024,
    "concerns.raise_concern": 41 * 1024 * 1024,
    "staff_concerns.answer_concern": 41 * 1024 * 1024,
}
"""Largest body of the endpoints that take files; everything else takes ``BODY_BYTES``."""
FORM_PARTS = 16
COOKIE_SECONDS = 180 * 24 * 3600
"""As long as the longest log-in, a household's; each log-in itself ends by its row in the database."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
CONTENT_POLICY = _POLICY.format(style="")
DOCS_POLICY = _POLICY.format(style=" 'unsafe-inline'")
"""Swagger UI writes style attributes; scripts stay those of this server."""
_EVERYWHERE = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
)
_STRICT = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"http": 80, "https": 443}


def secure(app: Flask, settings: Settings) -> None:
    """Set cookies and sizes, and check and mark every request and answer."""
    https = settings.public_url.startswith("https:")
    strict = speaks_only_https(settings)
    app.config.update(
        SECRET_KEY=settings.session_key,
        SESSION_COOKIE_NAME="__Host-wanjia" if https else "wanjia",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=COOKIE_SECONDS,
        MAX_CONTENT_LENGTH=BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=64 * 1024,
        MAX_FORM_PARTS=FORM_PARTS,
    )
    app.before_request(_allow_upload)
    app.before_request(lambda: check_origin(request, settings.public_url, app.config["SESSION_COOKIE_NAME"]))
    app.after_request(lambda response: _mark(response, strict=strict))


def check_origin(given: Request, public_url: str, cookie: str) -> None:
    """Refuse an unsafe request from another site.

    A browser always names the origin. A request that names none and brings no cookie speaks for nobody: a
    second relayer handing in signed ballots, say.
    """
    if given.method in SAFE_METHODS:
        return
    origin = given.headers.get("Origin")
    if origin is None and cookie not in given.cookies:
        return
    if origin is None or not same_origin(origin, public_url):
        raise Refusal("ORIGIN_REFUSED")


def disposition(media_type: str) -> str:
    """Show pictures and texts, hand over PDFs: browsers show none inside the sandbox that such files get."""
    return "attachment" if media_type == "application/pdf" else "inline"


@lru_cache(maxsize=256)
def same_origin(one: str, other: str) -> bool:
    """Compare two origins; the names of this machine are one."""
    return _parts(one) == _parts(other)


def _parts(origin: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(origin)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None
    host = parts.hostname or ""
    return parts.scheme, "loopback" if host in _LOOPBACK else host, port


def _allow_upload() -> None:
    allowed = UPLOAD_BYTES.get(request.endpoint or "")
    if allowed is not None:
        request.max_content_length = allowed


def speaks_only_https(settings: Settings) -> bool:
    """Tell whether browsers shall insist on HTTPS for a year.

    Never with a home-made certificate: it is for a day, and a phone that was told so could not go past its warning.
    """
    return settings.public_url.startswith("https:") and settings.certificates is None


def fixed_headers(settings: Settings) -> list[tuple[str, str]]:
    """Headers of every answer of the API that says nothing else of them."""
    headers = [*_EVERYWHERE, ("Content-Security-Policy", CONTENT_POLICY), ("Cache-Control", "no-store")]
    return [*headers, _STRICT] if speaks_only_https(settings) else headers


def _mark(response: Response, *, strict: bool) -> Response:
    docs = request.path.startswith("/api/docs")
    headers = response.headers
    headers.setdefault("Content-Security-Policy", DOCS_POLICY if docs else CONTENT_POLICY)
    for name, value in _EVERYWHERE:
        headers[name] = value
    if strict:
        headers[_STRICT[0]] = _STRICT[1]
    if request.path.startswith("/api/") and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response
