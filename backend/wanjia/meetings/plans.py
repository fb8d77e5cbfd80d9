"""Meetings in preparation: saved unfinished, listed, changed, thrown away, and handed on to be convened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.identity.locks import lock_subject
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act, log_once
from wanjia.index.views import chain_time
from wanjia.meetings.call_checks import convened_as, is_convening
from wanjia.meetings.documents import MAX_DOCUMENTS, Attachment, is_publishable
from wanjia.meetings.drafts import Draft, Drafted, Drafts
from wanjia.meetings.findings import refuse_first
from wanjia.meetings.lookup import find_community
from wanjia.meetings.models import MeetingDraft
from wanjia.meetings.plan_check import Checked, check_plan, motions_of, rules_of
from wanjia.meetings.plan_models import MeetingPlan, PlanDocument

MAX_PLANS = 50
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A meeting in preparation, its documents, what is still wrong with it, and its number once convened.

    ``signed``: its call to convene is signed and on its way, and nothing may change until it arrives or is refused.
    """

    plan: MeetingPlan
    documents: Sequence[PlanDocument]
    checked: Checked
    meeting: int | None
    signed: bool


class Plans:
    """Keeps what committees prepare; every call is about the caller's own community."""

    def __init__(self, database: Database, drafts: Drafts, clock: Callable[[], int]) -> None:
        self._database = database
        self._drafts = drafts
        self._clock = clock

    def create(self, staff: StaffLogin, slug: str, content: Content) -> PlanView:
        """Begin a meeting. Raises ``Refusal``: ``NOT_FOUND``, ``PLAN_LIMIT``."""
        with self._database.write() as session:
            community = find_community(session, slug)
            if community.id != staff.community_id:
                raise Refusal("NOT_FOUND")
            lock_subject(session, f"plans/{community.id}".encode())
            mine = select(MeetingPlan.id).where(MeetingPlan.community_id == community.id)
            if len(session.scalars(mine).all()) >= MAX_PLANS:
                raise Refusal("PLAN_LIMIT", limit=MAX_PLANS)
            now = self._clock()
            plan = MeetingPlan(
                community_id=community.id,
                revision=1,
                content=content,
                created_by=staff.staff_id,
                created_at=now,
                changed_at=now,
            )
            session.add(plan)
            session.flush()
            log_act(session, staff, now, "plan.create", f"plan {plan.id}")
            return self._view(session, plan)

    def listed(self, staff: StaffLogin, slug: str) -> list[tuple[MeetingPlan, int | None]]:
        """Give the community's plans, the latest change first, with their meetings' numbers."""
        with self._database.read() as session:
            community = find_community(session, slug)
            if community.id != staff.community_id:
                raise Refusal("NOT_FOUND")
            rows = session.scalars(
                select(MeetingPlan)
                .where(MeetingPlan.community_id == community.id)
                .order_by(MeetingPlan.changed_at.desc(), MeetingPlan.id.desc())
            ).all()
            return [(row, _convened_as(session, row)) for row in rows]

    def read(self, staff: StaffLogin, plan_id: int) -> PlanView:
        """Give one plan with its findings. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.read() as session:
            return self._view(session, _own(session, staff, plan_id))

    def save(self, staff: StaffLogin, plan_id: int, revision: int, content: Content) -> PlanView:
        """Replace what is written. Raises ``Refusal``: ``NOT_FOUND``, ``PLAN_CHANGED`` and what ``_open`` refuses."""
        with self._database.write() as session:
            plan = self._open(session, staff, plan_id)
            if plan.revision != revision:
                raise Refusal("PLAN_CHANGED")
            plan.content = content
            log_once(session, staff, self._clock(), "plan.change", f"plan {plan.id}")
            return self._changed(session, plan)

    def discard(self, staff: StaffLogin, plan_id: int) -> None:
        """Throw a plan away; what was convened from it stays. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.write() as session:
            plan = _own(session, staff, plan_id)
            session.execute(delete(PlanDocument).where(PlanDocument.plan_id == plan.id))
            session.delete(plan)
            log_act(session, staff, self._clock(), "plan.discard", f"plan {plan_id}")

    def add_document(self, staff: StaffLogin, plan_id: int, attachment: Attachment) -> PlanView:
        """Add a document. Raises ``Refusal``: ``NOT_FOUND``, ``DOCUMENT_INVALID`` and what ``_open`` refuses."""
        with self._database.write() as session:
            plan = self._open(session, staff, plan_id)
            count = len(_documents(session, plan))
            if count >= MAX_DOCUMENTS or not is_publishable(attachment):
                raise Refusal("DOCUMENT_INVALID", document=count + 1)
            session.add(
                PlanDocument(
                    plan_id=plan.id,
                    name=attachment.name,
                    media_type=attachment.media_type,
                    hash=attachment.hash,
                    size=len(attachment.content),
                    content=attachment.content,
                )
            )
            reference = f"plan {plan.id} 0x{attachment.hash.hex()[:16]}"
            log_act(session, staff, self._clock(), "plan.document", reference)
            return self._changed(session, plan)

    def remove_document(self, staff: StaffLogin, plan_id: int, document_id: int) -> PlanView:
        """Remove a document. Raises ``Refusal``: ``NOT_FOUND`` and what ``_open`` refuses."""
        with self._database.write() as session:
            plan = self._open(session, staff, plan_id)
            document = session.get(PlanDocument, document_id)
            if document is None or document.plan_id != plan.id:
                raise Refusal("NOT_FOUND")
            session.delete(document)
            reference = f"plan {plan.id} 0x{document.hash.hex()[:16]}"
            log_act(session, staff, self._clock(), "plan.document-removed", reference)
            return self._changed(session, plan)

    def draft(self, staff: StaffLogin, plan_id: int, revision: int, privacy: bytes | None = None) -> Drafted:
        """Store the finished meeting and give the call that convenes it; ``privacy``: hash of the check shown.

        Raises ``Refusal`` with the first thing that is wrong, ``PLAN_CHANGED``, ``PLAN_PRIVACY_CHANGED`` and what
        ``_open`` refuses.
        """
        with self._database.read() as session:
            plan = self._open(session, staff, plan_id)
            view, slug = self._view(session, plan), session.get_one(Community, plan.community_id).slug
            if plan.revision != revision:
                raise Refusal("PLAN_CHANGED")
            refuse_first(view.checked.findings)
            attachments = [Attachment(row.name, row.media_type, row.content) for row in view.documents]
        content = plan.content
        drafted = self._drafts.write(
            staff,
            slug,
            Draft(
                title=content["title"],
                notice=content["notice"],
                scope=content["scope"],
                motions=motions_of(content),
                attachments=attachments,
                opens_at=content["opens_at"],
                closes_at=content["closes_at"],
                rules=rules_of(content),
                ballots=content.get("ballots", "open"),
                privacy=privacy,
            ),
        )
        with self._database.write() as session:
            self._open(session, staff, plan_id).draft_id = drafted.id
        return drafted

    def _open(self, session: Session, staff: StaffLogin, plan_id: int) -> MeetingPlan:
        """Find a plan that may still change.

        Raises ``Refusal``: ``NOT_FOUND``, ``PLAN_CONVENED``, ``PLAN_CONVENING`` while its convening is on its way.
        """
        plan = _own(session, staff, plan_id)
        lock_subject(session, f"plan/{plan.id}".encode())
        session.refresh(plan)
        if _convened_as(session, plan) is not None:
            raise Refusal("PLAN_CONVENED")
        if _is_signed(session, plan):
            raise Refusal("PLAN_CONVENING")
        return plan

    def _changed(self, session: Session, plan: MeetingPlan) -> PlanView:
        plan.revision, plan.changed_at = plan.revision + 1, self._clock()
        session.flush()
        return self._view(session, plan)

    def _view(self, session: Session, plan: MeetingPlan) -> PlanView:
        documents = _documents(session, plan)
        now = chain_time(session, self._clock())
        hashes = [document.hash for document in documents]
        checked = check_plan(session, plan.community_id, plan.content, hashes, now)
        signed = _is_signed(
            session, plan
        )  # before the number: what arrives in between is not lost from sight
        return PlanView(plan, documents, checked, _convened_as(session, plan), signed)


def _own(session: Session, staff: StaffLogin, plan_id: int) -> MeetingPlan:
    plan = session.get(MeetingPlan, plan_id)
    if plan is None or plan.community_id != staff.community_id:
        raise Refusal("NOT_FOUND")
    return plan


def _documents(session: Session, plan: MeetingPlan) -> Sequence[PlanDocument]:
    return session.scalars(
        select(PlanDocument).where(PlanDocument.plan_id == plan.id).order_by(PlanDocument.id)
    ).all()


def _draft_of(session: Session, plan: MeetingPlan) -> MeetingDraft | None:
    return session.get(MeetingDraft, plan.draft_id) if plan.draft_id is not None else None


def _convened_as(session: Session, plan: MeetingPlan) -> int | None:
    """Give the number of the meeting that was convened with exactly the plan's last draft."""
    draft = _draft_of(session, plan)
    return None if draft is None else convened_as(session, plan.community_id, draft.content_hash)


def _is_signed(session: Session, plan: MeetingPlan) -> bool:
    """Tell whether a signed call to convene the plan's last draft is on its way."""
    draft = _draft_of(session, plan)
    return draft is not None and is_convening(session, plan.community_id, draft.content_hash)
