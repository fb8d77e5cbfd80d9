"""Concerns as residents raise and read them."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.deliberation.lines import Page
from wanjia.deliberation.raising import Draft
from wanjia.deliberation.showing import Whole
from wanjia.identity.files import MAX_FILE_BYTES, EvidenceFile
from wanjia.web.policy import resident
from wanjia.web.schemas.common import CommunityPath, to_hex
from wanjia.web.schemas.concerns import (
    ConcernAnswer,
    ConcernPath,
    ConcernsAnswer,
    ConcernsQuery,
    EntryProofAnswer,
    PhotoPath,
    ProofPath,
    RaiseForm,
    SimilarAnswer,
    SimilarBody,
    SimilarLine,
)
from wanjia.web.services import services

api = APIBlueprint(
    "concerns",
    __name__,
    url_prefix="/api/communities/<slug>/concerns",
    abp_tags=[Tag(name="deliberation", description="议事")],
)


@api.post("", summary="Raise a concern", responses={201: ConcernAnswer})
def raise_concern(path: CommunityPath, form: RaiseForm) -> tuple[dict[str, Any], int]:
    """Raise a concern with its photographs; the same request again answers with the same concern."""
    del path
    draft = Draft(
        request=form.request,
        kind=form.kind,
        title=form.title,
        text=form.text,
        building=form.building,
        entrance=form.entrance,
        place=form.place,
        public=form.public,
        urgent=form.urgent,
    )
    contents = [photo.read(MAX_FILE_BYTES + 1) for photo in form.photos]
    return own(services().raising.raise_concern(resident(), draft, contents)), 201


@api.get("", summary="Concerns", responses={200: ConcernsAnswer})
def list_concerns(path: CommunityPath, query: ConcernsQuery) -> dict[str, Any]:
    """A page of what the resident may read."""
    del path
    return page_answer(
        services().concerns.listed(
            resident(),
            state=query.state,
            kind=query.kind,
            building=query.building,
            sort=query.sort,
            page=query.page,
        )
    )


@api.post("/similar", summary="Concerns like these words", responses={200: SimilarAnswer})
def find_similar(path: CommunityPath, body: SimilarBody) -> dict[str, Any]:
    """Public concerns like what is being written, with the beginning of their answers."""
    del path
    found = services().similar.to(resident(), body.text)
    return SimilarAnswer(
        similar=[SimilarLine(**asdict(each.line), score=each.score, answer=each.answer) for each in found]
    ).model_dump()


@api.get("/<int:number>", summary="One concern", responses={200: ConcernAnswer})
def read_concern(path: ConcernPath) -> dict[str, Any]:
    """A concern whole, with what the reader may do now."""
    return own(path.number)


@api.get("/<int:number>/entries/<int:entry>/photos/<int:photo>", summary="A photograph")
def read_photo(path: PhotoPath) -> Response:
    """One photograph."""
    return picture(services().concerns.photo(resident(), path.number, path.entry, path.photo))


@api.get(
    "/<int:number>/entries/<int:entry>/proof", summary="Proof of an entry", responses={200: EntryProofAnswer}
)
def read_proof(path: ProofPath) -> dict[str, Any]:
    """Prove that an entry existed: one's own words, and what the grid and the rules did."""
    found = services().proofs.read(resident(), path.number, path.entry)
    return EntryProofAnswer(
        record=found.record,
        salt=to_hex(found.salt),
        leaf=to_hex(found.leaf),
        proof=[to_hex(each) for each in found.proof],
        root=to_hex(found.root),
        day=found.day,
        notary=found.notary,
        anchored=found.anchored,
    ).model_dump()


def own(number: int) -> dict[str, Any]:
    """Answer with a concern as this resident sees it now."""
    found = services().concerns.read(resident(), number)
    return whole_answer(found.whole, list(found.can))


def whole_answer(whole: Whole, can: list[str]) -> dict[str, Any]:
    """Answer with a concern whole."""
    fields = asdict(whole)
    line = fields.pop("line")
    return ConcernAnswer(**(line | fields), can=can).model_dump()


def page_answer(page: Page) -> dict[str, Any]:
    """Answer with a page of concerns."""
    fields = asdict(page)
    return ConcernsAnswer(concerns=fields["lines"], total=fields["total"], page=fields["page"]).model_dump()


def picture(file: EvidenceFile) -> Response:
    """Answer with a photograph, for looking at only."""
    response = Response(file.content, content_type=file.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
