"""How a concern moves: every step where it belongs, refused everywhere else; terms and levels."""

import pytest

from wanjia.domain.concerns import (
    DAY,
    HOUR,
    LEVEL_ROLES,
    ConcernState,
    Level,
    Step,
    above,
    next_state,
    term,
)
from wanjia.domain.errors import Refusal

MOVES = {
    ("raised", "take"): "taken",
    ("taken", "note"): "taken",
    ("raised", "answer"): "answered",
    ("taken", "answer"): "answered",
    ("raised", "climb"): "raised",
    ("taken", "climb"): "raised",
    ("answered", "settled"): "closed",
    ("answered", "unsettled"): "raised",
    ("answered", "lapse"): "closed",
    ("raised", "withdraw"): "withdrawn",
    ("taken", "withdraw"): "withdrawn",
    ("answered", "withdraw"): "withdrawn",
}
"""The table of docs/deliberation.md, written again."""


@pytest.mark.parametrize("state", ConcernState)
@pytest.mark.parametrize("step", Step)
def test_a_step_belongs_to_its_states(state: ConcernState, step: Step) -> None:
    """What the table does not name is refused with the state."""
    expected = MOVES.get((state.value, step.value))
    if expected is None:
        with pytest.raises(Refusal) as refused:
            next_state(state, step)
        assert (refused.value.code, refused.value.values) == ("CONCERN_NOT_NOW", {"state": state.value})
    else:
        assert expected == next_state(state, step).value


def test_a_concern_climbs_one_level_at_a_time() -> None:
    """From the worker to the centre, and no further."""
    assert [above(level) for level in (Level.WORKER, Level.GROUP, Level.HEAD)] == [1, 2, 3]
    with pytest.raises(Refusal, match="CONCERN_AT_TOP"):
        above(Level.CENTRE)


def test_terms() -> None:
    """Days, or hours when it is urgent; every level has a role and two terms."""
    assert [3 * DAY, 3 * DAY, 5 * DAY, 7 * DAY] == [term(level, urgent=False) for level in Level]
    assert [2 * HOUR, 2 * HOUR, 4 * HOUR, 24 * HOUR] == [term(level, urgent=True) for level in Level]
    assert set(Level) == set(LEVEL_ROLES)
