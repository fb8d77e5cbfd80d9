"""The short way of a ballot: past the framework, straight to intake.

In a meeting's last hour a whole community hands in at once, and the framework's work for a request costs several
times the ballot's own. This way can only say yes: it reads with the same schema, calls the same service and
sends the same headers as the ordinary way. Whatever it does not know, or intake refuses, is left to the ordinary
way and its one error handler.
"""

import io
import json
import re
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask
from pydantic import ValidationError
from pydantic_core import from_json

from wanjia.bootstrap import Wanjia
from wanjia.web.observing import Observer
from wanjia.web.schemas.ballots import BallotBody, received
from wanjia.web.schemas.common import to_bytes
from wanjia.web.security import fixed_headers, same_origin

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENDPOINT = "ballots.receive_ballot"
REFUSED = "wanjia.refused"
"""Where the ordinary way finds what intake raised, so that a ballot is not handed in twice."""
_PATH = re.compile(r"/api/communities/([a-z0-9-]{1,64})/meetings/([1-9][0-9]{0,8})/ballots")
_MOST_BYTES = 4096
_STATUS = {201: "201 CREATED", 200: "200 OK"}
_LOG_SECONDS = 1.0

log = structlog.get_logger()


class DirectBallots:
    """Wraps the application; everything but a plain ballot goes through to it."""

    def __init__(self, app: Flask, wanjia: Wanjia, observer: Observer) -> None:
        self.ordinary: WSGIApplication = app.wsgi_app
        self._intake = wanjia.intake
        self._public_url = wanjia.settings.public_url
        self._headers = [("Content-Type", "application/json"), *fixed_headers(wanjia.settings)]
        self._observer = observer
        self._guard = threading.Lock()
        self._logged, self._since = time.monotonic(), 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a ballot that is accepted, or pass the request on."""
        began = time.perf_counter()
        place = _PATH.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
        if place is None or not self._is_plain(environ):
            return self.ordinary(environ, start_response)
        raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        try:
            body = BallotBody.model_validate(from_json(raw, allow_inf_nan=False))
        except (ValidationError, ValueError):
            return self._pass_on(raw, environ, start_response)
        try:
            receipt = self._intake.receive(
                place[1], int(place[2]), body.voter, int(body.choices), to_bytes(body.signature)
            )
        except Exception as error:  # noqa: BLE001  the one error handler answers it
            environ[REFUSED] = error
            return self._pass_on(raw, environ, start_response)
        answer = json.dumps(received(receipt), separators=(",", ":"), sort_keys=True).encode() + b"\n"
        status = 200 if receipt.repeated else 201
        start_response(_STATUS[status], [*self._headers, ("Content-Length", str(len(answer)))])
        self._observer.count(ENDPOINT, "POST", status, time.perf_counter() - began)
        self._log_now_and_then()
        return (answer,)

    def _is_plain(self, environ: "WSGIEnvironment") -> bool:
        """Tell whether the head of a request leaves nothing to decide."""
        length, origin = environ.get("CONTENT_LENGTH", ""), environ.get("HTTP_ORIGIN")
        return (
            length.isdecimal()
            and int(length) <= _MOST_BYTES
            and environ.get("CONTENT_TYPE", "").partition(";")[0] == "application/json"
            and ("HTTP_COOKIE" not in environ if origin is None else same_origin(origin, self._public_url))
        )

    def _pass_on(self, raw: bytes, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        environ["wsgi.input"] = io.BytesIO(raw)
        return self.ordinary(environ, start)

    def _log_now_and_then(self) -> None:
        """Log how many were received, once a second; the metrics know each."""
        with self._guard:
            self._since += 1
            now = time.monotonic()
            if now - self._logged < _LOG_SECONDS:
                return
            count, self._since, self._logged = self._since, 0, now
        log.info("ballots.received", count=count)


def raise_refused(environ: dict[str, Any]) -> None:
    """Raise what intake raised on the short way, if this request came that way."""
    error = environ.get(REFUSED)
    if error is not None:
        raise error
