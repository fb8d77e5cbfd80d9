"""What is said in a meeting's course: reasons, objections, answers."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.meetings.statements import Statement, read_statements
from wanjia.web.schemas.common import MeetingPath, to_bytes, to_hex
from wanjia.web.schemas.courses import (
    ExtensionAnswer,
    ObjectionAnswer,
    ObjectionBody,
    ObjectionTaken,
    SaidAnswer,
    StatementsAnswer,
)
from wanjia.web.services import services

api = APIBlueprint(
    "objections",
    __name__,
    url_prefix="/api/communities/<slug>/meetings/<int:meeting>",
    abp_tags=[Tag(name="communities", description="小区和会议")],
)


@api.get("/statements", summary="Reasons, objections, answers", responses={200: StatementsAnswer})
def read_meeting_statements(path: MeetingPath) -> dict[str, Any]:
    """The texts behind the hashes of a meeting's course."""
    found = read_statements(services().database, path.slug, path.meeting)
    return StatementsAnswer(
        extensions=[
            ExtensionAnswer(closes_at=each.closes_at, reason=_said(each.reason)) for each in found.extensions
        ],
        objections=[
            ObjectionAnswer(
                number=each.number,
                content=_said(each.content),
                answer=_said(each.answer) if each.answer else None,
            )
            for each in found.objections
        ],
        voided=_said(found.voided) if found.voided else None,
    ).model_dump()


@api.post("/objections", summary="Object to a result", responses={202: ObjectionTaken})
def raise_objection(path: MeetingPath, body: ObjectionBody) -> tuple[dict[str, Any], int]:
    """Publish an owner's objection and carry its signed hash to the chain."""
    taken = services().objections.raise_objection(
        path.slug, path.meeting, body.voter, body.text, body.salt, to_bytes(body.signature)
    )
    return ObjectionTaken(hash=to_hex(taken), state="queued").model_dump(), 202


def _said(statement: Statement) -> SaidAnswer:
    return SaidAnswer(**asdict(statement) | {"hash": to_hex(statement.hash)})
