"""Tables of the accounts. Amounts in fen, debit positive. The database itself refuses changes to what is posted."""

from datetime import date

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from wanjia.accounts.append_only import guard
from wanjia.db.base import Base, BigId


class BankAccount(Base):
    """An account of the community at a bank, for one fund. Its number is sealed; ``masked`` shows the last digits.

    ``ordinal`` counts a community's accounts from 1 and is what the ``FundLedger`` calls them.
    """

    __tablename__ = "bank_account"
    __table_args__ = (
        UniqueConstraint("community_id", "code"),
        UniqueConstraint("community_id", "ordinal"),
        UniqueConstraint("community_id", "number_key"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    code: Mapped[str] = mapped_column(String(24))
    ordinal: Mapped[int] = mapped_column(Integer)
    fund: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    number: Mapped[bytes] = mapped_column(LargeBinary)
    number_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    masked: Mapped[str] = mapped_column(String(16))


class AccountEntry(Base):
    """One entry. ``number`` counts up without gaps in a community; ``hash`` covers the entry and ``previous``."""

    __tablename__ = "account_entry"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        UniqueConstraint("community_id", "reverses"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str] = mapped_column(String(64))
    words_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    documents: Mapped[list[str]] = mapped_column(JSON)
    """Salted hashes, ``0x`` and 64 digits."""
    payment: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Id of the payment in the ``FundLedger`` that this entry enters."""
    reverses: Mapped[int | None] = mapped_column(BigInteger)
    """Number of the entry this one takes back; an entry is taken back once at most."""
    at: Mapped[int] = mapped_column(BigInteger)
    by: Mapped[int] = mapped_column(BigInteger)
    """Staff account that posted it; 0 for the command line and the program's own rules."""
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AccountPosting(Base):
    """One posting. The unit is its address in the roll, not a row of it: rolls change, postings never."""

    __tablename__ = "account_posting"
    __table_args__ = (UniqueConstraint("entry_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("account_entry.id"))
    position: Mapped[int] = mapped_column(Integer)
    account: Mapped[str] = mapped_column(String(32), index=True)
    building: Mapped[str] = mapped_column(String(40))
    entrance: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(40))
    amount: Mapped[int] = mapped_column(BigInteger)


class AccountWords(Base):
    """The words of an entry and the salt of their hash: kept apart, so that they can be taken down."""

    __tablename__ = "account_words"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("account_entry.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    words: Mapped[str] = mapped_column(Text)


guard(AccountEntry.__table__, ("community_id", "number"))
guard(AccountPosting.__table__, ("entry_id", "position"))
