"""The committee writes a meeting; the system checks it against the law and gives the call to sign."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.client import Chain
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.domain.scope import WHOLE, Scope
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.meetings.convening import Convening, convening_of
from wanjia.meetings.documents import Attachment, check_attachments, keep, notice_document
from wanjia.meetings.lookup import contract_of
from wanjia.meetings.models import DraftDocument, MeetingDraft, MotionText
from wanjia.meetings.motions import Wording, check_motions
from wanjia.meetings.privacy import privacy_document
from wanjia.meetings.rules import Rules, check_times
from wanjia.roll.service import areas, last_import


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting as the committee writes it; times in UTC seconds of the chain."""

    title: str
    notice: str
    scope: str
    motions: Sequence[Wording]
    attachments: Sequence[Attachment]
    opens_at: int
    closes_at: int
    rules: Rules
    ballots: str = "open"
    """``open`` or ``secret``."""
    privacy: bytes | None = None
    """Hash of the privacy check that was shown to who will sign; the one that is frozen has to be it."""


@dataclass(frozen=True, slots=True)
class Call:
    """A contract call an official should sign."""

    to: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Drafted:
    """A stored draft: its id, what will be frozen, and the convene call."""

    id: int
    convening: Convening
    act: Call


class Drafts:
    """Takes drafts from committees."""

    def __init__(self, database: Database, chain: Chain, clock: Callable[[], int]) -> None:
        self._database = database
        self._chain = chain
        self._clock = clock

    def write(self, staff: StaffLogin, community_slug: str, draft: Draft) -> Drafted:
        """Check a draft, store it with its texts and documents, and give the call that convenes it.

        A secret meeting's second document is the privacy check of its roll, made now. Raises ``Refusal`` with the
        rule it breaks, ``NOT_FOUND`` for another community, ``PLAN_PRIVACY_CHANGED`` where the check was another.
        """
        check_motions(draft.motions, draft.ballots)
        check_times(draft.rules, draft.opens_at, draft.closes_at, self._chain.time())
        attachments = [notice_document(draft.title, draft.notice), *draft.attachments]
        check_attachments(attachments[1:])
        with self._database.write() as session:
            community = session.scalar(select(Community).where(Community.slug == community_slug))
            if community is None or community.id != staff.community_id:
                raise Refusal("NOT_FOUND")
            contract = contract_of(community, draft.ballots)
            scope = checked_scope(session, community.id, draft.scope)
            rules = with_counting(session, community.id, draft.rules)
            if draft.ballots == "secret":
                attachments.insert(1, privacy_document(session, community.id, scope, draft.privacy))
            hashes = [keep(session, attachment) for attachment in attachments]
            convening = convening_of(scope, draft.motions, hashes, draft.opens_at, draft.closes_at, rules)
            row = MeetingDraft(
                community_id=community.id,
                content_hash=convening.content_hash,
                title=draft.title,
                notice=draft.notice,
                scope=scope,
                rules=asdict(rules),
                convening=convening.as_json(),
                created_by=staff.staff_id,
                created_at=self._clock(),
            )
            session.add(row)
            session.flush()
            for position, attachment in enumerate(attachments):
                session.add(
                    DraftDocument(
                        draft_id=row.id, position=position, hash=attachment.hash, name=attachment.name
                    )
                )
            _keep_texts(session, community.id, draft.motions)
            log_act(session, staff, self._clock(), "meeting.draft", f"draft {row.id}")
            call = Call(contract.address, contract.interface.encode("convene", convening.struct))
            return Drafted(row.id, convening, call)


def checked_scope(session: Session, community_id: int, text: str) -> str:
    """Bring a scope to its canonical text and check that somebody is in it.

    Raises ``Refusal``: ``SCOPE_INVALID``, ``ROLL_SCOPE_UNKNOWN``.
    """
    try:
        scope = Scope.parse(text)
    except ValueError:
        raise Refusal("SCOPE_INVALID", part=text) from None
    if not areas(session, community_id, scope):
        raise Refusal("SCOPE_INVALID", part=text)
    return scope.text


def with_counting(session: Session, community_id: int, rules: Rules) -> Rules:
    """Add to the rules what the roll in force counts besides flats, shops and offices.

    Raises ``Refusal("SCOPE_INVALID")`` while there is no roll.
    """
    roll = last_import(session, community_id)
    if roll is None:
        raise Refusal("SCOPE_INVALID", part=WHOLE)
    return replace(rules, parking=roll.parking_counts, storerooms=roll.storerooms_count)


def _keep_texts(session: Session, community_id: int, motions: Sequence[Wording]) -> None:
    for motion in motions:
        session.merge(
            MotionText(
                community_id=community_id,
                text_hash=motion.text_hash,
                title=motion.title,
                text=motion.text,
            )
        )
