"""The roll at the desk: template, check, import, overview, search, publication, objections."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.domain.premises import CountingRule
from wanjia.roll.columns import BY_KEY
from wanjia.roll.overview import PlaceSums, overview
from wanjia.roll.table import MAX_BYTES
from wanjia.roll.template import template_csv, template_xlsx
from wanjia.roll.uploads import UploadView, own_community
from wanjia.web.policy import staff
from wanjia.web.schemas.common import CommunityPath, MeetingPath, WeightAnswer, to_bytes, to_hex
from wanjia.web.schemas.roll import (
    ConfirmBody,
    OverviewAnswer,
    OwnersAnswer,
    PlaceSumsAnswer,
    PublicationAnswer,
    RollAnswerBody,
    RollFinding,
    RollObjectionAnswer,
    RollObjectionPath,
    RollObjectionsAnswer,
    TemplatePath,
    UnitAnswer,
    UnitsAnswer,
    UnitsBody,
    UploadAnswer,
    UploadForm,
    UploadPath,
    UploadRefusal,
)
from wanjia.web.services import services
from wanjia.web.texts import language, text_of

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

api = APIBlueprint(
    "staff_roll", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="roll", description="业主名册")]
)


@api.get("/roll/template/<form>", summary="The empty roll to fill in")
def read_template(path: TemplatePath) -> Response:
    """The template in the reader's language; remarks and examples say what each column takes."""
    content = (template_xlsx if path.form == "xlsx" else template_csv)(language())
    response = Response(content, content_type=_TYPES[path.form])
    response.headers["Content-Disposition"] = f'attachment; filename="roll-template.{path.form}"'
    return response


@api.get("/communities/<slug>/roll", summary="The roll in force", responses={200: OverviewAnswer})
def read_roll(path: CommunityPath) -> dict[str, Any]:
    """Sums by building and entrance, kinds of owners, what counts. No names."""
    with services().database.read() as session:
        shown = overview(session, own_community(session, staff(), path.slug).id)
    return OverviewAnswer(
        imported_at=shown.imported_at,
        parking=shown.rule.parking,
        storerooms=shown.rule.storerooms,
        whole=_place(shown.whole),
        excluded_area=shown.excluded_area,
        owners=OwnersAnswer(**asdict(shown.owners)),
        buildings=[_place(building) for building in shown.buildings],
    ).model_dump()


@api.post("/communities/<slug>/roll/units", summary="Look units up", responses={200: UnitsAnswer})
def find_units(path: CommunityPath, body: UnitsBody) -> dict[str, Any]:
    """Units with their owners, names masked. The look is logged."""
    found, units = services().roll_search.find(staff(), path.slug, body.building, body.entrance, body.number)
    return UnitsAnswer(found=found, units=[UnitAnswer(**asdict(unit)) for unit in units]).model_dump()


@api.post("/communities/<slug>/roll/uploads", summary="Check a roll file", responses={201: UploadAnswer})
def take_upload(path: CommunityPath, form: UploadForm) -> tuple[dict[str, Any], int]:
    """Check a file; nothing of the roll in force is changed. A large file is checked on: ask again."""
    rule = CountingRule(form.parking, form.storerooms)
    return _upload(services().uploads.take(staff(), path.slug, form.file.read(MAX_BYTES + 1), rule)), 201


@api.get(
    "/communities/<slug>/roll/uploads/<int:upload>",
    summary="Where a roll file stands",
    responses={200: UploadAnswer},
)
def read_upload(path: UploadPath) -> dict[str, Any]:
    """Every finding, the sums, and what would change."""
    return _upload(services().uploads.read(staff(), path.slug, path.upload))


@api.post(
    "/communities/<slug>/roll/uploads/<int:upload>/import",
    summary="Put a checked roll in force",
    responses={202: UploadAnswer},
)
def confirm_upload(path: UploadPath, body: ConfirmBody) -> tuple[dict[str, Any], int]:
    """Import the file that was checked, all of it or nothing; the same again changes nothing."""
    digest = to_bytes(body.digest)
    return _upload(services().uploads.confirm(staff(), path.slug, path.upload, digest)), 202


@api.get(
    "/communities/<slug>/meetings/<int:meeting>/publication",
    summary="What publishing a roll puts on the chain",
    responses={200: PublicationAnswer},
)
def read_publication(path: MeetingPath) -> dict[str, Any]:
    """Words, owners, sums and digest of the roll in force within the meeting's scope, and what is on the chain."""
    found = services().meeting_rolls.publication(staff(), path.slug, path.meeting)
    shown = {name: getattr(found, name) for name in PublicationAnswer.model_fields}
    shown |= {
        "weight": WeightAnswer(**asdict(found.weight)),
        "on_chain": WeightAnswer(**asdict(found.on_chain)),
        "digest": to_hex(found.digest),
        "chain_digest": to_hex(found.chain_digest) if found.chain_digest else None,
    }
    return PublicationAnswer(**shown).model_dump()


@api.get(
    "/communities/<slug>/meetings/<int:meeting>/roll-objections",
    summary="Objections to a roll",
    responses={200: RollObjectionsAnswer},
)
def list_roll_objections(path: MeetingPath) -> dict[str, Any]:
    """All objections to the meeting's roll. That they were read is logged."""
    found = services().roll_objections.of_meeting(staff(), path.slug, path.meeting)
    return RollObjectionsAnswer(
        objections=[RollObjectionAnswer(**asdict(each)) for each in found]
    ).model_dump()


@api.post(
    "/communities/<slug>/meetings/<int:meeting>/roll-objections/<int:objection>/answer",
    summary="Answer an objection to a roll",
    responses={200: RollObjectionAnswer},
)
def answer_roll_objection(path: RollObjectionPath, body: RollAnswerBody) -> dict[str, Any]:
    """Answer once; the owner reads it."""
    answered = services().roll_objections.answer(
        staff(), path.slug, path.meeting, path.objection, body.outcome, body.text
    )
    return RollObjectionAnswer(**asdict(answered)).model_dump()


def _place(place: PlaceSums) -> PlaceSumsAnswer:
    return PlaceSumsAnswer(
        name=place.name,
        units=place.units,
        counted=place.counted,
        area=place.weight.area,
        heads=place.weight.heads,
        entrances=[_place(entrance) for entrance in place.entrances],
    )


def _upload(view: UploadView) -> dict[str, Any]:
    result = view.result or {"errors": 0, "warnings": 0, "findings": [], "totals": None, "changes": None}
    findings = [
        RollFinding(
            row=each["row"],
            column=BY_KEY[each["column"]].header(language()) if each["column"] in BY_KEY else each["column"],
            code=each["code"],
            severity=each["severity"],
            text=text_of(each["code"], each["values"]),
        )
        for each in result["findings"]
    ]
    return UploadAnswer(
        upload=view.id,
        state=view.state,
        digest=to_hex(view.digest),
        size=view.size,
        parking=view.rule.parking,
        storerooms=view.rule.storerooms,
        since=view.since,
        errors=result["errors"],
        warnings=result["warnings"],
        findings=findings,
        totals=result["totals"],
        changes=result["changes"],
        refusal=UploadRefusal(code=view.refusal[0], text=text_of(*view.refusal)) if view.refusal else None,
    ).model_dump()
