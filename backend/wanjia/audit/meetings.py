"""One meeting's events in their order, the frozen content, the roll as sealed, and the close as extended."""

from dataclasses import dataclass, field
from typing import Any

from wanjia.audit.history import Event, History
from wanjia.domain.matters import SPECIAL_MATTERS

AREAS_A_WORD = 8
AREA_BITS = 32


@dataclass(frozen=True, slots=True)
class Motion:
    """One motion as convened."""

    matter: int
    group: int
    cap: int
    text_hash: bytes

    @property
    def special(self) -> bool:
        """Whether its matter needs three quarters."""
        return self.matter in SPECIAL_MATTERS


@dataclass(frozen=True, slots=True)
class Convening:
    """What was frozen. Times in UTC seconds, periods in seconds; ``encoded`` is the tuple that was hashed."""

    encoded: Any
    motions: tuple[Motion, ...]
    opens_at: int
    closes_at: int
    notice_period: int
    roll_period: int
    paper_period: int
    objection_period: int

    @classmethod
    def read(cls, value: Any) -> "Convening":
        """Take the event's tuple apart."""
        _, motions, _, opens_at, closes_at, rules = value
        return cls(value, tuple(Motion(*one) for one in motions), opens_at, closes_at, *rules[1:])


@dataclass(slots=True)
class Meeting:
    """One meeting: its convening and every later event, in order. ``contract`` is the one it was first heard of in."""

    number: int
    contract: str
    secret: bool = False
    convened: Event | None = None
    convening: Convening | None = None
    events: list[Event] = field(default_factory=list)
    board: list[Event] = field(default_factory=list)
    """What the trustees' board says of it."""
    strays: list[Event] = field(default_factory=list)
    """Events under its number of the other meeting contract."""

    def named(self, name: str) -> list[Event]:
        """Give this meeting's events of one name."""
        return [event for event in self.events if event.name == name]

    def first(self, name: str) -> Event | None:
        """Give the first event of a name."""
        return next((event for event in self.events if event.name == name), None)

    @property
    def convene_hash(self) -> bytes:
        """Hash the convening announced."""
        return bytes(self.convened.args["conveneHash"]) if self.convened else bytes(32)

    def sealed_roll(self) -> dict[int, int]:
        """Voter -> area (0.01 m²) as published when the roll was sealed; as published so far without a seal."""
        words: dict[int, int] = {}
        for event in self.events:
            if event.name == "RollSealed":
                break
            if event.name == "RollPublished":
                words.update(enumerate(event.args["words"], start=event.args["firstWord"]))
        return areas(words)


def areas(words: dict[int, int]) -> dict[int, int]:
    """Voter -> area of every lane that is not zero; voter ``8w`` in the lowest 32 bits of word ``w``."""
    mask = (1 << AREA_BITS) - 1
    return {
        AREAS_A_WORD * at + lane: area
        for at, word in words.items()
        for lane in range(AREAS_A_WORD)
        if (area := word >> (AREA_BITS * lane) & mask)
    }


def meetings_of(history: History) -> dict[int, Meeting]:
    """Sort the events of both meeting contracts and of the trustees' board by meeting."""
    contracts = history.contracts
    found: dict[int, Meeting] = {}
    for event in history.events:
        if "meeting" not in event.args or event.contract not in contracts.of_meetings:
            continue
        open_ = event.contract == contracts.open_meeting
        holder = contracts.open_meeting if open_ else contracts.secret_meeting
        meeting = found.setdefault(event.meeting, Meeting(event.meeting, holder, secret=not open_))
        if meeting.contract != holder:
            meeting.strays.append(event)
            continue
        if event.contract == contracts.trustee_board:
            meeting.board.append(event)
            continue
        if event.name == "MeetingConvened" and meeting.convened is None:
            meeting.convened = event
            meeting.convening = Convening.read(event.args["convening"])
        meeting.events.append(event)
    return dict(sorted(found.items()))
