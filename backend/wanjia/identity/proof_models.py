"""How an identity was proven, the log-ins that rest on it, and the keys registered by them."""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId
from wanjia.deliberation.resident_models import Resident


class EvidenceRecord(Base):
    """Salted record of one proof of identity.

    The chain holds its hash; deletion destroys record and salt here.
    """

    __tablename__ = "evidence_record"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), unique=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    owner_id: Mapped[int] = mapped_column(BigInteger, index=True)
    evidence: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    record: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[int] = mapped_column(BigInteger)
    destroyed_at: Mapped[int | None] = mapped_column(BigInteger)


class LoginSession(Base):
    """One log-in: of an owner (``claim_id``), of staff (``staff_id``) or of an owner's household (``resident_id``).

    The cookie holds the token, we its hash.
    """

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)


class KeyRequest(Base):
    """A key an owner asked to have registered, or changed to. One key stands for one owner of a community."""

    __tablename__ = "key_request"
    __table_args__ = (UniqueConstraint("community_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    owner_id: Mapped[int] = mapped_column(BigInteger, index=True)
    voter: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(8))
    """"register" or "change"."""
    key: Mapped[str] = mapped_column(String(42))
    evidence: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary(65))
    job_id: Mapped[int] = mapped_column(BigInteger)
    """The relay's registration (kind "register") or call (kind "change")."""
    created_at: Mapped[int] = mapped_column(BigInteger)
