"""The privacy check at the desk: before a secret meeting is convened, and once its roll is sealed."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.privacy.figures import Figures
from wanjia.privacy.judging import reasons, verdict
from wanjia.web.policy import staff
from wanjia.web.schemas.common import MeetingPath, to_hex
from wanjia.web.schemas.plans import PlanPath
from wanjia.web.schemas.privacy import (
    BarAnswer,
    CheckDocumentAnswer,
    FiguresAnswer,
    MeetingPrivacyAnswer,
    PlanPrivacyAnswer,
)
from wanjia.web.services import services

api = APIBlueprint(
    "staff_privacy", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="staff", description="工作人员")]
)


@api.get("/plans/<int:plan>/privacy", summary="Privacy check of a plan", responses={200: PlanPrivacyAnswer})
def check_plan_privacy(path: PlanPath) -> dict[str, Any]:
    """How easily the published sums could name single owners of the plan's scope, and the document that says it."""
    found = services().privacy.plan(staff(), path.plan)
    document = found.document
    return PlanPrivacyAnswer(
        figures=_figures(found.figures),
        bars=[BarAnswer(units=units, owners=owners) for units, owners in found.bars],
        roll_at=found.subject.roll_at,
        document=CheckDocumentAnswer(
            name=document.name, hash=to_hex(document.hash), text=document.content.decode()
        ),
    ).model_dump()


@api.get(
    "/communities/<slug>/meetings/<int:meeting>/privacy",
    summary="Privacy check of a secret meeting",
    responses={200: MeetingPrivacyAnswer},
)
def read_meeting_privacy(path: MeetingPath) -> dict[str, Any]:
    """What the frozen document says, and the same figures of the sealed roll."""
    found = services().privacy.meeting(staff(), path.slug, path.meeting)
    return MeetingPrivacyAnswer(
        document=to_hex(found.document) if found.document else None,
        reported=_figures(found.reported) if found.reported else None,
        sealed=_figures(found.sealed) if found.sealed else None,
    ).model_dump()


def _figures(figures: Figures) -> FiguresAnswer:
    judged = {"verdict": verdict(figures), "reasons": list(reasons(figures))}
    return FiguresAnswer.model_validate({**asdict(figures), **judged})
