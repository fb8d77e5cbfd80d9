"""The privacy check of a secret meeting: figures of a roll, none of a single owner."""

from wanjia.web.schemas.common import Answer


class LoneAnswer(Answer):
    """One owner who differs: certainly named and guessed rightly, in thousandths; how many owners it could be."""

    named: int
    guessed: int
    alike: int


class TwoAnswer(Answer):
    """Two who differ: both or one certainly named, in thousandths; how many pairs it could be."""

    both_named: int
    one_named: int
    alike: int


class FiguresAnswer(Answer):
    """Owners, area in 0.01 m², the largest part in percent, unique areas, chances, and the verdict on them.

    ``verdict`` is fine, care or unfit; ``reasons`` say why: too_few, too_large and too_small (the contract refuses),
    large, named, guessed. ``crowds``: owners by how many have the same 10 m²: 1, 2 to 4, 5 to 9, 10 to 19, more.
    """

    owners: int
    area: int
    largest: int
    unique_exact: int
    unique_rounded: int
    quorum: int
    rounded_all: LoneAnswer
    rounded_quorum: LoneAnswer
    exact_all: LoneAnswer
    exact_quorum: LoneAnswer
    two: TwoAnswer
    crowds: list[int]
    verdict: str
    reasons: list[str]


class BarAnswer(Answer):
    """Owners whose area rounds to so many units of 10 m²."""

    units: int
    owners: int


class CheckDocumentAnswer(Answer):
    """The document as it would be frozen: Markdown, keccak256 of its bytes."""

    name: str
    hash: str
    text: str


class PlanPrivacyAnswer(Answer):
    """The check of a plan's scope by the roll in force, taken in at ``roll_at``."""

    figures: FiguresAnswer
    bars: list[BarAnswer]
    roll_at: int
    document: CheckDocumentAnswer


class MeetingPrivacyAnswer(Answer):
    """What a secret meeting's document says, and the same of its roll once that is sealed."""

    document: str | None
    reported: FiguresAnswer | None
    sealed: FiguresAnswer | None
