"""Concerns at the desk of the grid, the committee and the supervisor."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.deliberation.desk_views import Asked
from wanjia.identity.files import MAX_FILE_BYTES
from wanjia.web.policy import staff
from wanjia.web.routes.concerns import page_answer, picture
from wanjia.web.schemas.concerns import ConcernsAnswer, ReasonBody, WordsBody
from wanjia.web.schemas.staff_concerns import (
    AnswerForm,
    DecideBody,
    StaffConcernAnswer,
    StaffConcernPath,
    StaffConcernsQuery,
    StaffEntryPath,
    StaffPhotoPath,
)
from wanjia.web.services import services

api = APIBlueprint(
    "staff_concerns",
    __name__,
    url_prefix="/api/staff/concerns",
    abp_tags=[Tag(name="deliberation", description="议事")],
)


@api.get("", summary="Concerns", responses={200: ConcernsAnswer})
def list_concerns(query: StaffConcernsQuery) -> dict[str, Any]:
    """A page of what this member of staff may read; what is due first comes first."""
    fields = query.model_dump()
    page = fields.pop("page")
    return page_answer(services().desk_views.listed(staff(), Asked(**fields), page))


@api.get("/<int:number>", summary="One concern", responses={200: StaffConcernAnswer})
def read_concern(path: StaffConcernPath) -> dict[str, Any]:
    """A concern whole, with what the reader may do now."""
    return _whole(path.number)


@api.get("/<int:number>/entries/<int:entry>/photos/<int:photo>", summary="A photograph")
def read_photo(path: StaffPhotoPath) -> Response:
    """One photograph."""
    return picture(services().desk_views.photo(staff(), path.number, path.entry, path.photo))


@api.post("/<int:number>/take", summary="Take a concern", responses={200: StaffConcernAnswer})
def take_concern(path: StaffConcernPath) -> dict[str, Any]:
    """Say that one is at it."""
    services().desk.take(staff(), path.number)
    return _whole(path.number)


@api.post("/<int:number>/note", summary="Note the progress", responses={200: StaffConcernAnswer})
def note_progress(path: StaffConcernPath, body: WordsBody) -> dict[str, Any]:
    """Say how far it has come."""
    services().desk.note(staff(), path.number, body.text)
    return _whole(path.number)


@api.post("/<int:number>/talk", summary="Talk with who raised it", responses={200: StaffConcernAnswer})
def talk_with_resident(path: StaffConcernPath, body: WordsBody) -> dict[str, Any]:
    """Say something that only who raised it and the grid read."""
    services().desk.talk(staff(), path.number, body.text)
    return _whole(path.number)


@api.post("/<int:number>/answer", summary="Answer", responses={200: StaffConcernAnswer})
def answer_concern(path: StaffConcernPath, form: AnswerForm) -> dict[str, Any]:
    """Answer with words and photographs."""
    contents = [photo.read(MAX_FILE_BYTES + 1) for photo in form.photos]
    services().desk.answer(staff(), path.number, form.text, contents)
    return _whole(path.number)


@api.post("/<int:number>/climb", summary="Hand it one level up", responses={200: StaffConcernAnswer})
def climb_concern(path: StaffConcernPath, body: ReasonBody) -> dict[str, Any]:
    """Hand it up with the reason."""
    services().desk.climb(staff(), path.number, body.reason)
    return _whole(path.number)


@api.post("/<int:number>/entries/<entry>/hide", summary="Hide words", responses={200: StaffConcernAnswer})
def hide_entry(path: StaffEntryPath, body: ReasonBody) -> dict[str, Any]:
    """Hide a concern's words or a comment, with the reason that every reader sees."""
    services().moderation.hide(staff(), path.number, _entry(path.entry), body.reason)
    return _whole(path.number)


@api.post(
    "/<int:number>/entries/<entry>/decide", summary="Decide an appeal", responses={200: StaffConcernAnswer}
)
def decide_appeal(path: StaffEntryPath, body: DecideBody) -> dict[str, Any]:
    """Show hidden words again, or uphold the hiding."""
    services().moderation.decide(staff(), path.number, _entry(path.entry), body.reason, show=body.show)
    return _whole(path.number)


def _entry(part: str) -> int | None:
    return None if part == "raised" else int(part)


def _whole(number: int) -> dict[str, Any]:
    found = services().desk_views.read(staff(), number)
    fields = asdict(found.whole)
    line = fields.pop("line")
    return StaffConcernAnswer(
        **(line | fields), can=list(found.can), appeals=list(found.appeals)
    ).model_dump()
