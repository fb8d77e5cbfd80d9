"""The dates of a meeting as the rules make them: what can be when, for a committee that is choosing days.

All times are UTC seconds of the chain. ``None`` where the opening or the close is not chosen yet.
"""

from dataclasses import dataclass

from wanjia.meetings.rules import MAX_WINDOW, MIN_WINDOW, Rules


@dataclass(frozen=True, slots=True)
class Schedule:
    """Bounds and consequences of a meeting's times."""

    now: int
    earliest_opening: int
    """``now`` and the notice period (TL 14): convened and consented to this second."""
    consent_by: int | None
    """Last moment of the supervisor's consent: the notice period before the opening."""
    roll_by: int | None
    """Last moment to publish the roll, so that its period is over before the opening."""
    opens_at: int | None
    earliest_close: int | None
    latest_close: int | None
    closes_at: int | None
    result_at: int | None
    """When the preliminary result may be declared: the close and the paper period."""
    final_at: int | None
    """The earliest final result: with no objection open."""


def schedule(rules: Rules, opens_at: int | None, closes_at: int | None, now: int) -> Schedule:
    """Compute the dates of a meeting."""
    result_at = None if closes_at is None else closes_at + rules.paper_period
    return Schedule(
        now=now,
        earliest_opening=now + rules.notice_period,
        consent_by=None if opens_at is None else opens_at - rules.notice_period,
        roll_by=None if opens_at is None else opens_at - rules.roll_period,
        opens_at=opens_at,
        earliest_close=None if opens_at is None else opens_at + MIN_WINDOW,
        latest_close=None if opens_at is None else opens_at + MAX_WINDOW,
        closes_at=closes_at,
        result_at=result_at,
        final_at=None if result_at is None else result_at + rules.objection_period,
    )
