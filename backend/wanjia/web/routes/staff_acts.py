"""Officials' acts: prepared, signed by their own key, handed in, followed."""

from typing import Any

from eth_utils import to_checksum_address
from flask_openapi3 import APIBlueprint, Tag

from wanjia.web.policy import staff
from wanjia.web.schemas.common import to_bytes, to_hex
from wanjia.web.schemas.staff import (
    ActAnswer,
    ActBody,
    ActPath,
    ActStateAnswer,
    PrepareBody,
    PreparedAnswer,
)
from wanjia.web.services import services

api = APIBlueprint(
    "staff_acts", __name__, url_prefix="/api/staff/acts", abp_tags=[Tag(name="staff", description="工作人员")]
)


@api.post("/prepare", summary="Prepare a call for signing", responses={200: PreparedAnswer})
def prepare_act(body: PrepareBody) -> dict[str, Any]:
    """Make the forwarder's request for an allowed call, after trying it without sending."""
    request, digest = services().acts.prepare(staff(), to_checksum_address(body.to), to_bytes(body.data))
    return PreparedAnswer.of(request, digest).model_dump(by_alias=True)


@api.post("", summary="Hand in a signed call", responses={202: ActAnswer})
def hand_in_act(body: ActBody) -> tuple[dict[str, Any], int]:
    """Queue a call that the official signed."""
    act = services().acts.hand_in(staff(), body.request.read(), to_bytes(body.signature))
    return ActAnswer(act=act).model_dump(), 202


@api.get("/<int:act>", summary="What became of an act", responses={200: ActStateAnswer})
def read_act(path: ActPath) -> dict[str, Any]:
    """Whether an act is queued, submitted, done or refused."""
    status = services().acts.status(staff(), path.act)
    return ActStateAnswer(
        state=status.state,
        transaction=to_hex(status.transaction) if status.transaction else None,
        code=status.code,
        reason=status.reason,
    ).model_dump()
