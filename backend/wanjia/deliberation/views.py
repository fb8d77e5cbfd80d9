"""What residents read: lists, one concern with what they may do now, photographs, how much is new."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.lines import ENDED, WAITING, Page, Reader, page_of, unread_by_concern
from wanjia.deliberation.models import Concern, ConcernEntry, ConcernFollow, ConcernSupport
from wanjia.deliberation.reading import entry_of, resident_concern, resident_reads
from wanjia.deliberation.residents import ResidentLogin
from wanjia.deliberation.showing import Whole, photo_of, whole_of
from wanjia.domain.concerns import ConcernState
from wanjia.identity.files import EvidenceFile
from wanjia.identity.vault import Vault

STATES: Final = {"open": WAITING, "answered": (ConcernState.ANSWERED,), "ended": ENDED}


@dataclass(frozen=True, slots=True)
class Own:
    """A concern as a resident sees it, with what they may do now."""

    whole: Whole
    can: tuple[str, ...]


class ConcernViews:
    """Reads concerns for residents. What they may not read raises ``Refusal("NOT_FOUND")``."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def unread(self, resident: ResidentLogin) -> int:
        """Count the followed concerns with entries later than those seen."""
        with self._database.read() as session:
            return len(unread_by_concern(session, resident.resident_id))

    def listed(
        self,
        resident: ResidentLogin,
        *,
        state: str | None,
        kind: str | None,
        building: str | None,
        sort: str,
        page: int,
    ) -> Page:
        """Give a page; ``state`` is open, answered, ended, mine, followed or none for all, ``sort`` new or supported."""
        asked = select(Concern).where(resident_reads(resident))
        if state == "mine":
            asked = asked.where(Concern.resident_id == resident.resident_id)
        elif state == "followed":
            followed = select(ConcernFollow.concern_id).where(
                ConcernFollow.resident_id == resident.resident_id
            )
            asked = asked.where(Concern.id.in_(followed))
        elif state is not None:
            asked = asked.where(Concern.state.in_(STATES[state]))
        if kind is not None:
            asked = asked.where(Concern.kind == kind)
        if building is not None:
            asked = asked.where(Concern.building == building)
        if sort == "supported":
            supports = (
                select(func.count())
                .select_from(ConcernSupport)
                .where(ConcernSupport.concern_id == Concern.id)
                .scalar_subquery()
            )
            asked = asked.order_by(supports.desc())
        asked = asked.order_by(Concern.number.desc())
        with self._database.read() as session:
            reader = Reader(resident.resident_id)
            return page_of(session, self._vault, asked, reader, page, self._clock())

    def read(self, resident: ResidentLogin, number: int) -> Own:
        """Give one concern whole."""
        with self._database.read() as session:
            concern = resident_concern(session, resident, number)
            mine = concern.resident_id == resident.resident_id
            reader = Reader(resident.resident_id)
            whole = whole_of(session, self._vault, concern, reader, self._clock(), talk=mine)
            return Own(whole, _can(session, concern, whole, resident.resident_id))

    def photo(self, resident: ResidentLogin, number: int, entry_id: int, photo: int) -> EvidenceFile:
        """Open a photograph."""
        with self._database.read() as session:
            concern = resident_concern(session, resident, number)
            mine = concern.resident_id == resident.resident_id
            entry = entry_of(session, concern, entry_id)
            return photo_of(session, self._vault, entry, photo, Reader(resident.resident_id), talk=mine)


def _can(session: Session, concern: Concern, whole: Whole, resident_id: int) -> tuple[str, ...]:
    """Name what a resident may do with a concern now."""
    mine, ended = concern.resident_id == resident_id, concern.state in ENDED
    can = {
        "support": not mine and not ended and not whole.line.supported,
        "unsupport": whole.line.supported and not ended,
        "follow": not whole.line.following,
        "unfollow": whole.line.following,
        "comment": concern.public and not ended,
        "talk": mine and not ended,
        "withdraw": mine and not ended and whole.line.supports == 0,
        "rate": mine and concern.state == ConcernState.ANSWERED,
        "appeal": bool(_appealable(session, concern, resident_id)),
    }
    return tuple(name for name, allowed in can.items() if allowed)


def _appealable(session: Session, concern: Concern, resident_id: int) -> set[int]:
    """Give the hidden entries of a resident against whose hiding there was no appeal."""
    appealed = select(ConcernEntry.about).where(
        ConcernEntry.concern_id == concern.id, ConcernEntry.kind == "appeal"
    )
    return set(
        session.scalars(
            select(ConcernEntry.id).where(
                ConcernEntry.concern_id == concern.id,
                ConcernEntry.resident_id == resident_id,
                ConcernEntry.hidden_at.is_not(None),
                ConcernEntry.id.not_in(appealed),
            )
        )
    )
