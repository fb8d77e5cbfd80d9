"""What is to be sent and what was sent. Nothing goes to the chain that does not stand here first."""

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class ItemKind(StrEnum):
    """What an item asks of the chain; items of one kind, target and group may share a transaction."""

    BALLOT = "ballot"
    """Body: a record (77 bytes of an open meeting, more of a secret one); group: the meeting; reference: the ballot's hash."""
    REGISTRATION = "registration"
    """Body: voter, key, evidence, r, vs packed; reference: the caller's."""
    CALL = "call"
    """Body: calldata of the operator's own, one a transaction."""
    FORWARD = "forward"
    """Body: calldata of ``ERC2771Forwarder.execute``, one a transaction."""


class ItemState(StrEnum):
    """Where an item is."""

    QUEUED = "queued"
    SUBMITTED = "submitted"
    """A stored transaction carries it."""
    DONE = "done"
    REFUSED = "refused"
    """The contract refused it; ``code`` and ``reason`` say why."""


class SlotState(StrEnum):
    """Where a nonce of the operator's account is."""

    PENDING = "pending"
    MINED = "mined"
    FINAL = "final"
    LOST = "lost"
    """Another transaction used the nonce; what this one carried was queued again."""


class RelaySlot(Base):
    """One nonce of the operator's account and what it is spent on."""

    __tablename__ = "relay_slot"
    __table_args__ = (
        Index(
            "uq_relay_slot_operator_nonce",
            "operator",
            "nonce",
            unique=True,
            sqlite_where=text("state <> 'lost'"),
            postgresql_where=text("state <> 'lost'"),
        ),
        Index("ix_relay_slot_state", "state", "nonce"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    operator: Mapped[str] = mapped_column(String(42))
    nonce: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(16))
    """An ``ItemKind``, or ``filler``: an empty transfer to itself that closes a hole in the nonces."""
    target: Mapped[str] = mapped_column(String(42))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    gas: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16), default=SlotState.PENDING)
    settled: Mapped[bool] = mapped_column(default=False)
    """What became of the items is written down for the block below."""
    block: Mapped[int | None] = mapped_column(BigInteger)
    block_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    gas_used: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[int] = mapped_column(BigInteger)


class RelayBroadcast(Base):
    """Signed bytes for a slot. A second row of a slot is the same content at a higher fee."""

    __tablename__ = "relay_broadcast"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("relay_slot.id"), index=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    max_fee: Mapped[int] = mapped_column(BigInteger)
    """Wei per gas; the legacy gas price where the chain has no base fee."""
    stored_at: Mapped[int] = mapped_column(BigInteger)


class RelayItem(Base):
    """One thing the chain is asked for, written in the unit of work of whoever asks."""

    __tablename__ = "relay_item"
    __table_args__ = (
        Index("ix_relay_item_queue", "state", "id"),
        Index("ix_relay_item_reference", "kind", "reference"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id"))
    target: Mapped[str] = mapped_column(String(42))
    group: Mapped[int] = mapped_column("group_number", BigInteger, default=0)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    reference: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(16), default=ItemState.QUEUED)
    code: Mapped[str | None] = mapped_column(String(48))
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    """How many transactions that carried it were mined without a word on it."""
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("relay_slot.id"), index=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    submitted_at: Mapped[int | None] = mapped_column(BigInteger)
    settled_at: Mapped[int | None] = mapped_column(BigInteger)


class RelayLease(Base):
    """Who may send for an operator key. UTC seconds of the database's users, who keep their clocks within 2 s."""

    __tablename__ = "relay_lease"

    operator: Mapped[str] = mapped_column(String(42), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[float] = mapped_column()
