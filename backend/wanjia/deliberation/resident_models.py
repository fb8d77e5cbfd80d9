"""Tables of those who speak: owners, and the tenants and family they let in."""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId
from wanjia.db.community import Community


class Resident(Base):
    """Somebody who may speak in a community.

    An owner is known by ``person_hash`` (the claim's), so that a new roll changes nothing; tenants and family by the
    owner who let them in. ``building`` and ``entrance`` say whose neighbours they are.
    """

    __tablename__ = "resident"
    __table_args__ = (UniqueConstraint("community_id", "person_hash"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey(Community.id), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    """A ``ResidentKind``."""
    person_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the owner calls a member of the household, sealed; only the owner reads it."""
    building: Mapped[str] = mapped_column(String(40))
    entrance: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
    """When the owner ended it: such a resident logs in no more, what was said stays."""


class HouseholdInvitation(Base):
    """A link by which one tenant or member of the family joins, once."""

    __tablename__ = "household_invitation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[bytes] = mapped_column(LargeBinary)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
