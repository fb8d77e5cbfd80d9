"""Roll files handed in at the desk: checked first, put in force when the committee confirms."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class RollUpload(Base):
    """One file and what its check found. The file is sealed, and destroyed once it is of no more use."""

    __tablename__ = "roll_upload"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str] = mapped_column(String(16))
    """``checking``, ``checked``, ``importing``, ``imported`` or ``refused``."""
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of the file's bytes: what is confirmed is what was checked."""
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    parking: Mapped[bool]
    storerooms: Mapped[bool]
    basis: Mapped[int | None] = mapped_column(BigInteger)
    """The import that was in force when the file was checked: the changes shown are changes to it."""
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Findings, totals and changes, without personal data."""
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("roll_import.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[int] = mapped_column(BigInteger)
    """When the state was entered."""
