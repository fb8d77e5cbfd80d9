"""One meeting's roll: the lines anyone may read, and what publishing it puts on the chain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eth_abi import encode
from eth_utils import keccak
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import CountingRule, Use, address_order
from wanjia.domain.rollwords import replacing_words, roll_total
from wanjia.domain.scope import Scope
from wanjia.identity.sessions import StaffLogin
from wanjia.index.models import IndexedMeeting
from wanjia.index.views import chain_time, meeting_state, published_roll
from wanjia.meetings.lookup import draft_of, find_meeting
from wanjia.meetings.models import MeetingDraft
from wanjia.meetings.steps import WORDS_A_CALL
from wanjia.roll.models import Owner, Unit
from wanjia.roll.service import areas


@dataclass(frozen=True, slots=True)
class RollUnit:
    """A unit that counts in a meeting: its address, its area (0.01 m²), the voter it belongs to."""

    building: str
    entrance: str
    number: str
    area: int
    voter: int


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line of the published roll: no name, no voter index (it would lead from a ballot to a door)."""

    building: str
    entrance: str
    number: str
    area: int


@dataclass(frozen=True, slots=True)
class PublicRoll:
    """A meeting's roll as anyone may read it. ``agrees``: the roll in force still is the one on the chain."""

    state: str
    scope: str
    rule: CountingRule
    published_at: int | None
    objections_until: int | None
    """Not sealed before this time; empty when nothing is published."""
    sealed_at: int | None
    on_chain: Weight
    agrees: bool
    lines: Sequence[PublicLine]


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing the roll in force puts on the chain, and what is there now."""

    words: int
    calls: int
    weight: Weight
    digest: bytes
    """The contract's digest after the last call, from where it stands now."""
    differing: int
    """Owners whose area on the chain is another than in the roll in force."""
    on_chain: Weight
    chain_digest: bytes | None
    published_at: int | None
    earliest_seal: int | None
    sealed_at: int | None
    chain_time: int


class MeetingRolls:
    """Reads meetings' rolls."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def public(self, slug: str, number: int) -> PublicRoll:
        """Give a meeting's roll; lines only from its publication on. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.read() as session:
            _, meeting = find_meeting(session, slug, number)
            draft = known_draft(session, meeting)
            units = roll_units(session, draft) if meeting.roll_published_at is not None else []
            on_chain = published_roll(session, meeting)
            return PublicRoll(
                state=meeting_state(meeting, chain_time(session, self._clock())).name.lower(),
                scope=draft.scope,
                rule=frozen_rule(draft),
                published_at=meeting.roll_published_at,
                objections_until=_earliest_seal(meeting),
                sealed_at=meeting.sealed_at,
                on_chain=roll_total(on_chain),
                agrees=_by_voter(units) == on_chain,
                lines=[PublicLine(unit.building, unit.entrance, unit.number, unit.area) for unit in units],
            )

    def publication(self, staff: StaffLogin, slug: str, number: int) -> Publication:
        """Tell what would be published. Raises ``Refusal("NOT_FOUND")``, also for another community."""
        with self._database.read() as session:
            community, meeting = find_meeting(session, slug, number)
            if community.id != staff.community_id:
                raise Refusal("NOT_FOUND")
            draft = known_draft(session, meeting)
            now = areas(session, community.id, draft.scope, frozen_rule(draft))
            on_chain = published_roll(session, meeting)
            words = replacing_words(now, on_chain) if now else []
            return Publication(
                words=len(words),
                calls=-(-len(words) // WORDS_A_CALL),
                weight=roll_total(now),
                digest=_digest(meeting.roll_digest, words),
                differing=sum(
                    now.get(voter) != on_chain.get(voter) for voter in now.keys() | on_chain.keys()
                ),
                on_chain=roll_total(on_chain),
                chain_digest=meeting.roll_digest,
                published_at=meeting.roll_published_at,
                earliest_seal=_earliest_seal(meeting),
                sealed_at=meeting.sealed_at,
                chain_time=chain_time(session, self._clock()),
            )


def known_draft(session: Session, meeting: IndexedMeeting) -> MeetingDraft:
    """Give the draft a meeting was convened from. Raises ``Refusal("NOT_FOUND")`` for one convened elsewhere."""
    draft = draft_of(session, meeting)
    if draft is None:
        raise Refusal("NOT_FOUND")
    return draft


def frozen_rule(draft: MeetingDraft) -> CountingRule:
    """Give the rule for parking spaces and storerooms that was frozen with the meeting."""
    return CountingRule(parking=draft.rules["parking"], storerooms=draft.rules["storerooms"])


def roll_units(session: Session, draft: MeetingDraft) -> list[RollUnit]:
    """Give the units of a meeting's scope that count, by the roll in force, in order of address."""
    scope, rule = Scope.parse(draft.scope), frozen_rule(draft)
    rows = session.execute(
        select(Unit.building, Unit.entrance, Unit.number, Unit.area, Unit.use, Owner.voter)
        .join(Owner, Owner.id == Unit.owner_id)
        .where(Unit.community_id == draft.community_id)
    )
    units = [
        RollUnit(building, entrance, number, area, voter)
        for building, entrance, number, area, use, voter in rows
        if rule.counts(Use(use)) and scope.covers(building, entrance)
    ]
    return sorted(units, key=lambda unit: address_order(unit.building, unit.entrance, unit.number))


def _by_voter(units: Sequence[RollUnit]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for unit in units:
        found[unit.voter] = found.get(unit.voter, 0) + unit.area
    return found


def _earliest_seal(meeting: IndexedMeeting) -> int | None:
    if meeting.roll_published_at is None:
        return None
    return meeting.roll_published_at + int(meeting.convening["rules"]["rollPeriod"])


def _digest(before: bytes | None, words: Sequence[int]) -> bytes:
    """Chain the parts as the contract does (docs/protocol.md, Roll)."""
    digest = before or bytes(32)
    for first in range(0, len(words), WORDS_A_CALL):
        part = list(words[first : first + WORDS_A_CALL])
        digest = keccak(encode(["bytes32", "uint32", "uint256[]"], [digest, first, part]))
    return digest
