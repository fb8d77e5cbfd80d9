"""What the grid does with a concern: take, note, talk, answer, climb; by the level it has reached."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.deliberation.entries import Author, add_entry
from wanjia.deliberation.lines import ENDED
from wanjia.deliberation.models import Concern
from wanjia.deliberation.moving import move
from wanjia.deliberation.photos import Photo, sealed_photos
from wanjia.deliberation.reading import LEVEL_OF, in_charge, staff_concern
from wanjia.domain.concerns import Level, Step
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault


class ConcernDesk:
    """Takes the grid's steps. Every method raises ``Refusal``.

    ``NOT_FOUND`` for what they may not read, ``CONCERN_OTHER_LEVEL``, ``CONCERN_OTHER_BUILDING``, ``CONCERN_NOT_NOW``.
    """

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def take(self, staff: StaffLogin, number: int) -> None:
        """Say that one is at it."""
        self._step(staff, number, Step.TAKE)

    def note(self, staff: StaffLogin, number: int, text: str) -> None:
        """Say how far it has come; every reader of the concern reads it."""
        self._step(staff, number, Step.NOTE, text)

    def answer(self, staff: StaffLogin, number: int, text: str, contents: Sequence[bytes]) -> None:
        """Answer with words and photographs. Also raises what is wrong with the photographs."""
        self._step(staff, number, Step.ANSWER, text, sealed_photos(self._vault, contents))

    def climb(self, staff: StaffLogin, number: int, reason: str) -> None:
        """Hand it one level up with the reason. Also raises ``CONCERN_AT_TOP``."""
        self._step(staff, number, Step.CLIMB, reason)

    def talk(self, staff: StaffLogin, number: int, text: str) -> None:
        """Say something to who raised it alone."""
        with self._database.write() as session:
            concern = self._own(session, staff, number)
            if concern.state in ENDED:
                raise Refusal("CONCERN_NOT_NOW", state=concern.state)
            author = Author(staff_id=staff.staff_id)
            add_entry(session, self._vault, concern, "talk", author, self._clock(), text=text)
            log_act(session, staff, self._clock(), "concern.talk", f"concern {number}")

    def _step(
        self, staff: StaffLogin, number: int, step: Step, text: str = "", photos: Sequence[Photo] = ()
    ) -> None:
        now, author = self._clock(), Author(staff_id=staff.staff_id)
        with self._database.write() as session:
            concern = self._own(session, staff, number)
            move(session, self._vault, concern, step, author, now, text=text, photos=photos)
            log_act(session, staff, now, f"concern.{step}", f"concern {number}")

    def _own(self, session: Session, staff: StaffLogin, number: int) -> Concern:
        concern = staff_concern(session, staff, number, change=True)
        if concern.level != LEVEL_OF[staff.role]:
            raise Refusal("CONCERN_OTHER_LEVEL")
        theirs = select(Concern.id).where(Concern.id == concern.id, in_charge(staff))
        if concern.level == Level.WORKER and session.scalar(theirs) is None:
            raise Refusal("CONCERN_OTHER_BUILDING")
        return concern
