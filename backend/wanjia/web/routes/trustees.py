"""Trustees of a secret meeting: anyone reads their board; they hand in what they signed."""

from typing import Any

from eth_utils import to_checksum_address
from flask_openapi3 import APIBlueprint, Tag

from wanjia.meetings.drafts import Call
from wanjia.meetings.statements import statement_document
from wanjia.web.policy import staff
from wanjia.web.schemas.common import MeetingPath, to_bytes, to_hex
from wanjia.web.schemas.staff import (
    ActAnswer,
    ActStateAnswer,
    CallAnswer,
    PreparedAnswer,
)
from wanjia.web.schemas.trustees import (
    BoardAnswer,
    ProposeBody,
    RestartBody,
    TrusteeActBody,
    TrusteeActPath,
    TrusteePrepareBody,
)
from wanjia.web.services import services

_MEETING = "/communities/<slug>/meetings/<int:meeting>/trustees"

api = APIBlueprint(
    "trustees", __name__, url_prefix="/api", abp_tags=[Tag(name="trustees", description="受托人")]
)


@api.get(_MEETING, summary="The trustees' board", responses={200: BoardAnswer})
def read_board(path: MeetingPath) -> dict[str, Any]:
    """Who the trustees are, how far the key ceremony is, and which sums wait to be decrypted."""
    return BoardAnswer(**services().boards.board(path.slug, path.meeting)).model_dump()


@api.post(f"{_MEETING}/acts/prepare", summary="Prepare a trustee's call", responses={200: PreparedAnswer})
def prepare_trustee_act(path: MeetingPath, body: TrusteePrepareBody) -> dict[str, Any]:
    """Make the forwarder's request for a trustee's call, after trying it without sending."""
    request, digest = services().trustee_acts.prepare(
        path.slug, path.meeting, to_checksum_address(body.account), to_bytes(body.data)
    )
    return PreparedAnswer.of(request, digest).model_dump(by_alias=True)


@api.post(f"{_MEETING}/acts", summary="Hand in a trustee's signed call", responses={202: ActAnswer})
def hand_in_trustee_act(path: MeetingPath, body: TrusteeActBody) -> tuple[dict[str, Any], int]:
    """Queue a call that a trustee signed; the signature says whose it is. The reason of a complaint is published."""
    reason = statement_document(body.reason.text, body.reason.salt) if body.reason else None
    act = services().trustee_acts.hand_in(
        path.slug, path.meeting, body.request.read(), to_bytes(body.signature), reason
    )
    return ActAnswer(act=act).model_dump(), 202


@api.get(
    f"{_MEETING}/acts/<int:act>", summary="What became of a trustee's call", responses={200: ActStateAnswer}
)
def read_trustee_act(path: TrusteeActPath) -> dict[str, Any]:
    """Whether a trustee's call is queued, submitted, done or refused."""
    status = services().trustee_acts.status(path.slug, path.meeting, path.act)
    return ActStateAnswer(
        state=status.state,
        transaction=to_hex(status.transaction) if status.transaction else None,
        code=status.code,
        reason=status.reason,
    ).model_dump()


@api.post(f"/staff{_MEETING}/proposal", summary="Propose trustees", responses={200: CallAnswer})
def propose_trustees(path: MeetingPath, body: ProposeBody) -> dict[str, Any]:
    """The call by which the committee proposes trustees."""
    calls = services().trustee_calls
    return _call(calls.propose(staff(), path.slug, path.meeting, body.accounts, body.threshold))


@api.get(f"/staff{_MEETING}/confirmation", summary="Confirm trustees", responses={200: CallAnswer})
def confirm_trustees(path: MeetingPath) -> dict[str, Any]:
    """The call by which the supervisor confirms the trustees proposed last."""
    return _call(services().trustee_calls.confirm(staff(), path.slug, path.meeting))


@api.post(f"/staff{_MEETING}/restart", summary="Begin the ceremony anew", responses={200: CallAnswer})
def restart_keys(path: MeetingPath, body: RestartBody) -> dict[str, Any]:
    """The call by which the supervisor begins the key ceremony anew, for a published reason."""
    calls = services().trustee_calls
    return _call(calls.restart(staff(), path.slug, path.meeting, to_bytes(body.hash)))


def _call(call: Call) -> dict[str, Any]:
    return CallAnswer(to=call.to, data=to_hex(call.data)).model_dump()
