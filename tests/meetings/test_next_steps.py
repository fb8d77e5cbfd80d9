"""Each step of a meeting says truthfully who may take it, from when, until when, and why not yet."""

from dataclasses import replace

from hall import DAY

from wanjia.domain.states import MeetingState
from wanjia.meetings.next_steps import Course, Standing, Step, Why, steps_of
from wanjia.meetings.rules import Rules
from wanjia.meetings.schedule import schedule

NOW = 1_800_000_000
OPENS = NOW + 16 * DAY
CLOSES = OPENS + 10 * DAY
CONVENED = Course(
    state=MeetingState.CONVENED,
    now=NOW,
    opens_at=OPENS,
    closes_at=CLOSES,
    notice_period=15 * DAY,
    roll_period=7 * DAY,
    paper_period=0,
    consented_at=None,
    roll_published_at=None,
    sealed_at=None,
    declared_at=None,
    objections_end_at=None,
    final_at=None,
    void_at=None,
    open_objections=0,
)


def step(course: Course, name: str) -> Step:
    """Find one step."""
    return next(each for each in steps_of(course) if each.name == name)


def test_consent_is_possible_to_the_last_second_of_the_notice() -> None:
    """The contract takes it while now + notice period <= opening."""
    last = OPENS - 15 * DAY
    found = step(replace(CONVENED, now=last), "consent")
    assert (found.standing, found.not_after) == (Standing.POSSIBLE, last)
    late = step(replace(CONVENED, now=last + 1), "consent")
    assert (late.standing, late.why) == (Standing.OVER, Why.TOO_LATE)


def test_the_seal_waits_for_roll_consent_and_period_in_turn() -> None:
    """Each missing thing is named; the time is known once the roll is published."""
    assert step(CONVENED, "seal-roll").why is Why.ROLL
    published = replace(CONVENED, roll_published_at=NOW)
    assert step(published, "seal-roll").why is Why.CONSENT
    notice = replace(published, state=MeetingState.NOTICE, consented_at=NOW)
    waiting = step(notice, "seal-roll")
    assert (waiting.standing, waiting.why) == (Standing.WAITING, Why.ROLL_PERIOD)
    assert waiting.not_before == NOW + 7 * DAY
    assert step(replace(notice, now=NOW + 7 * DAY), "seal-roll").standing is Standing.POSSIBLE
    lapsed = replace(notice, now=OPENS, state=MeetingState.LAPSED)
    assert step(lapsed, "seal-roll").standing is Standing.OVER


def test_the_roll_may_be_published_again_until_it_could_no_longer_be_sealed() -> None:
    """Published shows as possible with its time; sealed as done; after the last useful moment as done or over."""
    again = step(replace(CONVENED, roll_published_at=NOW), "publish-roll")
    assert (again.standing, again.done_at) == (Standing.POSSIBLE, NOW)
    late = replace(CONVENED, now=OPENS - 7 * DAY)
    assert step(late, "publish-roll").why is Why.TOO_LATE
    assert step(replace(late, roll_published_at=NOW), "publish-roll").standing is Standing.DONE


def test_extension_ends_with_the_close_and_at_sixty_days() -> None:
    """Before the close only, and only while there is something left to extend to."""
    running = replace(CONVENED, state=MeetingState.OPEN, now=OPENS, consented_at=NOW, sealed_at=NOW)
    assert step(running, "extend").standing is Standing.POSSIBLE
    assert step(replace(running, closes_at=OPENS + 60 * DAY), "extend").standing is Standing.OVER
    closed = replace(running, state=MeetingState.CLOSED, now=CLOSES)
    assert step(closed, "extend").why is Why.TOO_LATE


def test_the_end_of_a_meeting() -> None:
    """Declared at the close, answered while objections are open, final when none is; void until final."""
    closed = replace(CONVENED, state=MeetingState.CLOSED, now=CLOSES, consented_at=NOW, sealed_at=NOW)
    assert step(closed, "declare").standing is Standing.POSSIBLE
    ends_at = CLOSES + 7 * DAY
    declared = replace(
        closed, state=MeetingState.DECLARED, declared_at=CLOSES, objections_end_at=ends_at, now=ends_at
    )
    assert step(declared, "answer-objection").why is Why.NONE_OPEN
    assert step(declared, "finalize").standing is Standing.POSSIBLE
    objected = replace(declared, open_objections=1)
    assert step(objected, "answer-objection").standing is Standing.POSSIBLE
    assert step(objected, "finalize").why is Why.OBJECTIONS
    final = replace(declared, state=MeetingState.FINAL, final_at=ends_at)
    assert step(final, "void").standing is Standing.OVER
    void = replace(objected, state=MeetingState.VOID, void_at=ends_at)
    assert step(void, "void").standing is Standing.DONE
    assert step(void, "finalize").why is Why.ENDED


def test_the_dates_of_a_meeting() -> None:
    """Bounds follow from the rules; what hangs on a time not chosen is unknown."""
    dates = schedule(Rules(), OPENS, CLOSES, NOW)
    assert dates.earliest_opening == NOW + 15 * DAY
    assert (dates.consent_by, dates.roll_by) == (OPENS - 15 * DAY, OPENS - 7 * DAY)
    assert (dates.earliest_close, dates.latest_close) == (OPENS + 5 * DAY, OPENS + 60 * DAY)
    assert (dates.result_at, dates.final_at) == (CLOSES, CLOSES + 7 * DAY)
    unknown = schedule(Rules(), None, None, NOW)
    assert (unknown.consent_by, unknown.latest_close, unknown.final_at) == (None, None, None)
