"""Tables of the roll. Areas in 0.01 m²; names, numbers and phones sealed, found by keyed hash."""

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class Owner(Base):
    """One head of a community. A voter index is given once: the same set of title holders keeps it for ever.

    An owner without units has left the roll; its index stays unused.
    """

    __tablename__ = "owner"
    __table_args__ = (
        UniqueConstraint("community_id", "voter"),
        UniqueConstraint("community_id", "holders_key"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    voter: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(16))
    """``person``, ``joint``, ``company`` or ``developer``."""
    holders_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Keyed hash of the set of title holders' numbers."""


class Title(Base):
    """A person or company behind an owner. ``acts`` marks the one who votes."""

    __tablename__ = "title"
    __table_args__ = (
        UniqueConstraint("owner_id", "id_number_key"),
        Index("ix_title_keys", "id_number_key", "name_key"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    role: Mapped[str] = mapped_column(String(16))
    """``holder``, ``representative`` (a holder too), ``guardian`` or ``authorised``."""
    acts: Mapped[bool]
    id_type: Mapped[str] = mapped_column(String(16))
    """``identity``, ``credit`` or ``other``."""
    name: Mapped[bytes] = mapped_column(LargeBinary)
    name_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    id_number: Mapped[bytes] = mapped_column(LargeBinary)
    id_number_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class Unit(Base):
    """A flat, shop, parking space..., with the owner whose head it belongs to."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("community_id", "building", "entrance", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    building: Mapped[str] = mapped_column(String(40))
    entrance: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(40))
    use: Mapped[str] = mapped_column(String(16))
    area: Mapped[int] = mapped_column(BigInteger)
    area_source: Mapped[str] = mapped_column(String(16))
    sale_state: Mapped[str] = mapped_column(String(24))
    counted: Mapped[bool]
    """Whether its area counts under the community's rules."""
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"), index=True)


class RollImport(Base):
    """One import of a whole roll; the last one is in force."""

    __tablename__ = "roll_import"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    imported_at: Mapped[int] = mapped_column(BigInteger)
    file_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Hash of the roll's canonical form; never published (it covers personal data)."""
    parking_counts: Mapped[bool]
    storerooms_count: Mapped[bool]
    units: Mapped[int] = mapped_column(BigInteger)
    heads: Mapped[int] = mapped_column(BigInteger)
    area: Mapped[int] = mapped_column(BigInteger)
