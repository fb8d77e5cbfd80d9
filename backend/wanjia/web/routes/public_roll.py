"""A meeting's published roll, and what owners say is wrong with it."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.web.policy import owner
from wanjia.web.schemas.common import MeetingPath, WeightAnswer
from wanjia.web.schemas.roll import (
    PublicLineAnswer,
    PublicRollAnswer,
    RollObjectionAnswer,
    RollObjectionBody,
    RollObjectionsAnswer,
)
from wanjia.web.services import services

api = APIBlueprint(
    "public_roll",
    __name__,
    url_prefix="/api/communities/<slug>/meetings/<int:meeting>",
    abp_tags=[Tag(name="communities", description="小区和会议")],
)


@api.get("/roll", summary="The published roll", responses={200: PublicRollAnswer})
def read_public_roll(path: MeetingPath) -> dict[str, Any]:
    """Units with their areas, no names, from the publication on."""
    found = services().meeting_rolls.public(path.slug, path.meeting)
    return PublicRollAnswer(
        state=found.state,
        scope=found.scope,
        parking=found.rule.parking,
        storerooms=found.rule.storerooms,
        published_at=found.published_at,
        objections_until=found.objections_until,
        sealed_at=found.sealed_at,
        on_chain=WeightAnswer(**asdict(found.on_chain)),
        agrees=found.agrees,
        lines=[PublicLineAnswer(**asdict(line)) for line in found.lines],
    ).model_dump()


@api.get("/my-roll-objections", summary="My objections to the roll", responses={200: RollObjectionsAnswer})
def list_my_objections(path: MeetingPath) -> dict[str, Any]:
    """The logged-in owner's objections, with the committee's answers."""
    found = services().roll_objections.of_owner(owner(), path.slug, path.meeting)
    return RollObjectionsAnswer(
        objections=[RollObjectionAnswer(**asdict(each)) for each in found]
    ).model_dump()


@api.post("/my-roll-objections", summary="Object to a line of the roll", responses={201: RollObjectionAnswer})
def object_to_roll(path: MeetingPath, body: RollObjectionBody) -> tuple[dict[str, Any], int]:
    """Say what is wrong with a line, or which one is missing, before the roll is sealed."""
    address = body.building, body.entrance, body.number
    taken = services().roll_objections.object(owner(), path.slug, path.meeting, address, body.text)
    return RollObjectionAnswer(**asdict(taken)).model_dump(), 201
