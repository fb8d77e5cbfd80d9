"""What the rules do by themselves: a concern whose term is over climbs, an answer nobody rated lapses.

One transaction a concern, which looks again under the row's lock: a process killed in between loses and doubles nothing.
"""

from sqlalchemy import ColumnElement, and_, or_, select

from wanjia.db.base import Database
from wanjia.deliberation.entries import RULE
from wanjia.deliberation.lines import overdue
from wanjia.deliberation.models import Concern
from wanjia.deliberation.moving import move
from wanjia.domain.concerns import ConcernState, Level, Step
from wanjia.identity.vault import Vault

_AT_ONCE = 500
"""Concerns of one turn; what is left is the next turn's."""


class ConcernRules:
    """Takes the steps that are due."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def turn(self, now: int) -> int:
        """Take what is due at ``now`` (UTC seconds); gives how many steps were taken."""
        with self._database.read() as session:
            due = session.scalars(
                select(Concern.id).where(_due(now)).order_by(Concern.due_at).limit(_AT_ONCE)
            ).all()
        return sum(self._step(concern_id, now) for concern_id in due)

    def _step(self, concern_id: int, now: int) -> bool:
        with self._database.write() as session:
            concern = session.scalar(
                select(Concern).where(Concern.id == concern_id, _due(now)).with_for_update()
            )
            if concern is None:
                return False
            step = Step.LAPSE if concern.state == ConcernState.ANSWERED else Step.CLIMB
            move(session, self._vault, concern, step, RULE, now)
            return True


def _due(now: int) -> ColumnElement[bool]:
    """Tell which concerns a rule moves now; at the top an overdue one stays where it is."""
    climbs = and_(overdue(now), Concern.level < Level.CENTRE)
    return or_(climbs, and_(Concern.state == ConcernState.ANSWERED, Concern.due_at < now))
