"""Moderation: words are hidden with a reason, who wrote them appeals once, the supervisor decides; all of it stands."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.entries import Author, add_entry
from wanjia.deliberation.models import Concern, ConcernEntry
from wanjia.deliberation.reading import entry_of, raised_entry, staff_concern
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault

HIDERS: Final = frozenset({"grid_worker", "grid_group", "grid_head", "committee"})
_WORDS_OF_RESIDENTS: Final = frozenset({"raised", "comment", "unsettled", "withdrawn"})


class Moderation:
    """Hides and shows. Every method raises ``Refusal("NOT_FOUND")`` for what they may not read."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def hide(self, staff: StaffLogin, number: int, entry_id: int | None, reason: str) -> None:
        """Hide a resident's words with the reason; without an entry those of the concern itself.

        Raises ``Refusal``: ``CONCERN_PRIVATE``, ``CONCERN_HIDDEN``, ``CONCERN_SHOWN`` after the supervisor showed them.
        """
        with self._database.write() as session:
            concern, entry = _find(session, staff, number, entry_id)
            if entry.kind not in _WORDS_OF_RESIDENTS:
                raise Refusal("NOT_FOUND")
            if not concern.public:
                raise Refusal("CONCERN_PRIVATE")
            if entry.hidden_at is not None:
                raise Refusal("CONCERN_HIDDEN")
            if _known(session, entry, "shown"):
                raise Refusal("CONCERN_SHOWN")
            self._write(session, staff, concern, entry, "hidden", reason)
            _set_hidden(concern, entry, self._clock())

    def decide(
        self, staff: StaffLogin, number: int, entry_id: int | None, reason: str, *, show: bool
    ) -> None:
        """Show hidden words again, or uphold the hiding, after an appeal. Raises ``Refusal("CONCERN_NO_APPEAL")``."""
        with self._database.write() as session:
            concern, entry = _find(session, staff, number, entry_id)
            if (
                entry.hidden_at is None
                or not _known(session, entry, "appeal")
                or _known(session, entry, "upheld")
            ):
                raise Refusal("CONCERN_NO_APPEAL")
            self._write(session, staff, concern, entry, "shown" if show else "upheld", reason)
            if show:
                _set_hidden(concern, entry, None)

    def _write(
        self,
        session: Session,
        staff: StaffLogin,
        concern: Concern,
        entry: ConcernEntry,
        kind: str,
        reason: str,
    ) -> None:
        now, author = self._clock(), Author(staff_id=staff.staff_id)
        add_entry(session, self._vault, concern, kind, author, now, text=reason, about=entry.id)
        log_act(session, staff, now, f"concern.{kind}", f"concern {concern.number} entry {entry.id}")


def open_appeals(session: Session, concern: Concern) -> set[int]:
    """Give the hidden entries of a concern whose appeals wait for the supervisor."""

    def about(kind: str) -> set[int | None]:
        asked = select(ConcernEntry.about).where(
            ConcernEntry.concern_id == concern.id, ConcernEntry.kind == kind
        )
        return set(session.scalars(asked))

    waiting = about("appeal") - about("upheld") - about("shown")
    return {entry for entry in waiting if entry is not None}


def _find(
    session: Session, staff: StaffLogin, number: int, entry_id: int | None
) -> tuple[Concern, ConcernEntry]:
    concern = staff_concern(session, staff, number, change=True)
    entry = raised_entry(session, concern) if entry_id is None else entry_of(session, concern, entry_id)
    return concern, entry


def _known(session: Session, entry: ConcernEntry, kind: str) -> bool:
    asked = select(ConcernEntry.id).where(
        ConcernEntry.concern_id == entry.concern_id,
        ConcernEntry.about == entry.id,
        ConcernEntry.kind == kind,
    )
    return session.scalar(asked.limit(1)) is not None


def _set_hidden(concern: Concern, entry: ConcernEntry, at: int | None) -> None:
    entry.hidden_at = at
    if entry.kind == "raised":
        concern.hidden_at = at
