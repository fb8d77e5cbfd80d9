"""The logged-in owner: profile and voting key."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask import session as cookie
from flask_openapi3 import APIBlueprint, Tag

from wanjia.identity.key_changes import public_key
from wanjia.identity.keys import checked_key
from wanjia.identity.owners import owner_profile
from wanjia.identity.sessions import end_session
from wanjia.web.policy import owner
from wanjia.web.schemas.common import to_bytes
from wanjia.web.schemas.identity import (
    KeyBody,
    KeyChangeAnswer,
    KeyStateAnswer,
    OwnerAnswer,
    RunningKeyChangeAnswer,
    VetoBody,
    VetoPath,
)
from wanjia.web.services import services

api = APIBlueprint("owner", __name__, url_prefix="/api", abp_tags=[Tag(name="owner", description="业主")])


@api.get("/owner", summary="The logged-in owner", responses={200: OwnerAnswer})
def read_owner() -> dict[str, Any]:
    """The owner's units, weight and key."""
    with services().database.read() as session:
        return OwnerAnswer(**owner_profile(session, services().vault, owner())).model_dump()


@api.post("/owner/key", summary="Register the voting key", responses={202: KeyStateAnswer})
def register_key(body: KeyBody) -> tuple[dict[str, Any], int]:
    """Queue the owner's first key for the registry."""
    state = services().keys.register(owner(), *_key(body))
    return KeyStateAnswer(key_state=state).model_dump(), 202


@api.post("/owner/key/change", summary="Ask for another voting key", responses={202: KeyStateAnswer})
def change_key(body: KeyBody) -> tuple[dict[str, Any], int]:
    """Queue a change of key: the supervisor approves it, then the old key has 48 hours to veto."""
    state = services().keys.change(owner(), *_key(body))
    return KeyStateAnswer(key_state=state).model_dump(), 202


@api.get(
    "/communities/<slug>/key-changes/<int:voter>",
    summary="A voter's key, and a change of it that waits",
    responses={200: RunningKeyChangeAnswer},
)
def read_key_change(path: VetoPath) -> dict[str, Any]:
    """A voter's key and the change of it that can still be vetoed: a phone that holds a key has no session."""
    key, change = public_key(services().database, path.slug, path.voter)
    running = KeyChangeAnswer(**asdict(change)) if change else None
    return RunningKeyChangeAnswer(key=key, change=running).model_dump()


@api.post("/communities/<slug>/key-changes/<int:voter>/veto", summary="Veto a change of key")
def veto_key_change(path: VetoPath, body: VetoBody) -> tuple[dict[str, Any], int]:
    """Carry the old key's veto to the chain, for anyone who brings its signature."""
    services().keys.veto(
        path.slug, path.voter, checked_key(body.new_key), body.effective_at, to_bytes(body.signature)
    )
    return {"state": "queued"}, 202


@api.post("/owner/logout", summary="Log out")
def logout() -> Response:
    """End the session."""
    with services().database.write() as session:
        end_session(session, cookie.pop("owner", ""), services().clock())
    return Response(status=204)


def _key(body: KeyBody) -> tuple[str, bytes | None, bytes]:
    evidence = to_bytes(body.evidence) if body.evidence else None
    return checked_key(body.key), evidence, to_bytes(body.signature)
