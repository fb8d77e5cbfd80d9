"""A secret meeting's steps say truthfully what its trustees wait for, and the desk reminds in time."""

from dataclasses import replace

from hall import DAY
from test_next_steps import CLOSES, CONVENED, NOW, OPENS

from wanjia.domain.states import MeetingState
from wanjia.meetings.next_steps import Course, Standing, Step, Why, steps_of
from wanjia.meetings.trustee_steps import TrusteeFacts, secret_steps

NOTHING = TrusteeFacts(
    seats=0, taken=0, proposed=False, confirmed=False, complete=False, adopted=False, sealed=False
)
FULL = replace(NOTHING, seats=5, taken=5)
COMPLETE = replace(FULL, proposed=True, confirmed=True, complete=True)
ADOPTED = replace(COMPLETE, adopted=True)
KEYS = ("trustee-seats", "propose-trustees", "confirm-trustees", "make-keys", "adopt-keys")


def standings(course: Course, facts: TrusteeFacts) -> list[tuple[Standing, Why | None]]:
    """Where the five steps before the opening stand."""
    found = {step.name: step for step in secret_steps(course, facts)}
    return [(found[name].standing, found[name].why) for name in KEYS]


def named(course: Course, facts: TrusteeFacts, name: str) -> Step:
    """One step."""
    return next(step for step in secret_steps(course, facts) if step.name == name)


def test_each_step_waits_for_the_one_before() -> None:
    """Seats, proposal, confirmation, keys, and the keys' adoption once the roll is sealed."""
    done, possible = (Standing.DONE, None), (Standing.POSSIBLE, None)
    waits = {why: (Standing.WAITING, why) for why in Why}
    after_seats = [waits[Why.PROPOSAL], waits[Why.CONFIRMATION], waits[Why.KEYS]]
    assert standings(CONVENED, NOTHING) == [possible, waits[Why.SEATS], *after_seats]
    assert standings(CONVENED, replace(FULL, taken=4)) == [possible, waits[Why.SEATS], *after_seats]
    assert standings(CONVENED, FULL) == [done, possible, *after_seats]
    proposed = replace(FULL, proposed=True)
    assert standings(CONVENED, proposed) == [
        done,
        done,
        possible,
        waits[Why.CONFIRMATION],
        waits[Why.KEYS],
    ]
    confirmed = replace(proposed, confirmed=True)
    assert standings(CONVENED, confirmed) == [done, done, done, possible, waits[Why.KEYS]]
    assert standings(CONVENED, COMPLETE) == [done, done, done, done, waits[Why.SEAL]]
    sealed = replace(CONVENED, state=MeetingState.NOTICE, sealed_at=NOW)
    assert standings(sealed, COMPLETE) == [done, done, done, done, possible]
    assert standings(sealed, ADOPTED) == [done] * 5


def test_other_trustees_may_be_proposed_while_keys_are_made() -> None:
    """Seats set anew for a trustee who is lost: they are filled, proposed and confirmed again."""
    anew = replace(FULL, taken=3, confirmed=True)
    assert standings(CONVENED, anew)[:2] == [(Standing.POSSIBLE, None), (Standing.WAITING, Why.SEATS)]
    again = replace(anew, taken=5)
    assert named(CONVENED, again, "propose-trustees").standing is Standing.POSSIBLE
    assert named(CONVENED, again, "confirm-trustees").standing is Standing.WAITING


def test_nothing_can_be_made_up_for_after_the_opening() -> None:
    """Every step says until when; a meeting without keys has lapsed and they are over."""
    assert all(named(CONVENED, NOTHING, name).not_after == OPENS - 1 for name in KEYS)
    lapsed = replace(CONVENED, now=OPENS, state=MeetingState.LAPSED)
    assert standings(lapsed, FULL)[1:] == [(Standing.OVER, Why.ENDED)] * 4
    void = replace(CONVENED, state=MeetingState.VOID, void_at=NOW)
    assert named(void, COMPLETE, "decrypt").standing is Standing.OVER


def test_the_result_waits_for_the_trustees() -> None:
    """From the seal on they decrypt; without a quorum nothing is, and the result comes at once."""
    closed = replace(CONVENED, now=CLOSES, state=MeetingState.CLOSED, sealed_at=NOW)
    assert named(closed, ADOPTED, "decrypt").standing is Standing.WAITING
    sealed = replace(ADOPTED, sealed=True)
    assert named(closed, sealed, "decrypt").standing is Standing.POSSIBLE
    declare = named(closed, sealed, "declare")
    assert (declare.standing, declare.why) == (Standing.WAITING, Why.DECRYPTION)
    assert named(closed, ADOPTED, "declare").standing is Standing.POSSIBLE
    declared = replace(closed, state=MeetingState.DECLARED, declared_at=CLOSES + DAY)
    assert named(declared, sealed, "decrypt").done_at == CLOSES + DAY
    assert named(declared, ADOPTED, "decrypt").why is Why.NO_QUORUM


def test_every_other_step_is_as_in_an_open_meeting() -> None:
    """In the same order; those of the trustees stand between."""
    names = [step.name for step in secret_steps(CONVENED, NOTHING)]
    assert [name for name in names if name not in {*KEYS, "decrypt"}] == [
        step.name for step in steps_of(CONVENED)
    ]
    assert names.index("decrypt") == names.index("declare") - 1
    assert tuple(names[names.index("seal-roll") + 1 :][:5]) == KEYS
