"""Staff and the log of what they did."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class Staff(Base):
    """Somebody who works for one community, or (role "operator") runs the system.

    ``address`` is the official's own signing key, known to the registry contract; the system never holds
    the key.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed base32 secret."""
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """Last 30-second step whose code was used; it and earlier ones are refused."""
    failures: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[int] = mapped_column(BigInteger, default=0)
    address: Mapped[str | None] = mapped_column(String(42))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[int] = mapped_column(BigInteger)


class StaffLogEntry(Base):
    """One thing a member of staff did. Never changed, never deleted; no names or numbers of owners in it."""

    __tablename__ = "staff_log"
    __table_args__ = (Index("ix_staff_log_community_id_at", "community_id", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    username: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(16))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id"))
    action: Mapped[str] = mapped_column(String(32))
    reference: Mapped[str] = mapped_column(String(128))
