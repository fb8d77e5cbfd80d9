"""Cast as intended: a ballot's code is countersigned, and a ballot that was opened instead of cast can be looked at."""

from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.web.schemas.codes import BallotCodeBody, CodeAnswer, OpenedAnswer, OpenedBody, OpenedPath
from wanjia.web.schemas.common import MeetingPath, to_bytes
from wanjia.web.services import services

_BALLOTS = "/communities/<slug>/meetings/<int:meeting>/secret-ballots"

api = APIBlueprint("codes", __name__, url_prefix="/api", abp_tags=[Tag(name="codes", description="选票编号")])


@api.post(f"{_BALLOTS}/codes", summary="Countersign a ballot's hash", responses={200: CodeAnswer})
def sign_code(path: MeetingPath, body: BallotCodeBody) -> dict[str, Any]:
    """Sign, before the owner decides to cast or to check, that a ballot with this hash was made. Keeps nothing."""
    code = services().codes.sign(path.slug, path.meeting, body.voter, to_bytes(body.ballot_hash))
    return CodeAnswer.of(code).model_dump()


@api.post(
    f"{_BALLOTS}/opened",
    summary="Open a ballot to check the phone",
    responses={201: OpenedAnswer, 200: OpenedAnswer},
)
def open_ballot(path: MeetingPath, body: OpenedBody) -> tuple[dict[str, Any], int]:
    """Keep a countersigned ballot as opened; it is void and can never be handed in."""
    opened = services().opened.open(
        path.slug, path.meeting, body.voter, to_bytes(body.body), body.shown_at, to_bytes(body.signature)
    )
    return OpenedAnswer.of_opened(opened).model_dump(), 200 if opened.repeated else 201


@api.get(f"{_BALLOTS}/opened/<hash>", summary="An opened ballot", responses={200: OpenedAnswer})
def read_opened(path: OpenedPath) -> dict[str, Any]:
    """The ballot that was opened under a hash, until some time after the meeting."""
    opened = services().opened.find(path.slug, path.meeting, to_bytes(path.hash))
    return OpenedAnswer.of_opened(opened).model_dump()
