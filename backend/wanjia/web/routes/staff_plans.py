"""Meetings in preparation: the committee's unfinished work, checked at every save."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.domain.errors import Refusal
from wanjia.meetings.documents import Attachment
from wanjia.meetings.lookup import find_community
from wanjia.meetings.places import places_of
from wanjia.meetings.plans import PlanView
from wanjia.web.parsing import decoded_base64
from wanjia.web.policy import staff
from wanjia.web.schemas.common import CommunityPath, WeightAnswer, to_bytes, to_hex
from wanjia.web.schemas.plans import (
    DraftedAnswer,
    DraftPlanBody,
    FindingAnswer,
    NewPlanBody,
    PlacesAnswer,
    PlanAnswer,
    PlanContent,
    PlanDocumentBody,
    PlanDocumentLine,
    PlanDocumentPath,
    PlanLine,
    PlanPath,
    PlansQuery,
    SavePlanBody,
    ScheduleAnswer,
)
from wanjia.web.schemas.staff import CallAnswer
from wanjia.web.services import services
from wanjia.web.texts import text_of

api = APIBlueprint(
    "staff_plans", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="staff", description="工作人员")]
)


@api.get("/plans", summary="Meetings in preparation")
def list_plans(query: PlansQuery) -> list[dict[str, Any]]:
    """The community's unfinished meetings, the latest change first."""
    return [
        PlanLine(
            plan=plan.id,
            title=plan.content["title"],
            step=plan.content["step"],
            motions=len(plan.content["motions"]),
            opens_at=plan.content["opens_at"],
            changed_at=plan.changed_at,
            meeting=meeting,
        ).model_dump()
        for plan, meeting in services().plans.listed(staff(), query.community)
    ]


@api.post("/plans", summary="Begin a meeting", responses={201: PlanAnswer})
def create_plan(body: NewPlanBody) -> tuple[dict[str, Any], int]:
    """Store the beginning of a meeting."""
    return _plan(services().plans.create(staff(), body.community, body.content.model_dump())), 201


@api.get("/plans/<int:plan>", summary="One meeting in preparation", responses={200: PlanAnswer})
def read_plan(path: PlanPath) -> dict[str, Any]:
    """What is written, every finding at once, the dates the rules make, who is asked."""
    return _plan(services().plans.read(staff(), path.plan))


@api.put("/plans/<int:plan>", summary="Save a meeting in preparation", responses={200: PlanAnswer})
def save_plan(path: PlanPath, body: SavePlanBody) -> dict[str, Any]:
    """Save what is written, finished or not, and answer with the findings."""
    return _plan(services().plans.save(staff(), path.plan, body.revision, body.content.model_dump()))


@api.delete("/plans/<int:plan>", summary="Throw a meeting in preparation away")
def discard_plan(path: PlanPath) -> Response:
    """Delete the plan and its documents; a meeting convened from it stays."""
    services().plans.discard(staff(), path.plan)
    return Response(status=204)


@api.post("/plans/<int:plan>/documents", summary="Add a document", responses={201: PlanAnswer})
def add_plan_document(path: PlanPath, body: PlanDocumentBody) -> tuple[dict[str, Any], int]:
    """Keep a document for the meeting; it is published when the meeting is convened."""
    content = decoded_base64(body.content_base64)
    if content is None:
        raise Refusal("DOCUMENT_INVALID", document=1)
    attachment = Attachment(body.name, body.media_type, content)
    return _plan(services().plans.add_document(staff(), path.plan, attachment)), 201


@api.delete(
    "/plans/<int:plan>/documents/<int:document>", summary="Remove a document", responses={200: PlanAnswer}
)
def remove_plan_document(path: PlanDocumentPath) -> dict[str, Any]:
    """Remove a document from a meeting in preparation."""
    return _plan(services().plans.remove_document(staff(), path.plan, path.document))


@api.post("/plans/<int:plan>/draft", summary="The call that convenes it", responses={201: DraftedAnswer})
def draft_plan(path: PlanPath, body: DraftPlanBody) -> tuple[dict[str, Any], int]:
    """Check once more, publish texts and documents by their hashes, and give the call to sign."""
    shown = to_bytes(body.privacy) if body.privacy else None
    drafted = services().plans.draft(staff(), path.plan, body.revision, shown)
    call = CallAnswer(to=drafted.act.to, data=to_hex(drafted.act.data))
    answer = DraftedAnswer(draft=drafted.id, convening=drafted.convening.as_json(), act=call)
    return answer.model_dump(), 201


@api.get("/communities/<slug>/places", summary="Buildings and entrances", responses={200: PlacesAnswer})
def read_places(path: CommunityPath) -> dict[str, Any]:
    """Buildings and entrances with their owners and areas, to choose a meeting's scope from."""
    with services().database.read() as session:
        community = find_community(session, path.slug)
        if community.id != staff().community_id:
            raise Refusal("NOT_FOUND")
        places = places_of(session, community.id)
    return PlacesAnswer.model_validate({"buildings": [asdict(place) for place in places]}).model_dump()


def _plan(view: PlanView) -> dict[str, Any]:
    plan, checked = view.plan, view.checked
    return PlanAnswer(
        plan=plan.id,
        revision=plan.revision,
        changed_at=plan.changed_at,
        meeting=view.meeting,
        signed=view.signed,
        content=PlanContent.model_validate(plan.content),
        documents=[
            PlanDocumentLine(
                id=each.id, name=each.name, media_type=each.media_type, size=each.size, hash=to_hex(each.hash)
            )
            for each in view.documents
        ],
        findings=[
            FindingAnswer(
                field=each.field,
                code=each.code,
                text=text_of(each.code, each.values),
                values=dict(each.values),
            )
            for each in checked.findings
        ],
        dates=ScheduleAnswer(**asdict(checked.dates)),
        scope=WeightAnswer(area=checked.scope.area, heads=checked.scope.heads),
        convening=checked.convening.as_json() if checked.convening else None,
        privacy=to_hex(checked.privacy) if checked.privacy else None,
    ).model_dump()
