"""The call an official should sign next for a meeting on chain, ready encoded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wanjia.chain.client import CallReverted, Chain
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import CountingRule
from wanjia.domain.rollwords import replacing_words
from wanjia.identity.sessions import StaffLogin
from wanjia.index.models import IndexedMeeting
from wanjia.index.views import chain_time, meeting_state, published_roll
from wanjia.meetings.drafts import Call
from wanjia.meetings.lookup import contract_of, draft_of, find_meeting
from wanjia.meetings.models import MeetingDraft
from wanjia.roll.service import areas

WORDS_A_CALL = 150
"""150 words are 1,200 owners, about 5 M gas: well below what one transaction may use."""


@dataclass(frozen=True, slots=True)
class StepInput:
    """What some steps need besides the meeting: a new close, an objection's number, a hash."""

    closes_at: int | None = None
    objection: int | None = None
    hash: bytes | None = None


class Steps:
    """Encodes the calls of a meeting's course."""

    def __init__(self, database: Database, chain: Chain, clock: Callable[[], float]) -> None:
        self._database = database
        self._chain = chain
        self._clock = clock
        self._steps: Mapping[str, Callable[[Session, Community, IndexedMeeting, StepInput], list[Call]]] = {
            "consent": self._consent,
            "publish-roll": self._publish_roll,
            "seal-roll": self._seal_roll,
            "extend": self._extend,
            "answer-objection": self._answer_objection,
            "void": self._void,
        }

    def calls(self, staff: StaffLogin, slug: str, number: int, name: str, given: StepInput) -> list[Call]:
        """Give the calls of one step, usually one.

        Raises ``Refusal``: ``NOT_FOUND`` (also for another community), ``REQUEST_INVALID`` when something the
        step needs is not given, ``MEETING_STEP_NOT_NOW``.
        """
        step = self._steps.get(name)
        with self._database.read() as session:
            community, meeting = find_meeting(session, slug, number)
            if step is None or community.id != staff.community_id:
                raise Refusal("NOT_FOUND")
            return step(session, community, meeting, given)

    def _consent(
        self, session: Session, community: Community, meeting: IndexedMeeting, _given: StepInput
    ) -> list[Call]:
        _draft(session, meeting)  # nobody can read what hashes without texts would put to the vote
        return [_call(community, meeting, "consent", meeting.convene_hash)]

    def _publish_roll(
        self, session: Session, community: Community, meeting: IndexedMeeting, _given: StepInput
    ) -> list[Call]:
        """Publish the roll of the meeting's scope, a part a call; it replaces what was published before."""
        if meeting.sealed_at is not None:
            raise self._not_now(session, meeting)
        draft = _draft(session, meeting)
        roll = _roll_of(session, draft)
        if not roll:
            raise Refusal("MEETING_ROLL_EMPTY")
        words = replacing_words(roll, published_roll(session, meeting))
        return [
            _call(community, meeting, "publishRoll", first, words[first : first + WORDS_A_CALL])
            for first in range(0, len(words), WORDS_A_CALL)
        ]

    def _seal_roll(
        self, session: Session, community: Community, meeting: IndexedMeeting, _given: StepInput
    ) -> list[Call]:
        """Seal what the contract has now, and only if that is the community's roll, line by line (T19).

        Raises ``Refusal("MEETING_ROLL_DIFFERS")`` with the number of lines.
        """
        try:
            contract = contract_of(community, meeting.ballots)
            summary = self._chain.call(contract.interface, contract.address, "summaryOf", meeting.number)
        except CallReverted:
            raise Refusal("NOT_FOUND") from None
        total = summary["total"]
        if not total["heads"]:
            raise self._not_now(session, meeting)
        if summary["rollDigest"] != meeting.roll_digest:
            raise Refusal("CHAIN_UNAVAILABLE")  # the index has not read the last publication yet
        lines = _differing(published_roll(session, meeting), _roll_of(session, _draft(session, meeting)))
        if lines:
            raise Refusal("MEETING_ROLL_DIFFERS", lines=lines)
        return [_call(community, meeting, "sealRoll", summary["rollDigest"], total["area"], total["heads"])]

    def _extend(
        self, _session: Session, community: Community, meeting: IndexedMeeting, given: StepInput
    ) -> list[Call]:
        if given.closes_at is None or given.hash is None:
            raise Refusal("REQUEST_INVALID", detail="closes_at, hash")
        return [_call(community, meeting, "extend", given.closes_at, given.hash)]

    def _answer_objection(
        self, _session: Session, community: Community, meeting: IndexedMeeting, given: StepInput
    ) -> list[Call]:
        if given.objection is None or given.hash is None:
            raise Refusal("REQUEST_INVALID", detail="objection, hash")
        return [_call(community, meeting, "answerObjection", given.objection, given.hash)]

    def _void(
        self, _session: Session, community: Community, meeting: IndexedMeeting, given: StepInput
    ) -> list[Call]:
        if given.hash is None:
            raise Refusal("REQUEST_INVALID", detail="hash")
        return [_call(community, meeting, "voidMeeting", given.hash)]

    def _not_now(self, session: Session, meeting: IndexedMeeting) -> Refusal:
        state = meeting_state(meeting, chain_time(session, self._clock()))
        return Refusal("MEETING_STEP_NOT_NOW", state=state.name.lower())


def _draft(session: Session, meeting: IndexedMeeting) -> MeetingDraft:
    draft = draft_of(session, meeting)
    if draft is None:
        raise Refusal("NOT_FOUND")
    return draft


def _roll_of(session: Session, draft: MeetingDraft) -> dict[int, int]:
    """Give the community's roll within the meeting's scope, counted by the rules frozen for the meeting."""
    rule = CountingRule(parking=draft.rules["parking"], storerooms=draft.rules["storerooms"])
    return areas(session, draft.community_id, draft.scope, rule)


def _differing(one: Mapping[int, int], other: Mapping[int, int]) -> int:
    """Count the voters whose area is not the same in both rolls."""
    return sum(one.get(voter) != other.get(voter) for voter in one.keys() | other.keys())


def _call(community: Community, meeting: IndexedMeeting, function: str, *arguments: object) -> Call:
    contract = contract_of(community, meeting.ballots)
    return Call(contract.address, contract.interface.encode(function, meeting.number, *arguments))
