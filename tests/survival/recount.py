"""A plain recount of a meeting from the chain: batches, skips, sums. Nothing of the index is used."""

from collections import defaultdict
from dataclasses import dataclass, field

from open_world import Prepared
from wanjia.chain import contracts
from wanjia.chain.client import Chain
from wanjia.domain.ballots import Choice, split_records, unpack_choices


@dataclass
class Recount:
    """Voter -> choices of what counted, and the sums a motion of it: area and heads."""

    counted: dict[int, int] = field(default_factory=dict)
    twice: list[int] = field(default_factory=list)
    in_favour: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    against: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def recount(chain: Chain, prepared: Prepared, motions: int) -> Recount:
    """Add up every record of every batch that was not skipped."""
    made = Recount()
    skipped: set[int] = set()
    interface = contracts.open_meeting()
    for log in chain.logs_between([prepared.open_meeting], prepared.first_block, chain.head().number):
        name, values = interface.decode_event(log)
        if name == "BallotSkipped":
            skipped.add(values["position"])
        elif name == "BallotsCast":
            for position, record in enumerate(split_records(values["records"])):
                if position not in skipped:
                    _count(made, prepared, record.voter, record.choices, motions)
            skipped.clear()
    return made


def _count(made: Recount, prepared: Prepared, voter: int, packed: int, motions: int) -> None:
    if voter in made.counted:
        made.twice.append(voter)
    made.counted[voter] = packed
    for motion, choice in enumerate(unpack_choices(packed, motions)):
        if choice is not Choice.ABSTAIN:
            side = made.in_favour if choice is Choice.FOR else made.against
            side[motion][0] += prepared.areas[voter]
            side[motion][1] += 1
