"""A few hundred mutations of valid ballots in every run; ``mutations.py`` asks for as many as wanted."""

import itertools
from collections import Counter

import pytest
from judges import GOOD, PythonJudge
from mutating import KINDS, SHAPES, Ballot, mutations, valid
from mutations import disagreements

COUNT = 400
SEED = 11


@pytest.fixture(scope="module")
def mutated() -> list[Ballot]:
    """The first mutations of the stream."""
    return list(itertools.islice(mutations(SEED), COUNT))


def test_the_ballots_that_are_mutated_are_good() -> None:
    """Every judge accepts what the mutations are made of."""
    ballots = [ballot for meeting in range(len(SHAPES)) for ballot in valid(meeting)]
    assert set(PythonJudge().judge(ballots)) == {GOOD}


def test_no_mutation_is_accepted_or_judged_differently(mutated: list[Ballot]) -> None:
    """All judges refuse every mutation for the same reason, and every kind and reason comes up."""
    seen: Counter[str] = Counter()
    assert list(disagreements(mutated, [PythonJudge()], seen)) == []
    assert set(seen) == {"malformed", "invalid-choice", "over-cap"}
    assert {ballot.kind for ballot in mutated} == set(KINDS)


def test_the_stream_is_the_same_for_the_same_seed(mutated: list[Ballot]) -> None:
    """A seed names its mutations: what one run found another can look at."""
    assert list(itertools.islice(mutations(SEED), 20)) == mutated[:20]
    assert list(itertools.islice(mutations(SEED + 1), 20)) != mutated[:20]
