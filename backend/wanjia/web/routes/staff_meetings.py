"""The committee's drafts, and the calls of a meeting's course."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.domain.errors import Refusal
from wanjia.meetings.documents import Attachment
from wanjia.meetings.drafts import Call, Draft
from wanjia.meetings.motions import Wording
from wanjia.meetings.rules import Rules
from wanjia.meetings.statements import publish_statement, statement_document
from wanjia.meetings.steps import StepInput
from wanjia.web.parsing import decoded_base64
from wanjia.web.policy import staff
from wanjia.web.schemas.common import MeetingPath, to_bytes, to_hex
from wanjia.web.schemas.courses import (
    HappenedAnswer,
    OfficialCourseAnswer,
    StatementAnswer,
    StatementBody,
    StepStateAnswer,
)
from wanjia.web.schemas.staff import CallAnswer, DraftAnswer, DraftBody, StepAnswer, StepPath, StepQuery
from wanjia.web.services import services

api = APIBlueprint(
    "staff_meetings", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="staff", description="工作人员")]
)


@api.post("/meetings", summary="Draft a meeting", responses={201: DraftAnswer})
def write_draft(body: DraftBody) -> tuple[dict[str, Any], int]:
    """Check a meeting against the law, store it, and give the call that convenes it."""
    drafted = services().drafts.write(staff(), body.community, _draft(body))
    answer = DraftAnswer(draft=drafted.id, convening=drafted.convening.as_json(), act=_call(drafted.act))
    return answer.model_dump(), 201


@api.get(
    "/communities/<slug>/meetings/<int:meeting>/acts/<name>",
    summary="The call to sign next",
    responses={200: StepAnswer},
)
def read_step(path: StepPath, query: StepQuery) -> dict[str, Any]:
    """The calls of consent, publish-roll, seal-roll, extend, answer-objection or void."""
    given = StepInput(query.closes_at, query.objection, to_bytes(query.hash) if query.hash else None)
    calls = [
        _call(call) for call in services().steps.calls(staff(), path.slug, path.meeting, path.name, given)
    ]
    return StepAnswer(to=calls[0].to, data=calls[0].data, calls=calls).model_dump()


@api.get(
    "/communities/<slug>/meetings/<int:meeting>/course",
    summary="A meeting's course",
    responses={200: OfficialCourseAnswer},
)
def read_course(path: MeetingPath) -> dict[str, Any]:
    """What happened, and every step: who may take it, from when, until when, and why not yet."""
    course = services().courses.course(staff(), path.slug, path.meeting)
    history = [
        HappenedAnswer(event=each.event, at=each.at, transaction=to_hex(each.transaction))
        for each in course.history
    ]
    steps = [StepStateAnswer(**asdict(step)) for step in course.steps]
    return OfficialCourseAnswer(
        state=course.state,
        chain_time=course.chain_time,
        readable=course.readable,
        roll_published_at=course.roll_published_at,
        sealed_at=course.sealed_at,
        open_objections=course.open_objections,
        history=history,
        steps=steps,
    ).model_dump()


@api.post(
    "/communities/<slug>/meetings/<int:meeting>/statements",
    summary="Publish a reason or an answer",
    responses={201: StatementAnswer},
)
def publish_reason(path: MeetingPath, body: StatementBody) -> tuple[dict[str, Any], int]:
    """Publish an official's text by its hash, before the act that carries the hash is signed."""
    document = statement_document(body.text, body.salt)
    given = publish_statement(
        services().database, staff(), path.slug, path.meeting, document, services().clock()
    )
    return StatementAnswer(hash=to_hex(given)).model_dump(), 201


def _call(call: Call) -> CallAnswer:
    return CallAnswer(to=call.to, data=to_hex(call.data))


def _draft(body: DraftBody) -> Draft:
    return Draft(
        title=body.title,
        notice=body.notice,
        scope=body.scope,
        motions=[Wording(**motion.model_dump()) for motion in body.motions],
        attachments=[
            Attachment(document.name, document.media_type, _decoded(number, document.content_base64))
            for number, document in enumerate(body.documents, start=1)
        ],
        opens_at=body.opens_at,
        closes_at=body.closes_at,
        rules=Rules(**body.rules.model_dump()),
        ballots=body.ballots,
    )


def _decoded(number: int, content: str) -> bytes:
    found = decoded_base64(content)
    if found is None:
        raise Refusal("DOCUMENT_INVALID", document=number)
    return found
