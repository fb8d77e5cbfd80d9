"""Concerns like the one that is being written: found in memory among the public ones of a community."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.alike import AlikeTexts
from wanjia.deliberation.lines import Line, Reader, lines_of
from wanjia.deliberation.models import Concern, ConcernEntry
from wanjia.deliberation.residents import ResidentLogin
from wanjia.domain.concerns import ConcernState
from wanjia.identity.vault import Vault

COUNT = 5
_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Similar:
    """A concern like the words given, how much like them (0 to 1), and the beginning of its last answer."""

    line: Line
    score: float
    answer: str | None


class SimilarConcerns:
    """Keeps an index for each community that was asked about; every question brings it up to date first."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._lock = Lock()
        self._indexes: dict[int, AlikeTexts] = {}
        self._known: dict[int, set[int]] = {}

    def to(self, resident: ResidentLogin, text: str) -> list[Similar]:
        """Give up to five public concerns, the most alike first."""
        with self._database.read() as session:
            with self._lock:
                found = self._current(session, resident.community_id).nearest(text, COUNT)
            scores = dict(found)
            rows = session.scalars(select(Concern).where(Concern.id.in_(scores))).all()
            ordered = sorted(rows, key=lambda row: -scores[row.id])
            lines = lines_of(session, self._vault, ordered, Reader(resident.resident_id), self._clock())
            return [
                Similar(line, scores[row.id], self._answer(session, row))
                for row, line in zip(ordered, lines, strict=True)
            ]

    def _current(self, session: Session, community_id: int) -> AlikeTexts:
        index = self._indexes.setdefault(community_id, AlikeTexts())
        known = self._known.setdefault(community_id, set())
        public = (
            Concern.community_id == community_id,
            Concern.public,
            Concern.hidden_at.is_(None),
            Concern.text.is_not(None),
            Concern.state != ConcernState.WITHDRAWN,
        )
        now = set(session.scalars(select(Concern.id).where(*public)))
        for gone in known - now:
            index.remove(gone)
        if now - known:
            fresh = select(Concern).where(*public, Concern.id > min(now - known) - 1)
            for row in session.scalars(fresh):
                if row.id not in known:
                    words = (self._vault.open(part) for part in (row.title, row.text) if part)
                    index.add(row.id, "\n".join(words))
        self._known[community_id] = now
        return index

    def _answer(self, session: Session, concern: Concern) -> str | None:
        sealed = session.scalar(
            select(ConcernEntry.text)
            .where(ConcernEntry.concern_id == concern.id, ConcernEntry.kind == "answer")
            .order_by(ConcernEntry.id.desc())
            .limit(1)
        )
        return self._vault.open(sealed)[:_ANSWER] if sealed else None
