"""Which sums of a sealed meeting the trustees are to decrypt now, and what their shares open them to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wanjia.chain.client import Chain
from wanjia.chain.contracts import secret_meeting
from wanjia.domain.coarse import UNIT, Rounding, interval
from wanjia.domain.counting import Weight
from wanjia.index.models import IndexedMeeting
from wanjia.index.views import participation
from wanjia.trustees.board import Board, points_of
from wanjia.wsb.decryption import Aggregate, opened, stage_aggregates
from wanjia.wsb.discrete_log import discrete_log
from wanjia.wsb.group import Point
from wanjia.wsb.tally import COARSE, HEADS


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage's aggregates in their order, each with its ``A`` and the ``B`` of its side."""

    number: int
    aggregates: tuple[Aggregate, ...]
    pairs: tuple[tuple[Point, Point], ...]


class Decryption:
    """Reads sealed sums from the contract; they never change, so each is asked for once."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._pairs: dict[tuple[str, int, bytes, Aggregate], tuple[Point, Point]] = {}
        self._values: dict[tuple[bytes, int, int, tuple[int, ...]], tuple[int, ...]] = {}

    def stage(self, address: str, meeting: IndexedMeeting, board: Board) -> Stage | None:
        """Give the stage that waits for shares or opening; ``None`` before the seal and when all is open.

        Raises ``ChainUnavailable``.
        """
        if meeting.seal_hash is None:
            return None
        motions = range(len(meeting.convening["motions"]))
        first = stage_aggregates(0, motions)
        if len(board.opened.get(0, {})) < len(first):
            return self._stage(0, address, meeting, first)
        bits = self._chain.call(secret_meeting(), address, "undecidedOf", meeting.number)
        second = stage_aggregates(1, [motion for motion in motions if bits >> motion & 1])
        if len(board.opened.get(1, {})) < len(second):
            return self._stage(1, address, meeting, second)
        return None

    def values(
        self,
        session: Session,
        address: str,
        meeting: IndexedMeeting,
        board: Board,
        stage: Stage,
        first: int,
        trustees: tuple[int, ...],
        count: int,
    ) -> tuple[int, ...]:
        """Give what the shares of exactly these trustees open ``count`` aggregates to, from ``first`` on.

        Raises ``ChainUnavailable``, and ``OutOfRange`` when shares and sums do not fit.
        """
        key = (meeting.seal_hash or b"", stage.number, first, (*trustees, count))
        if key not in self._values:
            part = participation(session, meeting.community_id, meeting.number)
            above, below = self._chain.call(secret_meeting(), address, "roundingOf", meeting.number)
            bounds = Bounds(part, Rounding(above, below), board)
            found = []
            for at in range(first, first + count):
                shares = {trustee: board.shares[stage.number, trustee][at] for trustee in trustees}
                point = opened(stage.pairs[at][1], shares)
                found.append(discrete_log(point, *bounds.of(stage.aggregates[at])))
            self._values[key] = tuple(found)
        return self._values[key]

    def _stage(
        self, number: int, address: str, meeting: IndexedMeeting, aggregates: Sequence[Aggregate]
    ) -> Stage:
        pairs = tuple(self._pair(address, meeting, aggregate) for aggregate in aggregates)
        return Stage(number, tuple(aggregates), pairs)

    def _pair(self, address: str, meeting: IndexedMeeting, aggregate: Aggregate) -> tuple[Point, Point]:
        key = (address, meeting.number, meeting.seal_hash or b"", aggregate)
        if key not in self._pairs:
            words = self._chain.call(
                *(secret_meeting(), address, "aggregateOf", meeting.number, aggregate.motion, aggregate.level)
            )
            points = points_of(words)
            self._pairs[key] = points[0], points[1 + aggregate.side]
        return self._pairs[key]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers a sum must lie, so that it is found in time."""

    part: Weight
    rounding: Rounding
    board: Board

    def of(self, aggregate: Aggregate) -> tuple[int, int]:
        """Lowest and highest value of an aggregate."""
        if aggregate.level == HEADS:
            return 0, self.part.heads
        if aggregate.level == COARSE:
            rounded = self.part.area - self.rounding.above + self.rounding.below
            return 0, rounded // UNIT
        coarse = self.board.opened[0][4 * aggregate.motion + 2 + aggregate.side]
        ends = interval(coarse, self.rounding, self.part.area)
        return ends.lower, ends.upper
