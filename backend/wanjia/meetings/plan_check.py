"""Holds a meeting in preparation against everything convening would refuse, all at once, storing nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.meetings.convening import Convening, convening_of
from wanjia.meetings.documents import notice_document
from wanjia.meetings.drafts import checked_scope, with_counting
from wanjia.meetings.findings import Finding
from wanjia.meetings.motions import Wording, motion_findings
from wanjia.meetings.privacy import check_privacy
from wanjia.meetings.rules import Rules, time_findings
from wanjia.meetings.schedule import Schedule, schedule
from wanjia.meetings.secrecy import secrecy_findings
from wanjia.roll.service import areas


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings, dates, who would be asked; ``convening`` is what would be frozen, when nothing is amiss."""

    findings: Sequence[Finding]
    dates: Schedule
    scope: Weight
    convening: Convening | None
    privacy: bytes | None
    """Hash of the privacy check that would be frozen with a secret meeting; the scope has to be in order."""


def check_plan(
    session: Session, community_id: int, content: dict[str, Any], documents: Sequence[bytes], now: int
) -> Checked:
    """Check what a committee wrote so far; ``documents`` are hashes, ``now`` is chain time."""
    rules, motions = rules_of(content), motions_of(content)
    found = list(_text_findings(content, motions))
    found += motion_findings(motions, content.get("ballots", "open"))
    found += _time_findings(content, rules, now)
    total, privacy = Weight(0, 0), None
    try:
        scope = checked_scope(session, community_id, content["scope"])
        rules = with_counting(session, community_id, rules)
        found_areas = areas(session, community_id, scope)
        total = Weight(sum(found_areas.values()), len(found_areas))
        if content.get("ballots") == "secret":
            check = check_privacy(session, community_id, scope)
            privacy = check.document.hash
            found += secrecy_findings(check.figures)
    except Refusal as refusal:
        found.append(Finding("scope", refusal.code, refusal.values))
    convening = None
    if not found:
        notice = notice_document(content["title"], content["notice"])
        hashes = [notice.hash, *([privacy] if privacy else []), *documents]
        convening = convening_of(
            content["scope"], motions, hashes, content["opens_at"], content["closes_at"], rules
        )
    dates = schedule(rules, content["opens_at"], content["closes_at"], now)
    return Checked(found, dates, total, convening, privacy)


def motions_of(content: dict[str, Any]) -> list[Wording]:
    """Give the motions as they would be frozen."""
    return [Wording(**motion) for motion in content["motions"]]


def rules_of(content: dict[str, Any]) -> Rules:
    """Give the rules of procedure as written; what counts besides flats is the roll's to say."""
    return Rules(**content["rules"])


def _text_findings(content: dict[str, Any], motions: Sequence[Wording]) -> Iterator[Finding]:
    if not content["title"]:
        yield Finding("title", "MEETING_TITLE_MISSING")
    if not content["notice"].strip():
        yield Finding("notice", "MEETING_NOTICE_MISSING")
    for number, motion in enumerate(motions, start=1):
        if not motion.title:
            yield Finding(f"motions.{number - 1}.title", "MOTION_TITLE_MISSING", {"motion": number})


def _time_findings(content: dict[str, Any], rules: Rules, now: int) -> Iterator[Finding]:
    missing = [name for name in ("opens_at", "closes_at") if content[name] is None]
    if missing:
        for name in missing:
            yield Finding(name, "MEETING_TIME_MISSING")
        return
    yield from time_findings(rules, content["opens_at"], content["closes_at"], now)
