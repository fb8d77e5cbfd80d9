"""The result of a meeting as the contract computed it: all four sums, quorum and verdict of every motion."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from wanjia.chain.client import CallReverted, Chain
from wanjia.db.base import Database
from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.domain.states import MeetingState
from wanjia.index.models import IndexState
from wanjia.index.views import chain_time
from wanjia.meetings.convening import Convening
from wanjia.meetings.lookup import MeetingContract, contract_of, find_meeting, texts_of


@dataclass(frozen=True, slots=True)
class MotionCount:
    """One motion's sums and verdict. ``group`` 0 stands alone; the others are ranked within their group."""

    position: int
    group: int
    special: bool
    in_favour: Weight
    against: Weight
    passed: bool
    in_favour_area: dict[str, int] | None = None
    """Of a secret meeting: the ends between which the area lies."""
    against_area: dict[str, int] | None = None


_DECLARED = frozenset({MeetingState.DECLARED, MeetingState.FINAL})
_VOTED = _DECLARED | {MeetingState.CLOSED, MeetingState.VOID}


class Results:
    """Asks the contract for decisions."""

    def __init__(self, database: Database, chain: Chain, clock: Callable[[], float]) -> None:
        self._database = database
        self._chain = chain
        self._clock = clock

    def result(self, slug: str, number: int) -> dict[str, Any]:
        """Give total, part and quorum, and each motion's sums, verdict and rank.

        Sums before the close would sway those who have not voted. Raises ``Refusal``: ``NOT_FOUND``,
        ``RESULT_NOT_READY`` until chain time passes the close (of a secret meeting: until the result is declared),
        ``RESULT_FROZEN`` while the index's alarm stands.
        """
        with self._database.read() as session:
            community, row = find_meeting(session, slug, number)
            convening = Convening.from_event(row.convening)
            texts = texts_of(session, community.id, convening)
            voting = chain_time(session, self._clock()) < row.closes_at
            contract = contract_of(community, row.ballots)
            state = session.get(IndexState, 1)
        if state is not None and state.alarm:
            raise Refusal("RESULT_FROZEN")
        if row.sealed_at is None or voting:
            raise Refusal("RESULT_NOT_READY")
        secret = row.ballots == "secret"
        self._require_state(contract, number, _DECLARED if secret else _VOTED)
        positions = range(len(convening.motions))
        decisions = [self._ask(contract, "decisionOf", number, position) for position in positions]
        areas = [
            self._ask(contract, "intervalOf", number, position) if secret else (None, None)
            for position in positions
        ]
        counts = [
            MotionCount(
                position=position,
                group=motion[1],
                special=decision["special"],
                in_favour=_weight(decision["inFavour"]),
                against=_weight(decision["against"]),
                passed=decision["passed"],
                in_favour_area=areas[position][0],
                against_area=areas[position][1],
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
                    "in_favour_area": count.in_favour_area,
                    "against_area": count.against_area,
                    "passed": count.passed,
                    "rank": ranks.get(count.position),
                }
                for count, (_, _, _, text_hash) in zip(counts, convening.motions, strict=True)
            ],
            "source": "contract",
            "transaction": "0x" + row.result_transaction.hex() if row.result_transaction else None,
        }

    def _require_state(
        self, contract: MeetingContract, number: int, states: Collection[MeetingState]
    ) -> None:
        """Ask the contract too: the index may not have heard of an extension yet."""
        if MeetingState(self._ask(contract, "stateOf", number)) not in states:
            raise Refusal("RESULT_NOT_READY")

    def _ask(self, contract: MeetingContract, view: str, *arguments: int) -> Any:
        try:
            return self._chain.call(contract.interface, contract.address, view, *arguments)
        except CallReverted:
            raise Refusal("RESULT_NOT_READY") from None


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
