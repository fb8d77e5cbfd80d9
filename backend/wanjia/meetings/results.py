"""The result of a meeting as the contract computed it: all four sums, quorum and verdict of every motion."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from wanjia.chain.client import CallReverted, Chain
from wanjia.chain.contracts import interface
from wanjia.db.base import Database
from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.domain.states import MeetingState
from wanjia.index.models import IndexState
from wanjia.index.views import chain_time
from wanjia.meetings.calls import MEETING
from wanjia.meetings.convening import Convening
from wanjia.meetings.lookup import find_meeting, texts_of


@dataclass(frozen=True, slots=True)
class MotionCount:
    """One motion's sums and verdict. ``group`` 0 stands alone; the others are ranked within their group."""

    position: int
    group: int
    special: bool
    in_favour: Weight
    against: Weight
    passed: bool


_VOTED = frozenset({MeetingState.CLOSED, MeetingState.DECLARED, MeetingState.FINAL, MeetingState.VOID})


class Results:
    """Asks the contract for decisions."""

    def __init__(self, database: Database, chain: Chain, clock: Callable[[], float]) -> None:
        self._database = database
        self._chain = chain
        self._clock = clock

    def result(self, slug: str, number: int) -> dict[str, Any]:
        """Give total, part and quorum, and each motion's sums, verdict and rank.

        Sums before the close would sway those who have not voted. Raises ``Refusal``: ``NOT_FOUND``,
        ``RESULT_NOT_READY`` until chain time passes the close, ``RESULT_FROZEN`` while the index's alarm stands.
        """
        with self._database.read() as session:
            community, row = find_meeting(session, slug, number)
            convening = Convening.from_event(row.convening)
            texts = texts_of(session, community.id, convening)
            voting = chain_time(session, self._clock()) < row.closes_at
            state = session.get(IndexState, 1)
        if state is not None and state.alarm:
            raise Refusal("RESULT_FROZEN")
        if row.sealed_at is None or voting:
            raise Refusal("RESULT_NOT_READY")
        self._require_closed(community.open_meeting_address, number)
        decisions = [
            self._decision(community.open_meeting_address, number, position)
            for position in range(len(convening.motions))
        ]
        counts = [
            MotionCount(
                position=position,
                group=motion[1],
                special=decision["special"],
                in_favour=_weight(decision["inFavour"]),
                against=_weight(decision["against"]),
                passed=decision["passed"],
            )
            for position, (motion, decision) in enumerate(zip(convening.motions, decisions, strict=True))
        ]
        part = _weight(decisions[0]["part"])
        ranks = ranked(counts)
        return {
            "total": asdict(_weight(decisions[0]["total"])),
            "part": asdict(part),
            "quorum": decisions[0]["quorum"],
            "motions": [
                {
                    "position": count.position,
                    "title": texts[text_hash].title if text_hash in texts else "",
                    "majority": "special" if count.special else "ordinary",
                    "in_favour": asdict(count.in_favour),
                    "against": asdict(count.against),
                    "abstained": asdict(abstained(part, count)),
                    "passed": count.passed,
                    "rank": ranks.get(count.position),
                }
                for count, (_, _, _, text_hash) in zip(counts, convening.motions, strict=True)
            ],
            "source": "contract",
            "transaction": "0x" + row.result_transaction.hex() if row.result_transaction else None,
        }

    def _require_closed(self, open_meeting: str, number: int) -> None:
        """Ask the contract too: the index may not have heard of an extension yet."""
        try:
            state = MeetingState(self._chain.call(interface(MEETING), open_meeting, "stateOf", number))
        except CallReverted:
            raise Refusal("RESULT_NOT_READY") from None
        if state not in _VOTED:
            raise Refusal("RESULT_NOT_READY")

    def _decision(self, open_meeting: str, number: int, position: int) -> dict[str, Any]:
        try:
            decision: dict[str, Any] = self._chain.call(
                interface(MEETING), open_meeting, "decisionOf", number, position
            )
        except CallReverted:
            raise Refusal("RESULT_NOT_READY") from None
        return decision


def abstained(part: Weight, count: MotionCount) -> Weight:
    """Those who took part and were neither for nor against."""
    return Weight(
        part.area - count.in_favour.area - count.against.area,
        part.heads - count.in_favour.heads - count.against.heads,
    )


def ranked(counts: Sequence[MotionCount]) -> dict[int, int]:
    """Rank the motions of each group that passed, by area in favour, then heads; equals share a rank."""
    ranks: dict[int, int] = {}
    for group in {count.group for count in counts if count.group}:
        passed = [count for count in counts if count.group == group and count.passed]
        for count in passed:
            weight = (count.in_favour.area, count.in_favour.heads)
            ranks[count.position] = 1 + sum(
                (other.in_favour.area, other.in_favour.heads) > weight for other in passed
            )
    return ranks


def _weight(value: dict[str, int]) -> Weight:
    return Weight(value["area"], value["heads"])
