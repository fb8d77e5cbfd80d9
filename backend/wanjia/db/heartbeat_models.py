"""What the long-running processes say of themselves: read by the health page, written a few times a minute."""

from typing import Any

from sqlalchemy import JSON, BigInteger, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from wanjia.db.base import Base


class Heartbeat(Base):
    """Last sign of life of one process (``relay``, ``index``)."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    """``ok``; ``waiting`` for something outside (chain, funds, lease); ``stopped`` until a person looks."""
    detail: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def beat(
    session: Session, process: str, at: int, state: str, detail: str = "", facts: dict[str, Any] | None = None
) -> None:
    """Write the sign of life of ``process`` at UTC second ``at``."""
    session.merge(Heartbeat(process=process, at=at, state=state, detail=detail, facts=facts or {}))
