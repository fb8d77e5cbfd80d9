"""From a meeting's number to its rows.

The index says what is on chain, the draft says what the hashes stand for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.contracts import interface
from wanjia.chain.eip712 import MEETING_NAME, SECRET_MEETING_NAME
from wanjia.chain.interface import Interface
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.index.models import IndexedMeeting
from wanjia.meetings.convening import Convening
from wanjia.meetings.models import DraftDocument, MeetingDraft, MotionText


def find_community(session: Session, slug: str) -> Community:
    """Find a community. Raises ``Refusal("NOT_FOUND")``."""
    community = session.scalar(select(Community).where(Community.slug == slug))
    if community is None:
        raise Refusal("NOT_FOUND")
    return community


def find_meeting(session: Session, slug: str, number: int) -> tuple[Community, IndexedMeeting]:
    """Find a meeting on chain. Raises ``Refusal("NOT_FOUND")``."""
    community = find_community(session, slug)
    meeting = session.get(IndexedMeeting, (community.id, number))
    if meeting is None:
        raise Refusal("NOT_FOUND")
    return community, meeting


@dataclass(frozen=True, slots=True)
class MeetingContract:
    """The contract that holds a meeting: where it is, how it is spoken to, its EIP-712 name."""

    address: str
    interface: Interface
    domain: str


def contract_of(community: Community, ballots: str) -> MeetingContract:
    """Find the community's contract for ``open`` or ``secret`` ballots.

    Raises ``Refusal("MEETING_SECRET_MISSING")`` where the community's contracts know no secret ballots.
    """
    if ballots == "open":
        return MeetingContract(community.open_meeting_address, interface("OpenMeeting"), MEETING_NAME)
    if community.secret_meeting_address is None:
        raise Refusal("MEETING_SECRET_MISSING")
    return MeetingContract(community.secret_meeting_address, interface("SecretMeeting"), SECRET_MEETING_NAME)


def draft_of(session: Session, meeting: IndexedMeeting) -> MeetingDraft | None:
    """Find the draft of a convened meeting by its content; ``None`` when it was convened elsewhere."""
    content = Convening.from_event(meeting.convening).content_hash
    return session.scalars(
        select(MeetingDraft)
        .where(MeetingDraft.community_id == meeting.community_id, MeetingDraft.content_hash == content)
        .order_by(MeetingDraft.id)
        .limit(1)
    ).one_or_none()


def texts_of(session: Session, community_id: int, convening: Convening) -> dict[bytes, MotionText]:
    """Find the texts of a meeting's motions by their hashes."""
    hashes = [text for _, _, _, text in convening.motions]
    rows = session.scalars(
        select(MotionText).where(MotionText.community_id == community_id, MotionText.text_hash.in_(hashes))
    )
    return {row.text_hash: row for row in rows}


def documents_of(session: Session, draft: MeetingDraft | None) -> Sequence[DraftDocument]:
    """Give a draft's documents in their order."""
    if draft is None:
        return []
    return session.scalars(
        select(DraftDocument).where(DraftDocument.draft_id == draft.id).order_by(DraftDocument.position)
    ).all()
