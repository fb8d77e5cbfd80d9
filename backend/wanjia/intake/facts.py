"""What intake must know of a meeting, kept for a moment so that each ballot need not ask again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.ballots import GroupRule
from wanjia.domain.errors import Refusal
from wanjia.domain.states import MeetingState
from wanjia.index.models import IndexedMeeting, IndexState
from wanjia.index.views import meeting_state
from wanjia.meetings.lookup import contract_of
from wanjia.trustees.keys import form_of
from wanjia.wsb.form import Form

FACTS_SECONDS = 1.0
"""How old facts may get: a closing or voiding is noticed within this, and the margin before the close is longer."""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting's frozen content and times; ``clock_offset`` is chain time minus this machine's."""

    community_id: int
    contract: str
    domain: str
    """EIP-712 name of the contract."""
    chain_id: int
    meeting: int
    convene_hash: bytes
    motions: int
    groups: tuple[GroupRule, ...]
    opens_at: int
    closes_at: int
    row: IndexedMeeting
    form: Form | None
    """Of a secret meeting whose keys are adopted: what its ballots are checked with."""
    clock_offset: int

    def require_open(self, now: int, margin: int) -> None:
        """Raise a refusal unless ballots are received at chain time ``now``, ``margin`` s before the close."""
        if meeting_state(self.row, now) is not MeetingState.OPEN or now >= self.closes_at - margin:
            raise Refusal("BALLOT_MEETING_NOT_OPEN", opens_at=self.opens_at, closes_at=self.closes_at)


class FactsCache:
    """Facts by community and meeting, at most ``FACTS_SECONDS`` old."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._kept: dict[tuple[str, int], tuple[float, MeetingFacts]] = {}

    def of(self, slug: str, meeting: int) -> MeetingFacts:
        """Give a meeting's facts. Raises the refusal ``BALLOT_MEETING_UNKNOWN``."""
        now = self._clock()
        kept = self._kept.get((slug, meeting))
        if kept is not None and now - kept[0] < FACTS_SECONDS:
            return kept[1]
        facts = self._read(slug, meeting)
        self._kept[slug, meeting] = (now, facts)
        return facts

    def _read(self, slug: str, meeting: int) -> MeetingFacts:
        with self._database.read() as session:
            found = session.execute(
                select(Community, IndexedMeeting, IndexState)
                .join(IndexedMeeting, IndexedMeeting.community_id == Community.id)
                .join(IndexState, IndexState.id == 1)
                .where(Community.slug == slug, IndexedMeeting.number == meeting)
            ).one_or_none()
            if found is None:
                raise Refusal("BALLOT_MEETING_UNKNOWN")
            community, row, state = found
        motions = row.convening["motions"]
        place = contract_of(community, row.ballots)
        return MeetingFacts(
            community_id=community.id,
            contract=place.address,
            domain=place.domain,
            chain_id=state.chain_id,
            meeting=meeting,
            convene_hash=row.convene_hash,
            motions=len(motions),
            groups=_groups(motions),
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            row=row,
            form=form_of(row),
            clock_offset=state.clock_offset,
        )


def _groups(motions: list[Mapping[str, Any]]) -> tuple[GroupRule, ...]:
    members: dict[int, list[int]] = {}
    for position, motion in enumerate(motions):
        if motion["group"]:
            members.setdefault(motion["group"], []).append(position)
    return tuple(GroupRule(tuple(at), motions[at[0]]["cap"]) for at in members.values())
