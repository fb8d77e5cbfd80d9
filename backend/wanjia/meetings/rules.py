"""Rules of procedure of one meeting, with the law's bounds (rulebook section 3.

TL 14; MF 278). Periods in seconds.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from eth_utils import keccak

from wanjia.meetings.findings import Finding, refuse_first

DAY = 86_400
MIN_NOTICE = 15 * DAY
MIN_WINDOW = 5 * DAY
MAX_WINDOW = 60 * DAY
MAX_PERIOD = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Rules:
    """Periods and what counts; frozen when the meeting is convened."""

    notice_period: int = MIN_NOTICE
    roll_period: int = 7 * DAY
    paper_period: int = 0
    objection_period: int = 7 * DAY
    parking: bool = False
    storerooms: bool = False

    @property
    def hash(self) -> bytes:
        """keccak256 of the rules as sorted JSON: ``rulesHash`` on chain."""
        return keccak(text=json.dumps(asdict(self), sort_keys=True, separators=(",", ":")))


def check_times(rules: Rules, opens_at: int, closes_at: int, now: int) -> None:
    """Check a meeting's times against the law. ``now`` is chain time. Raises ``Refusal`` with the reason."""
    refuse_first(time_findings(rules, opens_at, closes_at, now))


def time_findings(rules: Rules, opens_at: int, closes_at: int, now: int) -> Iterator[Finding]:
    """Give every rule that a meeting's times break. ``now`` is chain time."""
    if not MIN_NOTICE <= rules.notice_period <= MAX_PERIOD:
        yield Finding("rules.notice_period", "MEETING_NOTICE_PERIOD", {"minimum": MIN_NOTICE})
    elif opens_at < now + rules.notice_period:
        yield Finding("opens_at", "MEETING_NOTICE_SHORT", {"earliest": now + rules.notice_period})
    if not MIN_WINDOW <= closes_at - opens_at <= MAX_WINDOW:
        yield Finding("closes_at", "MEETING_WINDOW")
    if rules.roll_period >= rules.notice_period:
        yield Finding("rules.roll_period", "MEETING_ROLL_PERIOD")
