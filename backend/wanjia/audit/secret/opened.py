"""What the trustees opened of a secret meeting's recounted sums, and what follows from it."""

from dataclasses import dataclass, field

from wanjia.audit.meetings import Meeting, Motion
from wanjia.domain.coarse import Interval, Rounding, interval, verdict
from wanjia.domain.counting import Weight
from wanjia.domain.decision import Majority
from wanjia.wsb.decryption import Aggregate, stage_aggregates
from wanjia.wsb.tally import COARSE, EXACT, HEADS, Sums

FOR, AGAINST = 0, 1
STAGES = (0, 1)


@dataclass(slots=True)
class Opened:
    """The sums of the good ballots, and the values announced for them. Areas in 0.01 m²."""

    sums: Sums
    rounding: Rounding
    part: Weight
    motions: tuple[Motion, ...]
    sealed: bool
    values: dict[Aggregate, int] = field(default_factory=dict)

    def heads(self, motion: int, side: int) -> int:
        """Owners for or against; 0 while that is not open."""
        return self.values.get(Aggregate(motion, HEADS, side), 0)

    def area(self, motion: int, side: int) -> Interval:
        """The exact area once it is open, else what follows from the coarse one, else anything up to all."""
        exact = self.values.get(Aggregate(motion, EXACT, side))
        if exact is not None:
            return Interval(exact, exact)
        units = self.values.get(Aggregate(motion, COARSE, side))
        return (
            Interval(0, self.part.area) if units is None else interval(units, self.rounding, self.part.area)
        )

    def undecided(self) -> list[int]:
        """The motions that heads and coarse areas leave open."""
        found = []
        for at, motion in enumerate(self.motions):
            units = self.values.get(Aggregate(at, COARSE, FOR))
            heads = self.values.get(Aggregate(at, HEADS, FOR))
            if units is None or heads is None:
                found.append(at)
                continue
            majority = Majority.SPECIAL if motion.special else Majority.ORDINARY
            area = interval(units, self.rounding, self.part.area)
            if verdict(majority, self.part, area, heads) is None:
                found.append(at)
        return found

    def aggregates(self, stage: int) -> list[Aggregate]:
        """What a stage opens, in its order."""
        return stage_aggregates(stage, range(len(self.motions)) if stage == 0 else self.undecided())

    def follow(self, meeting: Meeting) -> None:
        """Take the values the board announced; of a sum opened twice the first."""
        for event in meeting.board:
            if event.name != "SumsOpened" or event.args["stage"] not in STAGES:
                continue
            listed = self.aggregates(event.args["stage"])
            for aggregate, value in zip(listed[event.args["first"] :], event.args["values"], strict=False):
                self.values.setdefault(aggregate, value)
