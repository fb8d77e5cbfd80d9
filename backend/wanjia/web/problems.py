"""The one place where something that went wrong becomes an answer (RFC 9457)."""

import json
import re
from http import HTTPStatus

import structlog
from flask import Flask, Response, request
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from wanjia.chain.client import ChainUnavailable
from wanjia.domain.errors import Refusal
from wanjia.web.failures import place_of
from wanjia.web.texts import language, text_of

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = 5
_BY_STATUS = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 413: "TOO_LARGE", 429: "TOO_MANY_REQUESTS"}
_FIELDS_NAMED = 5
_FIELD = re.compile(r"[A-Za-z0-9_.,\[\]-]+")
"""A name that a schema may have: what somebody put in a field's place does not come back."""

log = structlog.get_logger()


def register_problems(app: Flask) -> None:
    """Answer every exception with a problem."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """Turn an exception into a problem in the reader's language.

    What was not foreseen is logged by its place.
    """
    refusal = _refusal(error)
    if refusal.code == "INTERNAL":
        log.error(
            "request.failed", endpoint=request.endpoint, error=type(error).__name__, place=place_of(error)
        )
    response = Response(json.dumps(problem(refusal), ensure_ascii=False), refusal.status)
    response.headers["Content-Type"] = CONTENT_TYPE
    response.headers["Content-Language"] = language()
    if refusal.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    if isinstance(error, HTTPException) and error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return response


def problem(refusal: Refusal) -> dict[str, object]:
    """Give the one JSON shape of every error."""
    return {
        "type": f"urn:wanjia:problem:{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        "values": refusal.values,
        "detail": text_of(refusal.code, refusal.values),
    }


def refuse_invalid(error: ValidationError) -> Response:
    """Refuse a request that does not fit its schema, naming the fields and never what was in them."""
    fields = [".".join(str(part) for part in each["loc"]) for each in error.errors(include_input=False)]
    known = (name[:60] if _FIELD.fullmatch(name) else "body" for name in fields[:_FIELDS_NAMED])
    shown = ", ".join(dict.fromkeys(known))
    raise Refusal("REQUEST_INVALID", detail=shown) from None


def _refusal(error: Exception) -> Refusal:  # noqa: PLR0911  one line a kind
    """Give the refusal that an exception amounts to."""
    match error:
        case Refusal():
            return error
        case RequestEntityTooLarge():
            return Refusal("TOO_LARGE", limit=f"{(request.max_content_length or 0) // 1024} KB")
        case HTTPException():
            fallback = (
                "REQUEST_INVALID" if (error.code or 500) < HTTPStatus.INTERNAL_SERVER_ERROR else "INTERNAL"
            )
            code = _BY_STATUS.get(error.code or 0, fallback)
            return Refusal(code, **({"detail": error.name} if code == "REQUEST_INVALID" else {}))
        case RecursionError():
            return Refusal("REQUEST_INVALID", detail="body")
        case OperationalError() | PoolTimeout():
            return Refusal("STORAGE_UNAVAILABLE")
        case ChainUnavailable():
            return Refusal("CHAIN_UNAVAILABLE")
        case _:
            return Refusal("INTERNAL")
