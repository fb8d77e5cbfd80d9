"""Communities, meetings, results and documents: what anyone may read."""

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.meetings.documents import read
from wanjia.web.schemas.common import CommunityPath, MeetingPath, to_bytes
from wanjia.web.schemas.communities import (
    CommunityAnswer,
    DocumentPath,
    MeetingAnswer,
    ResultAnswer,
    TurnoutAnswer,
    VoterLineAnswer,
    VoterPath,
)
from wanjia.web.security import disposition
from wanjia.web.services import services

_DOCUMENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

api = APIBlueprint(
    "communities", __name__, url_prefix="/api", abp_tags=[Tag(name="communities", description="小区和会议")]
)


@api.get("/communities", summary="Communities")
def list_communities() -> list[dict[str, str]]:
    """Every community of this system."""
    return services().meetings.communities()


@api.get("/communities/<slug>", summary="One community", responses={200: CommunityAnswer})
def read_community(path: CommunityPath) -> dict[str, Any]:
    """A community with its contracts."""
    return CommunityAnswer(**services().meetings.community(path.slug)).model_dump()


@api.get("/communities/<slug>/meetings", summary="Meetings")
def list_meetings(path: CommunityPath) -> list[dict[str, Any]]:
    """A community's meetings, the latest first."""
    return services().meetings.meetings(path.slug)


@api.get("/communities/<slug>/meetings/<int:meeting>", summary="One meeting", responses={200: MeetingAnswer})
def read_meeting(path: MeetingPath) -> dict[str, Any]:
    """A meeting: what was frozen, its texts, its roll, who took part so far."""
    return MeetingAnswer(**services().meetings.meeting(path.slug, path.meeting)).model_dump()


@api.get(
    "/communities/<slug>/meetings/<int:meeting>/voters/<int:voter>",
    summary="A voter's line of the roll",
    responses={200: VoterLineAnswer},
)
def read_voter(path: VoterPath) -> dict[str, Any]:
    """The area a voter index has on the meeting's roll, and whether it has voted: as the chain shows anyone."""
    return VoterLineAnswer(**services().meetings.voter_line(path.slug, path.meeting, path.voter)).model_dump()


@api.get(
    "/communities/<slug>/meetings/<int:meeting>/turnout", summary="Turnout", responses={200: TurnoutAnswer}
)
def read_turnout(path: MeetingPath) -> dict[str, Any]:
    """Who took part so far, against the roll."""
    return TurnoutAnswer(**services().meetings.turnout(path.slug, path.meeting)).model_dump()


@api.get("/communities/<slug>/meetings/<int:meeting>/result", summary="Result", responses={200: ResultAnswer})
def read_result(path: MeetingPath) -> dict[str, Any]:
    """The result as the contract computes it."""
    return ResultAnswer(**services().results.result(path.slug, path.meeting)).model_dump()


@api.get("/documents/<hash>", summary="A document by its hash")
def read_document(path: DocumentPath) -> Response:
    """A published document; it never runs as a page of this site."""
    with services().database.read() as session:
        document = read(session, to_bytes(path.hash))
    text = document.media_type.startswith("text/")
    response = Response(
        document.content, content_type="text/plain; charset=utf-8" if text else document.media_type
    )
    response.headers["Content-Disposition"] = disposition(document.media_type)
    response.headers["Content-Security-Policy"] = _DOCUMENT_POLICY
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
