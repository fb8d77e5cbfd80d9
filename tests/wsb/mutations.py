"""Ask every implementation about mutated ballots: ``python tests/wsb/mutations.py --count 100000``.

Fails when one is accepted or when two implementations differ, and names the ballot.
"""

import argparse
import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from judges import GOOD, JUDGES, Judge
from mutating import Ballot, mutations

PAGE = 500


def disagreements(ballots: Sequence[Ballot], judges: Sequence[Judge], seen: Counter[str]) -> Iterator[str]:
    """What is wrong with the judges' answers, if anything; ``seen`` counts the reasons given."""
    answers = {judge.name: judge.judge(ballots) for judge in judges}
    for at, ballot in enumerate(ballots):
        said = {name: given[at] for name, given in answers.items()}
        seen[next(iter(said.values()))] += 1
        if GOOD in said.values() or len(set(said.values())) > 1:
            yield f"{ballot.kind}: {said}, voter {ballot.voter}, {ballot.form}, body {ballot.body.hex()}"


def main() -> None:
    """Judge as many mutations as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--judges", nargs="+", default=list(JUDGES), choices=list(JUDGES))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        judges = [JUDGES[name](Path(folder)) for name in chosen.judges]
        try:
            sys.exit(_judge(chosen.count, chosen.seed, judges))
        finally:
            for judge in judges:
                judge.stop()


def _judge(count: int, seed: int, judges: Sequence[Judge]) -> int:
    """Print what is wrong, then the figures; 1 if anything was."""
    stream, seen, wrong = mutations(seed), Counter[str](), 0
    started = time.monotonic()
    for done in range(0, count, PAGE):
        page = list(itertools.islice(stream, min(PAGE, count - done)))
        for line in disagreements(page, judges, seen):
            wrong += 1
            sys.stdout.write(line + "\n")
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done + len(page):,} of {count:,} ")
    names = ", ".join(judge.name for judge in judges)
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in seen.most_common())
    sys.stdout.write(
        f"{count:,} mutations (seed {seed}) in {time.monotonic() - started:.0f} s: {reasons}; "
        f"{wrong} accepted or judged differently by {names}\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
