"""A few hundred mutations of valid ballots in every run; ``mutations.py`` asks for as many as wanted."""

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from judges import GOOD, JUDGES, Judge, TypeScriptJudge
from mutating import KINDS, SHAPES, Ballot, mutations, valid
from mutations import disagreements

COUNT = 300
SEED = 11


@pytest.fixture(scope="module")
def mutated() -> list[Ballot]:
    """The first mutations of the stream."""
    return list(itertools.islice(mutations(SEED), COUNT))


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Judge]]:
    """Python, TypeScript and Solidity."""
    asked = [make(tmp_path_factory.mktemp(name)) for name, make in JUDGES.items()]
    yield asked
    for judge in asked:
        judge.stop()


def test_the_ballots_that_are_mutated_are_good(judges: list[Judge]) -> None:
    """Every judge accepts what the mutations are made of."""
    ballots = [ballot for meeting in range(len(SHAPES)) for ballot in valid(meeting)]
    for judge in judges:
        assert set(judge.judge(ballots)) == {GOOD}


def test_no_mutation_is_accepted_or_judged_differently(mutated: list[Ballot], judges: list[Judge]) -> None:
    """All judges refuse every mutation for the same reason, and every kind and reason comes up."""
    seen: Counter[str] = Counter()
    assert list(disagreements(mutated, judges, seen)) == []
    assert set(seen) == {"malformed", "invalid-choice", "over-cap"}
    assert {ballot.kind for ballot in mutated} == set(KINDS)


def test_ballots_judged_together_are_judged_as_they_are_alone(
    mutated: list[Ballot], judges: list[Judge]
) -> None:
    """The browser's checking of a whole meeting finds among good ballots what its checking of one ballot finds."""
    (asked,) = (judge for judge in judges if isinstance(judge, TypeScriptJudge))
    good = valid(len(SHAPES) - 1)
    bad = [ballot for ballot in mutated if ballot.form == good[0].form][:20]
    assert len(bad) == 20
    assert asked.judge_together([*good, *bad]) == [GOOD] * len(good) + asked.judge(bad)


def test_the_stream_is_the_same_for_the_same_seed(mutated: list[Ballot]) -> None:
    """A seed names its mutations: what one run found another can look at."""
    assert list(itertools.islice(mutations(SEED), 20)) == mutated[:20]
    assert list(itertools.islice(mutations(SEED + 1), 20)) != mutated[:20]
