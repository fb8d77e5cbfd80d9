"""Communities, meetings and results as anyone reads them."""

from pydantic import BaseModel

from wanjia.web.schemas.common import Answer, Hash, MeetingPath, Number, WeightAnswer


class CommunityLine(Answer):
    """A community's name and place."""

    slug: str
    name: str
    district: str
    address: str


class ChainPlace(Answer):
    """Where a community's contracts are."""

    chain_id: int
    registry: str
    open_meeting: str
    secret_meeting: str | None
    trustee_board: str | None
    notary: str
    forwarder: str
    operator: str


class UnitsHint(Answer):
    """What helps an owner name their unit."""

    buildings: list[str]


class CommunityAnswer(CommunityLine):
    """One community with its contracts."""

    chain: ChainPlace
    units_hint: UnitsHint


class MeetingLine(Answer):
    """One line of a community's list of meetings; ``motions`` is their number."""

    meeting: int
    title: str
    state: str
    opens_at: int
    closes_at: int
    motions: int
    ballots: str


class RulesAnswer(Answer):
    """Rules frozen for a meeting; periods in seconds."""

    rules_hash: str
    notice_period: int
    roll_period: int
    paper_period: int
    objection_period: int


class DocumentLine(Answer):
    """A document the meeting is bound to."""

    hash: str
    name: str
    url: str


class MotionAnswer(Answer):
    """A motion as frozen, with the title and text its hash stands for. ``position`` counts from 0."""

    position: int
    matter: int
    majority: str
    group: int
    cap: int
    title: str
    text: str
    text_hash: str


class ConveningAnswer(Answer):
    """Everything frozen when the meeting was convened."""

    scope_hash: str
    opens_at: int
    closes_at: int
    rules: RulesAnswer
    documents: list[DocumentLine]
    motions: list[MotionAnswer]


class MeetingPlace(Answer):
    """Chain and contracts of a meeting; ``contract`` is the one that holds it."""

    chain_id: int
    open_meeting: str
    contract: str


class KeysAnswer(Answer):
    """What the ballots of a secret meeting are encrypted to and bound to; points are 64 bytes.

    ``context`` can be recomputed from the meeting's place, ``convene_hash`` and what stands here.

    ``seal_hash`` once the sums are frozen for the trustees.
    """

    context: str
    in_favour: str
    against: str
    roll_digest: str | None
    trustee_set_hash: str
    threshold: int
    trustees: int
    seal_hash: str | None


class CourseAnswer(Answer):
    """When each step of a meeting happened, chain time; null for those still to come."""

    convened_at: int
    consented_at: int | None
    roll_published_at: int | None
    roll_sealed_at: int | None
    declared_at: int | None
    final_at: int | None
    void_at: int | None


class MeetingAnswer(Answer):
    """One meeting. ``closes_at`` moves with an extension; what ``convening`` holds never does.

    ``ballots`` are "open" or "secret"; ``keys`` are a secret meeting's, once they are adopted.
    """

    meeting: int
    ballots: str
    keys: KeysAnswer | None
    title: str
    notice: str
    scope: str
    state: str
    opens_at: int
    closes_at: int
    intake_closes_at: int
    objections_end_at: int | None
    chain_time: int
    course: CourseAnswer
    chain: MeetingPlace
    convene_hash: str
    convening: ConveningAnswer
    roll: WeightAnswer
    part: WeightAnswer


class VoterPath(MeetingPath):
    """Path of one voter's line in a meeting."""

    voter: Number


class VoterLineAnswer(Answer):
    """A voter's area on the meeting's published roll (0: not on it) and whether a ballot is there.

    ``ballot`` is "none", "received" or "recorded"; what it says is nobody's to read here.
    """

    area: int
    ballot: str


class TurnoutAnswer(Answer):
    """Who took part so far, and the roll."""

    total: WeightAnswer
    part: WeightAnswer


class IntervalAnswer(Answer):
    """Ends between which an area lies, in 0.01 m²."""

    lower: int
    upper: int


class MotionResultAnswer(Answer):
    """One motion's sums and verdict as the contract gave them; ``rank`` within its group when passed.

    Of a secret meeting areas are opened no further than the verdict needs: ``in_favour_area`` and ``against_area``
    are the ends between which they lie, the sums hold the lower ones, and ``abstained`` what these leave.
    """

    position: int
    title: str
    majority: str
    in_favour: WeightAnswer
    against: WeightAnswer
    abstained: WeightAnswer
    in_favour_area: IntervalAnswer | None
    against_area: IntervalAnswer | None
    passed: bool
    rank: int | None


class ResultAnswer(Answer):
    """The result once voting has closed; ``transaction`` is the one that declared it."""

    total: WeightAnswer
    part: WeightAnswer
    quorum: bool
    motions: list[MotionResultAnswer]
    source: str
    transaction: str | None


class DocumentPath(BaseModel):
    """Path of a document."""

    hash: Hash
