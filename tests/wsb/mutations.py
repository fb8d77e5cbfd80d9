"""Ask every implementation about mutated ballots: ``python tests/wsb/mutations.py --count 100000``.

Fails when one is accepted or when two implementations differ, and names the ballot. Page ``p`` of 500 ballots comes of the
seed ``seed + p``. ``--results FILE`` keeps a line for each page judged: the command may be stopped and called again until
``--count`` is reached. Pages judged by other code than today's are not taken over.
"""

import argparse
import itertools
import json
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

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


class Results:
    """The pages judged so far, in a file if there is one: seed, number of ballots, code, reasons, what was wrong."""

    def __init__(self, file: Path | None, code: dict[str, str]) -> None:
        self._file, self._code = file, code
        lines = file.read_text(encoding="utf-8").splitlines() if file and file.exists() else []
        self.pages: list[dict[str, Any]] = [one for one in map(json.loads, lines) if one["code"] == code]

    def has(self, seed: int, count: int) -> bool:
        """Whether a page was judged."""
        return any((one["seed"], one["count"]) == (seed, count) for one in self.pages)

    def add(self, seed: int, count: int, seen: Counter[str], wrong: list[str]) -> None:
        """Keep a page that was judged."""
        page = {"seed": seed, "count": count, "code": self._code, "reasons": dict(seen), "wrong": wrong}
        self.pages.append(page)
        if self._file:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(page) + "\n")

    def line(self, asked: int, judges: Sequence[Judge]) -> str:
        """What was really judged, in a line."""
        count, wrong = sum(one["count"] for one in self.pages), sum(len(one["wrong"]) for one in self.pages)
        seen = sum((Counter(one["reasons"]) for one in self.pages), Counter[str]())
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in seen.most_common())
        names = ", ".join(judge.name for judge in judges)
        return f"{count:,} of {asked:,} mutations: {reasons}; {wrong} accepted or judged differently by {names}\n"


def main() -> None:
    """Judge as many mutations as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--judges", nargs="+", default=list(JUDGES), choices=list(JUDGES))
    parser.add_argument("--results", type=Path)
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder:
        judges = [JUDGES[name](Path(folder)) for name in chosen.judges]
        results = Results(chosen.results, {judge.name: judge.code() for judge in judges})
        try:
            _judge(chosen.count, chosen.seed, judges, results)
        except KeyboardInterrupt:
            # Who ends a whole group asks twice; what was judged is said all the same.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            sys.stdout.write("stopped: ")
        finally:
            for judge in judges:
                judge.stop()
    sys.stdout.write(results.line(chosen.count, judges))
    short = sum(one["count"] for one in results.pages) < chosen.count
    sys.exit(1 if short or any(one["wrong"] for one in results.pages) else 0)


def _judge(count: int, seed: int, judges: Sequence[Judge], results: Results) -> None:
    """Judge page by page and print what is wrong."""
    for done in range(0, count, PAGE):
        page, size = seed + done // PAGE, min(PAGE, count - done)
        if results.has(page, size):
            continue
        seen = Counter[str]()
        ballots = list(itertools.islice(mutations(page), size))
        wrong = list(disagreements(ballots, judges, seen))
        for line in wrong:
            sys.stdout.write(line + "\n")
        results.add(page, size, seen, wrong)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done + size:,} of {count:,} ")


if __name__ == "__main__":
    main()
