"""What residents do with a concern that stands: support, follow, comment, talk, withdraw, rate, appeal."""

from collections.abc import Callable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.entries import Author, add_entry
from wanjia.deliberation.models import Concern, ConcernEntry, ConcernFollow, ConcernSupport
from wanjia.deliberation.moving import move
from wanjia.deliberation.reading import entry_of, raised_entry, resident_concern
from wanjia.deliberation.residents import ResidentLogin
from wanjia.domain.concerns import DAY, ConcernState, Step
from wanjia.domain.errors import Refusal
from wanjia.identity.vault import Vault

WORDS_A_DAY = 60
"""Comments and words of a talk one resident may write in 24 hours."""
ENDED = (ConcernState.CLOSED, ConcernState.WITHDRAWN)
_SPOKEN = ("comment", "talk")


class Voices:
    """Takes what residents say and do. Every method raises ``Refusal("NOT_FOUND")`` for what they may not read."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def support(self, resident: ResidentLogin, number: int) -> None:
        """Stand behind a concern and follow it; again changes nothing.

        Raises ``Refusal``: ``CONCERN_OWN``, ``CONCERN_NOT_NOW`` once it has ended.
        """
        with self._database.write() as session:
            concern = resident_concern(session, resident, number, change=True)
            if concern.resident_id == resident.resident_id:
                raise Refusal("CONCERN_OWN")
            _require_open(concern)
            if session.get(ConcernSupport, (concern.id, resident.resident_id)) is None:
                session.add(
                    ConcernSupport(
                        concern_id=concern.id, resident_id=resident.resident_id, created_at=self._clock()
                    )
                )
            _follow(session, concern, resident)

    def unsupport(self, resident: ResidentLogin, number: int) -> None:
        """Stand behind it no more; raises ``CONCERN_NOT_NOW`` once it has ended."""
        with self._database.write() as session:
            concern = resident_concern(session, resident, number, change=True)
            _require_open(concern)
            session.execute(
                delete(ConcernSupport).where(
                    ConcernSupport.concern_id == concern.id,
                    ConcernSupport.resident_id == resident.resident_id,
                )
            )

    def follow(self, resident: ResidentLogin, number: int) -> None:
        """Be told of what happens to it from now on."""
        with self._database.write() as session:
            _follow(session, resident_concern(session, resident, number, change=True), resident)

    def unfollow(self, resident: ResidentLogin, number: int) -> None:
        """Be told no more."""
        with self._database.write() as session:
            concern = resident_concern(session, resident, number, change=True)
            session.execute(
                delete(ConcernFollow).where(
                    ConcernFollow.concern_id == concern.id, ConcernFollow.resident_id == resident.resident_id
                )
            )

    def seen(self, resident: ResidentLogin, number: int, entry_id: int) -> None:
        """Note the last entry that was read; nothing happens for who does not follow."""
        with self._database.write() as session:
            concern = resident_concern(session, resident, number, change=True)
            entry = entry_of(session, concern, entry_id)
            following = session.get(ConcernFollow, (concern.id, resident.resident_id))
            if following is not None and following.seen < entry.id:
                following.seen = entry.id

    def comment(self, resident: ResidentLogin, number: int, text: str) -> None:
        """Comment on a public concern. Raises ``CONCERN_PRIVATE``, ``CONCERN_NOT_NOW``, ``TOO_MANY_REQUESTS``."""
        with self._database.write() as session:
            concern = resident_concern(session, resident, number, change=True)
            if not concern.public:
                raise Refusal("CONCERN_PRIVATE")
            self._speak(session, concern, resident, "comment", text)
            _follow(session, concern, resident)

    def talk(self, resident: ResidentLogin, number: int, text: str) -> None:
        """Say something to the grid alone: who raised it only. Raises as ``comment``, but for a private one."""
        with self._database.write() as session:
            self._speak(session, self._own(session, resident, number), resident, "talk", text)

    def withdraw(self, resident: ResidentLogin, number: int, reason: str) -> None:
        """Take one's own concern back while nobody else supports it.

        Raises ``Refusal``: ``CONCERN_SUPPORTED`` (by how many), ``CONCERN_NOT_NOW``.
        """
        with self._database.write() as session:
            concern = self._own(session, resident, number)
            supports = session.scalar(
                select(func.count())
                .select_from(ConcernSupport)
                .where(ConcernSupport.concern_id == concern.id)
            )
            if supports:
                raise Refusal("CONCERN_SUPPORTED", supports=supports)
            self._move(session, concern, resident, Step.WITHDRAW, reason)

    def rate(self, resident: ResidentLogin, number: int, reason: str, *, settled: bool) -> None:
        """Say whether the answer settles one's own concern: if not, it climbs. Raises ``CONCERN_NOT_NOW``."""
        step = Step.RATE_SETTLED if settled else Step.RATE_UNSETTLED
        with self._database.write() as session:
            self._move(session, self._own(session, resident, number), resident, step, reason)

    def appeal(self, resident: ResidentLogin, number: int, entry_id: int | None, text: str) -> None:
        """Appeal against the hiding of one's own words, once; without an entry against that of the concern.

        Raises ``Refusal``: ``CONCERN_NOT_HIDDEN``, ``CONCERN_APPEALED``.
        """
        with self._database.write() as session:
            concern = resident_concern(session, resident, number, change=True)
            about = (
                raised_entry(session, concern) if entry_id is None else entry_of(session, concern, entry_id)
            )
            if about.resident_id != resident.resident_id:
                raise Refusal("NOT_FOUND")
            if about.hidden_at is None:
                raise Refusal("CONCERN_NOT_HIDDEN")
            known = select(ConcernEntry.id).where(
                ConcernEntry.concern_id == concern.id,
                ConcernEntry.kind == "appeal",
                ConcernEntry.about == about.id,
            )
            if session.scalar(known.limit(1)) is not None:
                raise Refusal("CONCERN_APPEALED")
            author = Author(resident_id=resident.resident_id)
            add_entry(
                *(session, self._vault, concern, "appeal", author, self._clock()), text=text, about=about.id
            )

    def _own(self, session: Session, resident: ResidentLogin, number: int) -> Concern:
        concern = resident_concern(session, resident, number, change=True)
        if concern.resident_id != resident.resident_id:
            raise Refusal("NOT_FOUND")
        return concern

    def _move(
        self, session: Session, concern: Concern, resident: ResidentLogin, step: Step, reason: str
    ) -> None:
        move(
            session,
            self._vault,
            concern,
            step,
            Author(resident_id=resident.resident_id),
            self._clock(),
            text=reason,
        )

    def _speak(
        self, session: Session, concern: Concern, resident: ResidentLogin, kind: str, text: str
    ) -> None:
        _require_open(concern)
        now = self._clock()
        today = session.scalar(
            select(func.count()).where(
                ConcernEntry.resident_id == resident.resident_id,
                ConcernEntry.kind.in_(_SPOKEN),
                ConcernEntry.at > now - DAY,
            )
        )
        if (today or 0) >= WORDS_A_DAY:
            raise Refusal("TOO_MANY_REQUESTS")
        author = Author(resident_id=resident.resident_id)
        add_entry(session, self._vault, concern, kind, author, now, text=text)


def _require_open(concern: Concern) -> None:
    if concern.state in ENDED:
        raise Refusal("CONCERN_NOT_NOW", state=concern.state)


def _follow(session: Session, concern: Concern, resident: ResidentLogin) -> None:
    if session.get(ConcernFollow, (concern.id, resident.resident_id)) is None:
        last = session.scalar(select(func.max(ConcernEntry.id)).where(ConcernEntry.concern_id == concern.id))
        session.add(ConcernFollow(concern_id=concern.id, resident_id=resident.resident_id, seen=last or 0))
