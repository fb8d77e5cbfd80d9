"""Staff: log-in, log-out."""

from typing import Any

from flask import Response
from flask import session as cookie
from flask_openapi3 import APIBlueprint, Tag

from wanjia.db.community import Community
from wanjia.identity.sessions import end_session, staff_login
from wanjia.identity.staff_log import log_act
from wanjia.web.policy import staff
from wanjia.web.schemas.staff import LoginBody, StaffAnswer
from wanjia.web.services import services

api = APIBlueprint(
    "staff", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="staff", description="工作人员")]
)


@api.post("/login", summary="Log in", responses={200: StaffAnswer})
def login(body: LoginBody) -> dict[str, Any]:
    """Log in with password and TOTP."""
    token = services().staff_entry.enter(body.username, body.password, body.totp)
    cookie.permanent = True
    cookie["staff"] = token
    with services().database.read() as session:
        logged_in = staff_login(session, token, services().clock())
        community = session.get(Community, logged_in.community_id) if logged_in.community_id else None
    return StaffAnswer(
        username=logged_in.username,
        role=logged_in.role,
        community=community.slug if community else None,
        address=logged_in.address,
    ).model_dump()


@api.post("/logout", summary="Log out")
def logout() -> Response:
    """End the session."""
    with services().database.write() as session:
        end_session(session, cookie.pop("staff", ""), services().clock())
        log_act(session, staff(), services().clock(), "logout", "")
    return Response(status=204)


@api.get("/me", summary="Who is logged in", responses={200: StaffAnswer})
def read_me() -> dict[str, Any]:
    """The logged-in member of staff."""
    with services().database.read() as session:
        community = session.get(Community, staff().community_id) if staff().community_id else None
    return StaffAnswer(
        username=staff().username,
        role=staff().role,
        community=community.slug if community else None,
        address=staff().address,
    ).model_dump()
