"""Proving to be an owner: claim, code, review."""

from typing import Any

from flask import session as cookie
from flask_openapi3 import APIBlueprint, Tag

from wanjia.identity.claims import ClaimDetails
from wanjia.identity.consent import CONSENT_TEXTS, CONSENT_VERSION
from wanjia.identity.files import MAX_FILE_BYTES
from wanjia.identity.owners import owner_profile
from wanjia.identity.sessions import owner_login
from wanjia.web.schemas.identity import (
    ClaimAnswer,
    ClaimBody,
    ClaimPath,
    ClaimStateAnswer,
    CodeBody,
    ConsentAnswer,
    OwnerAnswer,
    ReviewForm,
    ReviewStateAnswer,
)
from wanjia.web.services import services
from wanjia.web.texts import language

api = APIBlueprint(
    "identity",
    __name__,
    url_prefix="/api/identity",
    abp_tags=[Tag(name="identity", description="业主身份核验")],
)


@api.get("/consent", summary="The text to agree to", responses={200: ConsentAnswer})
def read_consent() -> dict[str, Any]:
    """The text in the request's language; its version goes into the claim."""
    return ConsentAnswer(
        version=CONSENT_VERSION, text=CONSENT_TEXTS[CONSENT_VERSION][language()]
    ).model_dump()


@api.post("/claims", summary="Claim to be an owner", responses={202: ClaimAnswer})
def open_claim(body: ClaimBody) -> tuple[dict[str, Any], int]:
    """Take a claim. The answer is the same whether it matches the roll or not."""
    details = ClaimDetails(body.building, body.entrance, body.number, body.name, body.id_number, body.phone)
    token = services().claims.open(body.community, details, body.consent or "")
    return ClaimAnswer(claim=token).model_dump(), 202


@api.get("/claims/<claim>", summary="Where a review stands", responses={200: ClaimStateAnswer})
def read_claim(path: ClaimPath) -> dict[str, Any]:
    """Where the claim's review stands, with the supervisor's words."""
    review, answer = services().reviews.state(path.claim)
    return ClaimStateAnswer(review=review, answer=answer).model_dump()


@api.post("/claims/<claim>/codes", summary="Send another code", responses={202: ClaimAnswer})
def send_code(path: ClaimPath) -> tuple[dict[str, Any], int]:
    """Send one more code; the earlier ones stay good until they expire."""
    services().claims.send_again(path.claim)
    return ClaimAnswer(claim=path.claim).model_dump(), 202


@api.post("/claims/<claim>/code", summary="Enter the code", responses={200: OwnerAnswer})
def enter_code(path: ClaimPath, body: CodeBody) -> dict[str, Any]:
    """Log in with the right code."""
    token = services().entry.enter(path.claim, body.code)
    cookie.permanent = True
    cookie["owner"] = token
    with services().database.read() as session:
        login = owner_login(session, token, services().clock())
        return OwnerAnswer(**owner_profile(session, services().vault, login)).model_dump()


@api.post("/claims/<claim>/review", summary="Ask for a review", responses={202: ReviewStateAnswer})
def ask_review(path: ClaimPath, form: ReviewForm) -> tuple[dict[str, Any], int]:
    """Send a claim and its evidence to the community's supervisor."""
    contents = [file.read(MAX_FILE_BYTES + 1) for file in form.files]
    services().reviews.ask(path.claim, form.note, contents)
    return ReviewStateAnswer(review="pending").model_dump(), 202
