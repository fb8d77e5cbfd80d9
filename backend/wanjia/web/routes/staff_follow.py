"""Following a meeting: who took part, where and when, and who not yet. Never how anyone voted."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.web.policy import staff
from wanjia.web.schemas.common import MeetingPath
from wanjia.web.schemas.follow import AbsentAnswer, AbsentBody, AbsentUnitAnswer, FollowAnswer, PointAnswer
from wanjia.web.services import services

api = APIBlueprint(
    "staff_follow",
    __name__,
    url_prefix="/api/staff/communities/<slug>/meetings/<int:meeting>",
    abp_tags=[Tag(name="staff", description="工作人员")],
)


@api.get("/follow", summary="Turnout by building and entrance", responses={200: FollowAnswer})
def read_follow(path: MeetingPath) -> dict[str, Any]:
    """Turnout so far, what two thirds still lack, buildings and entrances, the curve over time."""
    found = services().followings.follow(staff(), path.slug, path.meeting)
    shown = asdict(found)
    shown["curve"] = [PointAnswer(at=point.at, **asdict(point.part)) for point in found.curve]
    return FollowAnswer.model_validate(shown).model_dump()


@api.post("/absent", summary="Units whose owners have not voted", responses={200: AbsentAnswer})
def list_absent(path: MeetingPath, body: AbsentBody) -> dict[str, Any]:
    """For reminding them. The look and what it was for are logged."""
    units = services().followings.absent(staff(), path.slug, path.meeting, body.purpose)
    return AbsentAnswer(units=[AbsentUnitAnswer(**asdict(unit)) for unit in units]).model_dump()
