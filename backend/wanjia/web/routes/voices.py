"""What residents do with a concern that stands; each answers with the concern as it is then."""

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.domain.errors import Refusal
from wanjia.web.policy import resident
from wanjia.web.routes.concerns import own
from wanjia.web.schemas.concerns import (
    ConcernAnswer,
    ConcernPath,
    EntryPath,
    RateBody,
    SeenBody,
    WithdrawBody,
    WordsBody,
)
from wanjia.web.services import services

api = APIBlueprint(
    "voices",
    __name__,
    url_prefix="/api/communities/<slug>/concerns/<int:number>",
    abp_tags=[Tag(name="deliberation", description="议事")],
)


@api.put("/support", summary="Stand behind a concern", responses={200: ConcernAnswer})
def support_concern(path: ConcernPath) -> dict[str, Any]:
    """Support and follow it; one support a person."""
    services().voices.support(resident(), path.number)
    return own(path.number)


@api.delete("/support", summary="Stand behind it no more", responses={200: ConcernAnswer})
def unsupport_concern(path: ConcernPath) -> dict[str, Any]:
    """Take one's support back."""
    services().voices.unsupport(resident(), path.number)
    return own(path.number)


@api.put("/follow", summary="Follow a concern", responses={200: ConcernAnswer})
def follow_concern(path: ConcernPath) -> dict[str, Any]:
    """Be told of what happens to it."""
    services().voices.follow(resident(), path.number)
    return own(path.number)


@api.delete("/follow", summary="Follow it no more", responses={200: ConcernAnswer})
def unfollow_concern(path: ConcernPath) -> dict[str, Any]:
    """Be told no more."""
    services().voices.unfollow(resident(), path.number)
    return own(path.number)


@api.post("/comments", summary="Comment", responses={201: ConcernAnswer})
def comment_on_concern(path: ConcernPath, body: WordsBody) -> tuple[dict[str, Any], int]:
    """Say something that every reader of a public concern reads."""
    services().voices.comment(resident(), path.number, body.text)
    return own(path.number), 201


@api.post("/talk", summary="Talk with the grid", responses={201: ConcernAnswer})
def talk_on_concern(path: ConcernPath, body: WordsBody) -> tuple[dict[str, Any], int]:
    """Say something to the grid alone, about one's own concern."""
    services().voices.talk(resident(), path.number, body.text)
    return own(path.number), 201


@api.post("/withdraw", summary="Take one's concern back", responses={200: ConcernAnswer})
def withdraw_concern(path: ConcernPath, body: WithdrawBody) -> dict[str, Any]:
    """Withdraw it while nobody else supports it."""
    services().voices.withdraw(resident(), path.number, body.reason)
    return own(path.number)


@api.post("/rate", summary="Say whether it is settled", responses={200: ConcernAnswer})
def rate_concern(path: ConcernPath, body: RateBody) -> dict[str, Any]:
    """Close one's concern, or send it one level up with the reason."""
    if not body.settled and not body.reason:
        raise Refusal("REQUEST_INVALID", detail="reason")
    services().voices.rate(resident(), path.number, body.reason, settled=body.settled)
    return own(path.number)


@api.post("/entries/<entry>/appeal", summary="Appeal against hiding", responses={201: ConcernAnswer})
def appeal_hiding(path: EntryPath, body: WordsBody) -> tuple[dict[str, Any], int]:
    """Appeal once against the hiding of one's own words."""
    entry = None if path.entry == "raised" else int(path.entry)
    services().voices.appeal(resident(), path.number, entry, body.text)
    return own(path.number), 201


@api.post("/seen", summary="Note what was read")
def note_seen(path: ConcernPath, body: SeenBody) -> Response:
    """Note the last entry that was read."""
    services().voices.seen(resident(), path.number, body.entry)
    return Response(status=204)
