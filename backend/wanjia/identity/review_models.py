"""Claims that did not match, with the evidence their claimants sent for the supervisor to judge."""

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class Review(Base):
    """One claim before its community's supervisor: "pending", "approved" or "refused"."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), unique=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    state: Mapped[str] = mapped_column(String(8), default="pending")
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the claimant wrote, sealed."""
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the supervisor wrote, sealed."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    decided_at: Mapped[int | None] = mapped_column(BigInteger)


class ReviewFile(Base):
    """One evidence file of a review, sealed; its type is read from its first bytes."""

    __tablename__ = "review_file"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    number: Mapped[int] = mapped_column(Integer)
    """Number within the review, from 1."""
    media_type: Mapped[str] = mapped_column(String(32))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
