"""Tables of trustees: the seats a committee offers, and what trustees signed for the forwarder."""

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class TrusteeSeat(Base):
    """A trustee's seat of a secret meeting: the office, the invitation, and the account that took it.

    ``token`` is readable while nobody has taken the seat, so that the committee can show the link again; ``token_hash``
    stays. ``threshold`` is the same in all seats of a meeting.
    """

    __tablename__ = "trustee_seat"
    __table_args__ = (
        UniqueConstraint("community_id", "meeting", "seat"),
        UniqueConstraint("community_id", "meeting", "account"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting: Mapped[int] = mapped_column(BigInteger)
    seat: Mapped[int] = mapped_column(Integer)
    threshold: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(64))
    token: Mapped[str | None] = mapped_column(String(64))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account: Mapped[str | None] = mapped_column(String(42))
    taken_at: Mapped[int | None] = mapped_column(BigInteger)


class TrusteeAct(Base):
    """A call to the board that a trustee signed, and the relay's job that carries it."""

    __tablename__ = "trustee_act"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting: Mapped[int] = mapped_column(BigInteger)
    sender: Mapped[str] = mapped_column(String(42), index=True)
    nonce: Mapped[int] = mapped_column(BigInteger)
    function: Mapped[str] = mapped_column(String(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    call_id: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[int] = mapped_column(BigInteger)
