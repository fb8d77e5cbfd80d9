"""Raises concerns: the same request sent twice raises one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.entries import Author, add_entry
from wanjia.deliberation.models import Concern, ConcernFollow
from wanjia.deliberation.photos import sealed_photos
from wanjia.deliberation.residents import ResidentLogin
from wanjia.domain.concerns import DAY, ConcernKind, ConcernState, Level, term
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_part, plain
from wanjia.identity.locks import lock_subject
from wanjia.identity.vault import Vault
from wanjia.roll.models import Unit

A_DAY = 10
"""Concerns one resident may raise in 24 hours."""
_LONGEST_PART = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to raise; ``request`` is chosen by the phone and names this one."""

    request: str
    kind: ConcernKind
    title: str
    text: str
    building: str
    entrance: str
    place: str
    public: bool
    urgent: bool


class Raising:
    """Takes concerns from residents."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def raise_concern(self, resident: ResidentLogin, draft: Draft, contents: Sequence[bytes]) -> int:
        """Raise a concern with its photographs; give its number.

        Raises ``Refusal``: ``CONCERN_LIMIT``, ``CONCERN_PLACE``, what is wrong with the photographs.
        """
        now = self._clock()
        photos = sealed_photos(self._vault, contents)
        building, entrance = (
            address_part(part, given)[:_LONGEST_PART]
            for part, given in (("building", draft.building), ("entrance", draft.entrance))
        )
        with self._database.write() as session:
            # one after the other: the count and the number allow one row each
            lock_subject(session, b"cncr" + resident.community_id.to_bytes(8, "big")[-4:])
            known = session.scalar(
                select(Concern.number).where(
                    Concern.resident_id == resident.resident_id, Concern.request == draft.request
                )
            )
            if known is not None:
                return known
            _check_limit(session, resident, now)
            _check_place(session, resident.community_id, building, entrance)
            concern = Concern(
                community_id=resident.community_id,
                number=_next_number(session, resident.community_id),
                resident_id=resident.resident_id,
                request=draft.request,
                kind=draft.kind,
                building=building,
                entrance=entrance,
                place=plain(draft.place),
                public=draft.public,
                urgent=draft.urgent,
                state=ConcernState.RAISED,
                level=Level.WORKER,
                due_at=now + term(Level.WORKER, urgent=draft.urgent),
                title=self._vault.seal(draft.title),
                text=self._vault.seal(draft.text),
                created_at=now,
            )
            session.add(concern)
            session.flush()
            author = Author(resident_id=resident.resident_id)
            raised = add_entry(
                *(session, self._vault, concern, "raised", author, now),
                text=draft.text,
                photos=photos,
                title=draft.title,
            )
            session.add(
                ConcernFollow(concern_id=concern.id, resident_id=resident.resident_id, seen=raised.id)
            )
            return concern.number


def _check_limit(session: Session, resident: ResidentLogin, now: int) -> None:
    today = session.scalar(
        select(func.count()).where(
            Concern.resident_id == resident.resident_id, Concern.created_at > now - DAY
        )
    )
    if (today or 0) >= A_DAY:
        raise Refusal("CONCERN_LIMIT", limit=A_DAY)


def _check_place(session: Session, community_id: int, building: str, entrance: str) -> None:
    if not building and not entrance:
        return
    units = select(Unit.id).where(Unit.community_id == community_id, Unit.building == building)
    if entrance:
        units = units.where(Unit.entrance == entrance)
    if not building or session.scalar(units.limit(1)) is None:
        raise Refusal("CONCERN_PLACE")


def _next_number(session: Session, community_id: int) -> int:
    last = session.scalar(select(func.max(Concern.number)).where(Concern.community_id == community_id))
    return (last or 0) + 1
