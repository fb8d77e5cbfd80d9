"""What the chain says, as rows. All of it can be dropped and made again by replay (docs/protocol.md)."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId
from wanjia.db.types import Uint64

HASH = LargeBinary(32)


class IndexState(Base):
    """One row: what the index knows about the chain as a whole and about itself."""

    __tablename__ = "index_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    chain_id: Mapped[int] = mapped_column(BigInteger)
    finality_depth: Mapped[int] = mapped_column(Integer)
    clock_offset: Mapped[int] = mapped_column(BigInteger, default=0)
    """Chain time minus this machine's time, seconds: chain time goes on while the chain is away."""
    chain_head: Mapped[int] = mapped_column(BigInteger, default=0)
    """Number of the chain's latest block when it was last reached."""
    observed_at: Mapped[int] = mapped_column(BigInteger, default=0)
    """When the chain was last reached, UTC seconds of this machine."""
    error: Mapped[str] = mapped_column(Text, default="")
    """Why the index stands still; empty while it runs."""
    alarm: Mapped[str] = mapped_column(Text, default="")
    """Set when blocks below the finality depth were replaced; results are frozen until a person looks."""


class IndexedCommunity(Base):
    """Marks a community whose events are followed."""

    __tablename__ = "indexed_community"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)


class IndexedBlock(Base):
    """One block that was read. Old blocks without events of ours are dropped again."""

    __tablename__ = "indexed_block"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(HASH)
    parent_hash: Mapped[bytes] = mapped_column(HASH)
    time: Mapped[int] = mapped_column(BigInteger)
    events: Mapped[int] = mapped_column(Integer)
    final_at: Mapped[int | None] = mapped_column(BigInteger)
    """Chain time at which it reached the finality depth."""


class IndexedEvent(Base):
    """Every event of a community's contracts, raw."""

    __tablename__ = "indexed_event"
    __table_args__ = (
        UniqueConstraint("block", "log_index"),
        Index("ix_indexed_event_meeting", "community_id", "meeting"),
        Index("ix_indexed_event_voter", "community_id", "voter"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    contract: Mapped[str] = mapped_column(String(16))
    """``registry``, ``open_meeting``, ``secret_meeting``, ``trustee_board`` or ``notary``."""
    address: Mapped[str] = mapped_column(String(42))
    name: Mapped[str] = mapped_column(String(48))
    meeting: Mapped[int | None] = mapped_column(BigInteger)
    voter: Mapped[int | None] = mapped_column(BigInteger)
    block: Mapped[int] = mapped_column(BigInteger)
    block_hash: Mapped[bytes] = mapped_column(HASH)
    transaction: Mapped[bytes] = mapped_column(HASH)
    log_index: Mapped[int] = mapped_column(Integer)
    topics: Mapped[bytes] = mapped_column(LargeBinary)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class IndexedMeeting(Base):
    """A meeting as its events tell it. Whether it is open is for chain time to say (``index.views``)."""

    __tablename__ = "indexed_meeting"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ballots: Mapped[str] = mapped_column(String(8), default="open")
    """``open`` or ``secret``: which of the community's two meeting contracts holds it."""
    context: Mapped[bytes | None] = mapped_column(HASH)
    """Of a secret meeting: what its ballots are bound to, once its keys are adopted."""
    keys: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The adopted keys as the event names them; points as 0x-hex of 64 bytes."""
    seal_hash: Mapped[bytes | None] = mapped_column(HASH)
    convene_hash: Mapped[bytes] = mapped_column(HASH)
    convening: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The frozen content as the event names it; bytes as 0x-hex."""
    convener: Mapped[str] = mapped_column(String(42))
    convened_at: Mapped[int] = mapped_column(BigInteger)
    consented_at: Mapped[int | None] = mapped_column(BigInteger)
    opens_at: Mapped[int] = mapped_column(BigInteger)
    closes_at: Mapped[int] = mapped_column(BigInteger)
    roll_area: Mapped[int] = mapped_column(BigInteger, default=0)
    roll_heads: Mapped[int] = mapped_column(BigInteger, default=0)
    roll_digest: Mapped[bytes | None] = mapped_column(HASH)
    roll_published_at: Mapped[int | None] = mapped_column(BigInteger)
    sealed_at: Mapped[int | None] = mapped_column(BigInteger)
    declared_at: Mapped[int | None] = mapped_column(BigInteger)
    objections_end_at: Mapped[int | None] = mapped_column(BigInteger)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The declared result as the event names it."""
    result_transaction: Mapped[bytes | None] = mapped_column(HASH)
    final_at: Mapped[int | None] = mapped_column(BigInteger)
    void_at: Mapped[int | None] = mapped_column(BigInteger)
    void_reason: Mapped[bytes | None] = mapped_column(HASH)
    block: Mapped[int] = mapped_column(BigInteger)


class IndexedRoll(Base):
    """One voter's area (0.01 m²) on a meeting's published roll."""

    __tablename__ = "indexed_roll"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    meeting: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    voter: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    area: Mapped[int] = mapped_column(BigInteger)


class IndexedKey(Base):
    """A key that speaks for a voter from one block on, until another takes its place."""

    __tablename__ = "indexed_key"
    __table_args__ = (Index("ix_indexed_key_voter", "community_id", "voter"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    voter: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(42))
    from_block: Mapped[int] = mapped_column(BigInteger)
    until_block: Mapped[int | None] = mapped_column(BigInteger)


class IndexedBallot(Base):
    """A counted ballot."""

    __tablename__ = "indexed_ballot"
    __table_args__ = (Index("ix_indexed_ballot_block", "block"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    meeting: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    voter: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    choices: Mapped[int | None] = mapped_column(Uint64)
    """Empty in a secret meeting."""
    ballot_hash: Mapped[bytes] = mapped_column(HASH, index=True)
    block: Mapped[int] = mapped_column(BigInteger)
    transaction: Mapped[bytes] = mapped_column(HASH)
    position: Mapped[int] = mapped_column(Integer)


class IndexedSkip(Base):
    """A record the contract skipped, with its reason (``SkipReason``)."""

    __tablename__ = "indexed_skip"
    __table_args__ = (Index("ix_indexed_skip_block", "block"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting: Mapped[int] = mapped_column(BigInteger)
    voter: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[int] = mapped_column(Integer)
    ballot_hash: Mapped[bytes] = mapped_column(HASH, index=True)
    block: Mapped[int] = mapped_column(BigInteger)
    transaction: Mapped[bytes] = mapped_column(HASH)
    position: Mapped[int] = mapped_column(Integer)
