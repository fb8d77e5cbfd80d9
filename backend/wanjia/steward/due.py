"""Finds the calls that are due and queues each once for the relay."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eth_abi import decode
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.chain import contracts
from wanjia.db.community import Community
from wanjia.domain.states import MeetingState
from wanjia.index.models import IndexedEvent, IndexedMeeting
from wanjia.index.views import chain_time, meeting_state
from wanjia.meetings.lookup import contract_of
from wanjia.relay.models import ItemKind, ItemState, RelayItem
from wanjia.relay.service import enqueue_call

RETRY_SECONDS = 60
"""A call the contract refused is asked again after this long: its time may simply not have come."""
_KEY_EVENTS = (
    "KeyChangeRequested",
    "KeyChangeApproved",
    "KeyChangeVetoed",
    "KeyChangeCancelled",
    "KeyChanged",
)


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call anyone may make now."""

    community_id: int
    to: str
    data: bytes
    reference: str


def due_calls(session: Session, machine_time: float) -> Iterator[DueCall]:
    """Give every call that is due at the chain time of ``machine_time`` (UTC seconds)."""
    now = chain_time(session, machine_time)
    for community in session.scalars(select(Community)):
        yield from _due_meetings(session, community, now)
        yield from _due_keys(session, community, now)


def queue_due(session: Session, machine_time: float) -> int:
    """Queue what is due and not queued yet; gives how many calls were queued."""
    return queue_calls(session, due_calls(session, machine_time), machine_time)


def queue_calls(session: Session, calls: Iterable[DueCall], machine_time: float) -> int:
    """Queue those of ``calls`` that are not queued yet; gives how many were queued."""
    queued = 0
    for call in calls:
        if not _is_queued(session, call.reference, machine_time):
            enqueue_call(
                session, ItemKind.CALL, call.to, call.data, call.reference, community_id=call.community_id
            )
            queued += 1
    return queued


def _due_meetings(session: Session, community: Community, now: int) -> Iterator[DueCall]:
    for meeting in session.scalars(
        select(IndexedMeeting).where(
            IndexedMeeting.community_id == community.id,
            IndexedMeeting.final_at.is_(None),
            IndexedMeeting.void_at.is_(None),
        )
    ):
        state = meeting_state(meeting, now)
        paper_ends = meeting.closes_at + int(meeting.convening["rules"]["paperPeriod"])
        if state is MeetingState.CLOSED and now >= paper_ends and meeting.ballots == "open":
            name = "declareResult"
        elif (
            state is MeetingState.DECLARED
            and now >= (meeting.objections_end_at or 0)
            and _open_objections(session, meeting) == 0
        ):
            name = "finalize"
        else:
            continue
        contract = contract_of(community, meeting.ballots)
        yield DueCall(
            community.id,
            contract.address,
            contract.interface.encode(name, meeting.number),
            f"{name}:{community.id}:{meeting.number}",
        )


def _open_objections(session: Session, meeting: IndexedMeeting) -> int:
    def count(name: str) -> int:
        return (
            session.scalar(
                select(func.count()).where(
                    IndexedEvent.community_id == meeting.community_id,
                    IndexedEvent.contract.in_(("open_meeting", "secret_meeting")),
                    IndexedEvent.meeting == meeting.number,
                    IndexedEvent.name == name,
                )
            )
            or 0
        )

    return count("ObjectionRaised") - count("ObjectionAnswered")


def _due_keys(session: Session, community: Community, now: int) -> Iterator[DueCall]:
    latest: dict[int, IndexedEvent] = {}
    for event in session.scalars(
        select(IndexedEvent)
        .where(IndexedEvent.community_id == community.id, IndexedEvent.name.in_(_KEY_EVENTS))
        .order_by(IndexedEvent.block, IndexedEvent.log_index)
    ):
        if event.voter is not None:
            latest[event.voter] = event
    for voter, event in latest.items():
        if event.name != "KeyChangeApproved":
            continue
        _new_key, effective_at = decode(["address", "uint64"], event.data)
        if now >= effective_at:
            yield DueCall(
                community.id,
                community.registry_address,
                contracts.registry().encode("completeKeyChange", voter),
                f"completeKeyChange:{community.id}:{voter}:{effective_at}",
            )


def _is_queued(session: Session, reference: str, machine_time: float) -> bool:
    item = session.scalars(
        select(RelayItem)
        .where(RelayItem.kind == ItemKind.CALL, RelayItem.reference == reference)
        .order_by(RelayItem.id.desc())
        .limit(1)
    ).one_or_none()
    if item is None:
        return False
    settled = item.settled_at or item.created_at
    if item.state in (ItemState.DONE, ItemState.REFUSED):
        # done, yet still due: the index has not read it yet, or its block was replaced
        return machine_time - settled < RETRY_SECONDS
    return True
