"""One transaction at a time for one subject, so that a count and the row it allows cannot be overtaken."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def lock_subject(session: Session, subject: bytes) -> None:
    """Wait until no other transaction holds ``subject`` (any bytes); released at the end of this one.

    SQLite has one writer at a time anyway; PostgreSQL takes an advisory lock on the first eight bytes.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(subject[:8].ljust(8, b"\0"), "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
