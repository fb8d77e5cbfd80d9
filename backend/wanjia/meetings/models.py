"""Tables of meetings.

Drafts, the texts and documents whose hashes are frozen on chain, and officials' acts.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class MeetingDraft(Base):
    """A meeting as the committee wrote it. The chain has the meeting once the committee's key convened it."""

    __tablename__ = "meeting_draft"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    """keccak256 of the ABI-encoded Convening: finds the draft of a convened meeting."""
    title: Mapped[str] = mapped_column(String(200))
    notice: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    convening: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)


class MotionText(Base):
    """Title and text of a motion, found by the hash the chain holds."""

    __tablename__ = "motion_text"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)


class Document(Base):
    """A published document, found by the hash of its bytes."""

    __tablename__ = "document"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DraftDocument(Base):
    """A document's place and name in one draft."""

    __tablename__ = "draft_document"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("meeting_draft.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    hash: Mapped[bytes] = mapped_column(ForeignKey("document.hash"))
    name: Mapped[str] = mapped_column(String(200))


class Act(Base):
    """A call an official signed for the forwarder, and the relay's job that carries it."""

    __tablename__ = "act"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sender: Mapped[str] = mapped_column(String(42), index=True)
    nonce: Mapped[int] = mapped_column(BigInteger)
    function: Mapped[str] = mapped_column(String(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    call_id: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[int] = mapped_column(BigInteger)
