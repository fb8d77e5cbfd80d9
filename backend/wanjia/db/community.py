"""A residential community (小区) and where its contracts are."""

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class Community(Base):
    """One community. ``salt`` hides its name in the hash the factory records (32 bytes)."""

    __tablename__ = "community"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    district: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    registry_address: Mapped[str] = mapped_column(String(42), unique=True)
    open_meeting_address: Mapped[str] = mapped_column(String(42), unique=True)
    secret_meeting_address: Mapped[str | None] = mapped_column(String(42), unique=True, index=True)
    """With the trustees' board, empty for a community whose contracts are of a release without secret ballots."""
    trustee_board_address: Mapped[str | None] = mapped_column(String(42), unique=True, index=True)
    notary_address: Mapped[str] = mapped_column(String(42), unique=True)
    first_block: Mapped[int] = mapped_column(BigInteger)
    """Block in which the contracts were made: the index starts here."""
