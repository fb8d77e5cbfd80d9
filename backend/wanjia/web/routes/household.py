"""Who speaks here, and the tenants and family an owner lets in."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask import session as cookie
from flask_openapi3 import APIBlueprint, Tag

from wanjia.deliberation.residents import ResidentLogin
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import end_session
from wanjia.meetings.lookup import find_community
from wanjia.web.policy import owner, resident
from wanjia.web.schemas.common import CommunityPath
from wanjia.web.schemas.household import (
    HouseholdAnswer,
    HouseholdInvitationAnswer,
    HouseholdTokenPath,
    InviteAnswer,
    InviteBody,
    JoinAnswer,
    JoinBody,
    MemberPath,
    ResidentAnswer,
)
from wanjia.web.services import services

_COMMUNITY = "/communities/<slug>"

api = APIBlueprint(
    "household", __name__, url_prefix="/api", abp_tags=[Tag(name="deliberation", description="议事")]
)


@api.get(f"{_COMMUNITY}/resident", summary="Who I am here", responses={200: ResidentAnswer})
def read_resident(path: CommunityPath) -> dict[str, Any]:
    """Kind, place, and how many followed concerns have news."""
    del path
    me = resident()
    unread = services().concerns.unread(me)
    return ResidentAnswer(
        kind=me.kind, building=me.building, entrance=me.entrance, unread=unread
    ).model_dump()


@api.post(f"{_COMMUNITY}/resident/logout", summary="Log out of a household's session")
def logout(path: CommunityPath) -> Response:
    """End the session a link opened on this device; an owner's own goes on."""
    del path
    with services().database.write() as session:
        end_session(session, cookie.pop("resident", ""), services().clock())
    return Response(status=204)


@api.get(f"{_COMMUNITY}/household", summary="My household", responses={200: HouseholdAnswer})
def read_household(path: CommunityPath) -> dict[str, Any]:
    """The owner's members and open invitations."""
    return HouseholdAnswer(**asdict(services().households.read(_head(path.slug)))).model_dump()


@api.post(f"{_COMMUNITY}/household/invitations", summary="Invite a member", responses={201: InviteAnswer})
def invite_member(path: CommunityPath, body: InviteBody) -> tuple[dict[str, Any], int]:
    """Make a link for one tenant or member of the family; it works once, for 7 days."""
    token, expires_at = services().households.invite(_head(path.slug), body.kind, body.name)
    return InviteAnswer(token=token, expires_at=expires_at).model_dump(), 201


@api.delete(f"{_COMMUNITY}/household/invitations/<int:member>", summary="Take an invitation back")
def take_back_invitation(path: MemberPath) -> Response:
    """Let a link work no more."""
    services().households.take_back(_head(path.slug), path.member)
    return Response(status=204)


@api.delete(f"{_COMMUNITY}/household/<int:member>", summary="End a membership")
def end_member(path: MemberPath) -> Response:
    """Let a member speak no more; their session ends."""
    services().households.end(_head(path.slug), path.member)
    return Response(status=204)


@api.get("/household/<token>", summary="An invitation", responses={200: HouseholdInvitationAnswer})
def read_invitation(path: HouseholdTokenPath) -> dict[str, Any]:
    """What a link is for; never who sent it."""
    return HouseholdInvitationAnswer(**asdict(services().households.invitation(path.token))).model_dump()


@api.post("/household", summary="Join a household", responses={201: JoinAnswer})
def join_household(body: JoinBody) -> tuple[dict[str, Any], int]:
    """Join by a link; this device is logged in for 180 days."""
    slug = services().households.invitation(body.token).community
    token, me = services().households.join(body.token)
    cookie.permanent = True
    cookie["resident"] = token
    return JoinAnswer(
        community=slug, kind=me.kind, building=me.building, entrance=me.entrance
    ).model_dump(), 201


def _head(slug: str) -> ResidentLogin:
    """The logged-in owner as a resident of this community."""
    with services().database.read() as session:
        if find_community(session, slug).id != owner().community_id:
            raise Refusal("NOT_FOUND")
    return services().residents.of_owner(owner())
