"""What a call must rest on before an official signs it: no meeting is convened twice, every hash has its text."""

from typing import Final

from eth_abi.exceptions import DecodingError
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.contracts import interface
from wanjia.domain.errors import Refusal
from wanjia.identity.locks import lock_subject
from wanjia.index.models import IndexedMeeting
from wanjia.meetings.calls import BOARD, MEETING
from wanjia.meetings.convening import Convening
from wanjia.meetings.models import Act, Document, MeetingDraft
from wanjia.relay.models import ItemState, RelayItem
from wanjia.relay.requests import FORWARDER

_SAID: Final = {
    "extend": (MEETING, "reasonHash"),
    "answerObjection": (MEETING, "answerHash"),
    "voidMeeting": (MEETING, "reasonHash"),
    "restartKeys": (BOARD, "reasonHash"),
}
"""Calls that publish the hash of a text, with their contract and the argument that holds it."""


def check_call(session: Session, community_id: int, function: str, data: bytes) -> None:
    """Check one call of an official.

    Raises ``Refusal``: ``ACT_REQUEST_INVALID`` for calldata that cannot be read, ``ACT_TEXT_MISSING`` for a hash
    whose text nobody could be shown, ``PLAN_CONVENED`` and ``PLAN_CONVENING`` for a meeting that is convened
    already or whose convening is on its way.
    """
    try:
        if function == "convene":
            _check_convening(session, community_id, _content_hash(data))
        elif function in _SAID:
            contract, argument = _SAID[function]
            given = interface(contract).decode_input(function, data)[argument]
            if session.get(Document, given) is None:
                raise Refusal("ACT_TEXT_MISSING")
    except DecodingError:
        raise Refusal("ACT_REQUEST_INVALID", field="data") from None


def convened_as(session: Session, community_id: int, content_hash: bytes) -> int | None:
    """Give the number of the meeting that was convened with exactly this content."""
    meetings = session.scalars(select(IndexedMeeting).where(IndexedMeeting.community_id == community_id))
    for meeting in meetings:
        if Convening.from_event(meeting.convening).content_hash == content_hash:
            return meeting.number
    return None


def is_convening(session: Session, community_id: int, content_hash: bytes) -> bool:
    """Tell whether a signed call to convene this content is queued, sent, or done and not yet indexed."""
    bodies = session.scalars(
        select(RelayItem.body)
        .join(Act, Act.call_id == RelayItem.id)
        .where(
            Act.community_id == community_id,
            Act.function == "convene",
            RelayItem.state != ItemState.REFUSED,
        )
    )
    carried = (interface(FORWARDER).decode_input("execute", body)["request"]["data"] for body in bodies)
    return (
        any(_content_hash(data) == content_hash for data in carried)
        and convened_as(session, community_id, content_hash) is None
    )


def _check_convening(session: Session, community_id: int, content_hash: bytes) -> None:
    lock_subject(session, content_hash)
    known = select(MeetingDraft.id).where(
        MeetingDraft.community_id == community_id, MeetingDraft.content_hash == content_hash
    )
    if session.scalar(known.limit(1)) is None:
        raise Refusal("ACT_TEXT_MISSING")
    if convened_as(session, community_id, content_hash) is not None:
        raise Refusal("PLAN_CONVENED")
    if is_convening(session, community_id, content_hash):
        raise Refusal("PLAN_CONVENING")


def _content_hash(data: bytes) -> bytes:
    """Hash what a call to ``convene`` would freeze."""
    return Convening.from_event(interface(MEETING).decode_input("convene", data)["convening"]).content_hash
