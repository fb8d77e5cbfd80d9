"""Tables of concerns. Texts and photographs are sealed; their salted hashes go into a daily root on the chain.

Taking a text down destroys text and salt and leaves the leaf: that it existed can be proven, what it said cannot be guessed.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId
from wanjia.db.community import Community
from wanjia.deliberation.resident_models import Resident
from wanjia.identity.staff_models import Staff


class Concern(Base):
    """What a resident raised, and where it stands. Its texts are those of its entries and its own title."""

    __tablename__ = "concern"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        UniqueConstraint("resident_id", "request"),
        Index("ix_concern_community_id_state_due_at", "community_id", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey(Community.id))
    number: Mapped[int] = mapped_column(BigInteger)
    """Counts from 1 in a community."""
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    request: Mapped[str] = mapped_column(String(64))
    """Chosen by the phone: the same request sent twice raises one concern."""
    kind: Mapped[str] = mapped_column(String(16))
    building: Mapped[str] = mapped_column(String(40))
    """Empty for a common area of the whole community."""
    entrance: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(64))
    """A common area in words (地下车库, 北门), or empty."""
    public: Mapped[bool]
    urgent: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    level: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[int | None] = mapped_column(BigInteger)
    """By when this level answers, or the person says whether it is settled; empty once it has ended."""
    title: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed; empty once taken down."""
    text: Mapped[bytes | None] = mapped_column(LargeBinary)
    hidden_at: Mapped[int | None] = mapped_column(BigInteger)
    """With that of its ``raised`` entry."""
    taken_by: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    created_at: Mapped[int] = mapped_column(BigInteger)
    first_answer_at: Mapped[int | None] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)


class ConcernEntry(Base):
    """One thing that happened to a concern or was said about it. Added, never changed, never deleted.

    Of who did it exactly one of ``resident_id`` and ``staff_id`` is set, or neither for what a rule did.
    """

    __tablename__ = "concern_entry"
    __table_args__ = (Index("ix_concern_entry_concern_id", "concern_id"), Index("ix_concern_entry_at", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"))
    at: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12))
    """``raised``, ``comment``, ``talk`` (private), ``taken``, ``note``, ``answer``, ``climbed``, ``settled``,
    ``unsettled``, ``lapsed``, ``withdrawn``, ``hidden``, ``shown``, ``appeal``, ``upheld`` (hidden it stays)."""
    resident_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    about: Mapped[int | None] = mapped_column(ForeignKey("concern_entry.id"))
    """What was hidden, shown, upheld or appealed about: a comment, or the ``raised`` entry for the concern's own words."""
    level: Mapped[int] = mapped_column(Integer)
    """The level after it."""
    text: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed words or reason; empty where there are none or they were taken down."""
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed 32 bytes that keep the leaf from being guessed; destroyed with the text."""
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    hidden_at: Mapped[int | None] = mapped_column(BigInteger)


class ConcernPhoto(Base):
    """A photograph of a concern (with its ``raised`` entry) or of an answer, sealed."""

    __tablename__ = "concern_photo"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("concern_entry.id"))
    number: Mapped[int] = mapped_column(Integer)
    """Number within the entry, from 1."""
    media_type: Mapped[str] = mapped_column(String(32))
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


class ConcernSupport(Base):
    """A resident stands behind somebody's concern (附议): one a person."""

    __tablename__ = "concern_support"

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True, index=True)
    created_at: Mapped[int] = mapped_column(BigInteger)


class ConcernFollow(Base):
    """A resident is told of what happens to a concern; ``seen`` is the last entry they have read."""

    __tablename__ = "concern_follow"

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True, index=True)
    seen: Mapped[int] = mapped_column(BigInteger)


class ConcernDay(Base):
    """The Merkle root of a community's entries of one day (Asia/Shanghai), and the relay's job that anchors it."""

    __tablename__ = "concern_day"
    __table_args__ = (UniqueConstraint("community_id", "day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey(Community.id))
    day: Mapped[int] = mapped_column(Integer)
    """Days since 1970-01-01 in Asia/Shanghai."""
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    entries: Mapped[int] = mapped_column(Integer)
    call_id: Mapped[int] = mapped_column(BigInteger)


class GridAssignment(Base):
    """The grid worker of a building."""

    __tablename__ = "grid_assignment"
    __table_args__ = (UniqueConstraint("community_id", "building"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey(Community.id))
    building: Mapped[str] = mapped_column(String(40))
    """Empty for common areas of the whole community."""
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id), index=True)
