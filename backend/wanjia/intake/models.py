"""Ballots as they were received: the truth until the chain holds them."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class Ballot(Base):
    """One received ballot. Rows are never changed; what became of it stands with the relay and the index."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("community_id", "meeting", "sequence"),
        UniqueConstraint("community_id", "meeting", "voter", "attempt"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting: Mapped[int] = mapped_column(BigInteger)
    voter: Mapped[int] = mapped_column(BigInteger)
    attempt: Mapped[int] = mapped_column(Integer)
    """0, or how many ballots of this voter the contract refused before."""
    ballot_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    record: Mapped[bytes] = mapped_column(LargeBinary)
    """As it is cast: 77 bytes of an open meeting, more of a secret one."""
    sequence: Mapped[int] = mapped_column(BigInteger)
    """Counts the meeting's received ballots from 1 without a gap."""
    received_at: Mapped[int] = mapped_column(BigInteger)
    """Chain time, UTC seconds."""
    item_id: Mapped[int] = mapped_column(ForeignKey("relay_item.id"))


class BallotSequence(Base):
    """Last sequence number given in a meeting; its row's lock orders the meeting's commits."""

    __tablename__ = "ballot_sequence"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    meeting: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(BigInteger)


class BallotPoint(Base):
    """An ``A`` of a received or opened secret ballot: its secret must be fresh, so it stands in no other ballot."""

    __tablename__ = "ballot_point"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    meeting: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    point: Mapped[bytes] = mapped_column(LargeBinary(64), primary_key=True)
    ballot_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class OpenedBallot(Base):
    """A secret ballot that was opened to check the phone, and so is void; without the secrets that open it."""

    __tablename__ = "opened_ballot"
    __table_args__ = (Index("ix_opened_ballot_voter", "community_id", "meeting", "voter"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting: Mapped[int] = mapped_column(BigInteger)
    voter: Mapped[int] = mapped_column(BigInteger)
    ballot_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    """Of context and body (WSB-1): what the countersignature names."""
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """What the owner would have signed: what intake knows the ballot by."""
    body: Mapped[bytes] = mapped_column(LargeBinary)
    shown_at: Mapped[int] = mapped_column(BigInteger)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    """The operator's, over ``BallotCode``."""
    opened_at: Mapped[int] = mapped_column(BigInteger)
