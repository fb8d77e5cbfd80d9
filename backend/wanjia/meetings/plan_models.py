"""Tables of meetings in preparation (筹备中的会议): what a committee wrote so far, finished or not."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class MeetingPlan(Base):
    """A meeting in preparation. Nothing of it is published before it is convened."""

    __tablename__ = "meeting_plan"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    """Grows with every change, so that two people do not write over each other unnoticed."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Title, notice, scope, motions, times, rules and the step it was left at."""
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_draft.id"))
    """The draft its call to convene was last made from."""
    created_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[int] = mapped_column(BigInteger)


class PlanDocument(Base):
    """A document of a meeting in preparation, kept apart from published ones."""

    __tablename__ = "plan_document"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("meeting_plan.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(64))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
