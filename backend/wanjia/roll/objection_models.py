"""Objections to the published roll. Texts are sealed and never on the chain."""

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class RollObjection(Base):
    """What one owner says is wrong with one line, and what the committee answered."""

    __tablename__ = "roll_objection"
    __table_args__ = (
        Index("ix_roll_objection_meeting", "community_id", "meeting"),
        Index("ix_roll_objection_owner_id", "owner_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting: Mapped[int] = mapped_column(BigInteger)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    building: Mapped[str] = mapped_column(String(40))
    entrance: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(40))
    text: Mapped[bytes | None] = mapped_column(LargeBinary)
    outcome: Mapped[str | None] = mapped_column(String(8))
    """``accepted`` (the roll is corrected) or ``refused``; empty until it is answered."""
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    answered_at: Mapped[int | None] = mapped_column(BigInteger)
