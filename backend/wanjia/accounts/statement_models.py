"""Tables of bank statements and of what was matched. Amounts in fen; what came in is positive."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.db.base import Base, BigId


class BankStatement(Base):
    """One imported statement."""

    __tablename__ = "bank_statement"
    __table_args__ = (UniqueConstraint("bank_account_id", "file_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    file_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Keyed hash of the file: the same file is known again."""
    format: Mapped[str] = mapped_column(String(8))
    """``csv``, ``ofx`` or ``camt``."""
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    opening: Mapped[int] = mapped_column(BigInteger)
    closing: Mapped[int] = mapped_column(BigInteger)
    lines: Mapped[int] = mapped_column(Integer)
    imported_at: Mapped[int] = mapped_column(BigInteger)


class BankLine(Base):
    """One line of a statement, stored once however many statements show it. Names and numbers are sealed."""

    __tablename__ = "bank_line"
    __table_args__ = (UniqueConstraint("bank_account_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"), index=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Keyed hash of the bank's reference, or of the line's place where it has none."""
    day: Mapped[date] = mapped_column(Date)
    amount: Mapped[int] = mapped_column(BigInteger)
    details: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed: reference, words, the other side's name and the last digits of its account."""


class BankMatch(Base):
    """What a person took to be the same money. ``parts`` stay when the match is undone, its links go."""

    __tablename__ = "bank_match"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"), index=True)
    rule: Mapped[str] = mapped_column(String(16))
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """``lines`` and ``postings`` by their ids, and how many ``days`` they lie apart."""
    made_at: Mapped[int] = mapped_column(BigInteger)
    made_by: Mapped[int] = mapped_column(BigInteger)
    undone_at: Mapped[int | None] = mapped_column(BigInteger)
    undone_by: Mapped[int | None] = mapped_column(BigInteger)


class BankMatchLink(Base):
    """A line or a posting in a match that stands: each is in one at most."""

    __tablename__ = "bank_match_link"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("bank_match.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_line.id"), unique=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("account_posting.id"), unique=True)
