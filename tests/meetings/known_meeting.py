"""A meeting as the index and its draft tell it, without a chain: for what only reads rows."""

from typing import Any

from sqlalchemy import select

from town import SLUG, Town
from wanjia.identity.staff_models import Staff
from wanjia.index.models import IndexedBallot, IndexedBlock, IndexedMeeting, IndexedRoll
from wanjia.meetings.convening import Convening, convening_of
from wanjia.meetings.models import MeetingDraft
from wanjia.meetings.motions import Wording
from wanjia.meetings.rules import DAY, Rules
from wanjia.roll.service import areas

NUMBER = 1


def add_meeting(town: Town, scope: str = "*", rules: Rules | None = None) -> None:
    """Convene meeting 1 of the town, opening in 16 days of the clock; its roll is not published."""
    rules, now = rules or Rules(), town.clock.now
    motions = [Wording(matter=4, group=0, cap=0, title="续聘", text="两年。")]
    frozen = convening_of(scope, motions, [bytes(32)], now + 16 * DAY, now + 26 * DAY, rules)
    town.hire("committee")
    with town.wanjia.database.write() as session:
        staff = session.scalars(select(Staff.id)).first()
        assert staff is not None
        session.add(
            MeetingDraft(
                community_id=town.communities[SLUG],
                content_hash=frozen.content_hash,
                title="会议",
                notice="",
                scope=scope,
                rules={"parking": rules.parking, "storerooms": rules.storerooms},
                convening={},
                created_by=staff,
                created_at=now,
            )
        )
        session.add(
            IndexedMeeting(
                community_id=town.communities[SLUG],
                number=NUMBER,
                convene_hash=bytes(32),
                convening=_event(frozen),
                convener="",
                convened_at=now,
                consented_at=now,
                opens_at=frozen.opens_at,
                closes_at=frozen.closes_at,
                block=1,
            )
        )


def publish(town: Town, scope: str = "*") -> None:
    """Publish the roll in force as it is."""
    community = town.communities[SLUG]
    with town.wanjia.database.write() as session:
        meeting = session.get_one(IndexedMeeting, (community, NUMBER))
        roll = areas(session, community, scope)
        meeting.roll_published_at, meeting.roll_digest = town.clock.now, b"\1" * 32
        meeting.roll_area, meeting.roll_heads = sum(roll.values()), len(roll)
        for voter, area in roll.items():
            session.add(IndexedRoll(community_id=community, meeting=NUMBER, voter=voter, area=area))


def seal_and_open(town: Town) -> None:
    """Seal the roll and let the time of voting come."""
    with town.wanjia.database.write() as session:
        meeting = session.get_one(IndexedMeeting, (town.communities[SLUG], NUMBER))
        meeting.sealed_at = town.clock.now
        town.clock.now = meeting.opens_at


def count_ballot(town: Town, voter: int, choices: int) -> None:
    """Let the chain have counted a ballot now, a block of its own."""
    with town.wanjia.database.write() as session:
        block = 100 + voter
        session.add(
            IndexedBlock(
                number=block, hash=bytes([voter]) * 32, parent_hash=bytes(32), time=town.clock.now, events=1
            )
        )
        session.add(
            IndexedBallot(
                community_id=town.communities[SLUG],
                meeting=NUMBER,
                voter=voter,
                choices=choices,
                ballot_hash=bytes([voter]) * 32,
                block=block,
                transaction=bytes(32),
                position=0,
            )
        )


def _event(frozen: Convening) -> dict[str, Any]:
    """The struct as the index keeps it."""
    return {
        "scopeHash": "0x" + frozen.scope_hash.hex(),
        "motions": [
            {"matter": matter, "group": group, "cap": cap, "textHash": "0x" + text.hex()}
            for matter, group, cap, text in frozen.motions
        ],
        "documents": ["0x" + document.hex() for document in frozen.documents],
        "opensAt": frozen.opens_at,
        "closesAt": frozen.closes_at,
        "rules": {
            "rulesHash": "0x" + frozen.rules[0].hex(),
            "noticePeriod": frozen.rules[1],
            "rollPeriod": frozen.rules[2],
            "paperPeriod": frozen.rules[3],
            "objectionPeriod": frozen.rules[4],
        },
    }
