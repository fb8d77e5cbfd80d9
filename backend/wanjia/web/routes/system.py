"""The system about itself, and the development outbox."""

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.domain.errors import Refusal
from wanjia.identity.sender import OutboxSender
from wanjia.lan.certificates import authority_bytes
from wanjia.web.health import health
from wanjia.web.schemas.system import HealthAnswer, OutboxLine
from wanjia.web.services import services

api = APIBlueprint("system", __name__, url_prefix="/api", abp_tags=[Tag(name="system", description="系统")])


@api.get("/health", summary="How the system is", responses={200: HealthAnswer})
def read_health() -> dict[str, Any]:
    """How far the index is, what waits for the chain, and which processes are well."""
    with services().database.read() as session:
        return health(session, services().clock()).model_dump()


@api.get("/authority.crt", summary="The home-made certificate authority")
def read_authority() -> Response:
    """What a phone on the local network may trust (DER); only where this server made its certificate itself."""
    folder = services().settings.certificates
    if folder is None:
        raise Refusal("NOT_FOUND")
    response = Response(authority_bytes(folder), content_type="application/x-x509-ca-cert")
    response.headers["Content-Disposition"] = "attachment; filename=wanjia.crt"
    return response


@api.get("/dev/outbox", summary="Messages of the development outbox")
def read_outbox() -> list[dict[str, Any]]:
    """The last messages; only where WANJIA_OUTBOX_PAGE=1. Never on a system with real owners."""
    if not services().settings.outbox_page:
        raise Refusal("NOT_FOUND")
    with services().database.read() as session:
        return [
            OutboxLine(to_masked=to_masked, text=text, sent_at=sent_at).model_dump()
            for to_masked, text, sent_at in OutboxSender(services().vault).latest(session)
        ]
