"""Claims to be an owner, the codes sent for them, and the messages that carry the codes."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class Claim(Base):
    """Somebody says to be the owner of a unit.

    A claim that matches nobody is kept just like one that does (``owner_id`` is then empty), so that
    nobody learns from the answer who is on the roll, and so that it can go to review.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_person_hash_at", "person_hash", "created_at"),
        Index("ix_claim_phone_hash_at", "phone_hash", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(BigInteger)
    title_id: Mapped[int | None] = mapped_column(BigInteger)
    """The acting person of the roll whom everything matched."""
    person_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    phone_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    details: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What was claimed, sealed JSON; emptied by deletion."""
    consent_version: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[int] = mapped_column(BigInteger, index=True)
    expires_at: Mapped[int] = mapped_column(BigInteger)


class OneTimeCode(Base):
    """A six-digit code of one claim, keyed-hashed. A later code does not make an earlier one invalid."""

    __tablename__ = "one_time_code"
    __table_args__ = (
        Index("ix_one_time_code_person_hash_at", "person_hash", "sent_at"),
        Index("ix_one_time_code_phone_hash_at", "phone_hash", "sent_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    person_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    phone_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    tries: Mapped[int] = mapped_column(Integer, default=0)
    sent_at: Mapped[int] = mapped_column(BigInteger, index=True)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[int | None] = mapped_column(BigInteger)


class CodeTry(Base):
    """One try of a code; counted over the whole system against guessing spread over many phones."""

    __tablename__ = "code_try"
    __table_args__ = (Index("ix_code_try_live_at", "live", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    live: Mapped[bool]
    """Whether it was wrong and a right guess would have let somebody in."""
    at: Mapped[int] = mapped_column(BigInteger)


class AddressedMessage(Base):
    """A text to a phone, sealed.

    ``withheld`` ones are never sent: they only cost the same time as one that is.
    """

    __tablename__ = "addressed_message"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    phone: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    withheld: Mapped[bool]
    created_at: Mapped[int] = mapped_column(BigInteger, index=True)
