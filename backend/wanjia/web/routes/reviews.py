"""Reviews: the supervisor of a community judges claims that did not match."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.web.policy import staff
from wanjia.web.schemas.identity import ReviewStateAnswer
from wanjia.web.schemas.staff import DecisionBody, ReviewAnswer, ReviewFilePath, ReviewLineAnswer, ReviewPath
from wanjia.web.security import disposition
from wanjia.web.services import services

api = APIBlueprint(
    "reviews",
    __name__,
    url_prefix="/api/staff/reviews",
    abp_tags=[Tag(name="reviews", description="人工核验")],
)


@api.get("", summary="The queue")
def list_reviews() -> list[dict[str, Any]]:
    """The community's reviews, the undecided ones first."""
    return [ReviewLineAnswer(**asdict(line)).model_dump() for line in services().review_views.queue(staff())]


@api.get("/<int:review>", summary="One review", responses={200: ReviewAnswer})
def read_review(path: ReviewPath) -> dict[str, Any]:
    """What was claimed, and which of it agrees with the roll. That it was read is logged."""
    return ReviewAnswer(**services().review_views.read(path.review, staff())).model_dump()


@api.get("/<int:review>/files/<int:file>", summary="An evidence file")
def read_file(path: ReviewFilePath) -> Response:
    """One evidence file, for looking at only. That it was read is logged."""
    file = services().reviews.file(path.review, path.file, staff())
    response = Response(file.content, content_type=file.media_type)
    response.headers["Content-Disposition"] = disposition(file.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


@api.post("/<int:review>/approve", summary="Approve", responses={200: ReviewStateAnswer})
def approve_review(path: ReviewPath, body: DecisionBody) -> dict[str, Any]:
    """Accept the claim."""
    services().reviews.approve(path.review, staff(), body.note)
    return ReviewStateAnswer(review="approved").model_dump()


@api.post("/<int:review>/refuse", summary="Refuse", responses={200: ReviewStateAnswer})
def refuse_review(path: ReviewPath, body: DecisionBody) -> dict[str, Any]:
    """Turn the claim down; the claimant reads the note."""
    services().reviews.refuse(path.review, staff(), body.note)
    return ReviewStateAnswer(review="refused").model_dump()
