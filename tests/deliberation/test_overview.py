"""The figures over concerns: counted by hand, and each as long as the list it leads to."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wanjia.deliberation.overview import Age, Count, Spread, Stand, overview_of
from wanjia.domain.concerns import DAY, HOUR, ConcernKind, ConcernState

NOW = 1_800_000_000
SINCE = NOW - 90 * DAY


def stand(**said: object) -> Stand:
    """A concern of building 3 that waits with the grid worker, raised two days ago, but for what is said."""
    usual: dict[str, object] = {
        "kind": "repair",
        "building": "3",
        "state": "raised",
        "level": 0,
        "urgent": False,
        "due_at": NOW + DAY,
        "created_at": NOW - 2 * DAY,
        "first_answer_at": None,
        "ended_at": None,
    }
    return Stand(**(usual | said))  # type: ignore[arg-type]


FIVE = (
    stand(),
    stand(building="12", level=1, due_at=NOW - 1, urgent=True),
    stand(
        building="12",
        kind="noise",
        state="answered",
        due_at=NOW - 1,
        created_at=NOW - 5 * DAY,
        first_answer_at=NOW - 5 * DAY + 3 * HOUR,
    ),
    stand(
        state="closed",
        due_at=None,
        created_at=NOW - 9 * DAY,
        first_answer_at=NOW - 9 * DAY + HOUR,
        ended_at=NOW - 8 * DAY,
    ),
    stand(building="", kind="money", state="withdrawn", due_at=None, ended_at=NOW - DAY),
)


def test_five_concerns_are_counted() -> None:
    """By state, level, kind, place and age; an answer that waits for its rating is not overdue."""
    seen = overview_of(FIVE, NOW, SINCE)
    assert seen.sum == Count("", 5, 3, 1)
    assert seen.urgent == 1
    assert [(each.name, each.total) for each in seen.states] == [
        ("raised", 2),
        ("taken", 0),
        ("answered", 1),
        ("closed", 1),
        ("withdrawn", 1),
    ]
    assert [(each.name, each.open, each.overdue) for each in seen.levels] == [
        ("0", 2, 0),
        ("1", 1, 1),
        ("2", 0, 0),
        ("3", 0, 0),
    ]
    assert seen.kinds == [Count("repair", 3, 2, 1), Count("noise", 1, 1, 0), Count("money", 1, 0, 0)]
    assert {each.name: each.total for each in seen.buildings} == {"": 1, "3": 2, "12": 2}
    assert [each.name for each in seen.buildings][-2:] == ["3", "12"]
    assert seen.ages == [
        Age(0, DAY, 0),
        Age(DAY, 3 * DAY, 2),
        Age(3 * DAY, 7 * DAY, 1),
        Age(7 * DAY, 30 * DAY, 0),
        Age(30 * DAY, None, 0),
    ]
    assert seen.first_answer == Spread(2, HOUR, 3 * HOUR)
    assert seen.close == Spread(1, DAY, DAY)


def test_nothing_is_counted_as_nothing() -> None:
    """No concerns: no times, and every count is zero."""
    seen = overview_of([], NOW, SINCE)
    assert (seen.sum, seen.first_answer) == (Count("", 0, 0, 0), Spread(0, None, None))
    assert sum(each.count for each in seen.ages) == 0


def test_an_old_open_one_counts_but_not_its_answers_time() -> None:
    """What waits since before the period waits still; how long answers take is told of the period alone."""
    old = stand(state="answered", created_at=SINCE - DAY, first_answer_at=SINCE)
    seen = overview_of([old], NOW, SINCE)
    assert (seen.sum.open, seen.first_answer.count) == (1, 0)


@settings(max_examples=50)
@given(
    st.lists(
        st.builds(
            stand,
            kind=st.sampled_from([each.value for each in ConcernKind]),
            building=st.sampled_from(["", "1", "2", "12"]),
            state=st.sampled_from([each.value for each in ConcernState]),
            level=st.integers(0, 3),
            created_at=st.integers(SINCE, NOW),
        ),
        max_size=30,
    )
)
def test_each_way_of_counting_gives_the_same_sum(stands: list[Stand]) -> None:
    """States, kinds and places part the same whole; levels and ages part what has not ended."""
    seen = overview_of(stands, NOW, SINCE)
    for parts in (seen.states, seen.kinds, seen.buildings):
        assert sum(each.total for each in parts) == seen.sum.total == len(stands)
        assert sum(each.overdue for each in parts) == seen.sum.overdue
    assert sum(each.open for each in seen.levels) == seen.sum.open
    assert sum(each.count for each in seen.ages) == seen.sum.open
