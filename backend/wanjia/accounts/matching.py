"""Proposes which bank lines and which postings are the same money. Pure, and the same every time it is asked."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final

WINDOW: Final = 7
"""Days a posting and its line may lie apart."""
REFERENCE_WINDOW: Final = 31
"""Days where both name the same reference."""
GROUP_WINDOW: Final = 3
"""Days the parts of a group may lie from the one they add up to."""
MOST_PARTS: Final = 5
MOST_CANDIDATES: Final = 14
"""Parts a group may have, and items it is looked for among: at most 3,458 sums a line."""


class Rule(StrEnum):
    """Why a match is proposed."""

    REVERSED = "reversed"
    REFERENCE = "reference"
    SAME_DAY = "same-day"
    WINDOW = "window"
    ONE_TO_MANY = "one-to-many"
    MANY_TO_ONE = "many-to-one"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class Item:
    """A bank line or a posting on the bank's account. ``number`` is its entry's (0 for a line), ``reverses`` an entry's."""

    id: int
    day: date
    amount: int
    reference: str = ""
    words: str = ""
    number: int = 0
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines and postings of the same sum, why, and how many days they lie apart."""

    lines: tuple[int, ...]
    postings: tuple[int, ...]
    rule: Rule
    days: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """Every proposal, and what none explains."""

    proposals: tuple[Proposal, ...]
    lines: tuple[Item, ...]
    postings: tuple[Item, ...]


def propose(lines: Sequence[Item], postings: Sequence[Item]) -> Proposed:
    """Propose matches: reversals, then one to one from the surest rule to the least sure, then groups."""
    left = sorted(lines, key=_order)
    open_postings = sorted(postings, key=_order)
    made: list[Proposal] = []
    for pair in list(_reversals(open_postings)):
        made.append(Proposal((), _ids(pair), Rule.REVERSED, _apart(*pair)))
        open_postings = _without(open_postings, _ids(pair))
    for rule in (Rule.REFERENCE, Rule.SAME_DAY, Rule.WINDOW):
        pairs = _pairs(left, open_postings, rule)
        made += [Proposal((line.id,), (posting.id,), rule, _apart(line, posting)) for line, posting in pairs]
        left = _without(left, [line.id for line, _ in pairs])
        open_postings = _without(open_postings, [posting.id for _, posting in pairs])
    for line in list(left):
        if group := _group(line, open_postings):
            made.append(Proposal((line.id,), _ids(group), Rule.ONE_TO_MANY, _widest(line, group)))
            left = _without(left, [line.id])
            open_postings = _without(open_postings, _ids(group))
    for posting in list(open_postings):
        if group := _group(posting, left):
            made.append(Proposal(_ids(group), (posting.id,), Rule.MANY_TO_ONE, _widest(posting, group)))
            open_postings = _without(open_postings, [posting.id])
            left = _without(left, _ids(group))
    return Proposed(tuple(made), tuple(left), tuple(open_postings))


def names_reference(line: Item, posting: Item) -> bool:
    """Tell whether both name one reference: in its field, or the entry's within the line's words."""
    if not posting.reference:
        return False
    return posting.reference == line.reference or posting.reference in line.words.split()


def _reversals(postings: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Find entries that were taken back before the bank saw either."""
    taken: set[int] = set()
    for each in (back for back in postings if back.reverses is not None):
        for original in postings:
            mirrored = original.number == each.reverses and original.amount == -each.amount
            if mirrored and original.id not in taken:
                taken.add(original.id)
                yield original, each
                break


def _pairs(lines: Sequence[Item], postings: Sequence[Item], rule: Rule) -> list[tuple[Item, Item]]:
    """Pair lines and postings of the same amount that the rule allows, the nearest first."""
    by_amount: dict[int, list[Item]] = defaultdict(list)
    for posting in postings:
        by_amount[posting.amount].append(posting)
    candidates = sorted(
        (
            (_apart(line, posting), _order(line), _order(posting), line, posting)
            for line in lines
            for posting in by_amount.get(line.amount, ())
            if _allows(rule, line, posting)
        ),
        key=lambda each: each[:3],
    )
    taken: set[tuple[str, int]] = set()
    pairs = []
    for *_, line, posting in candidates:
        if ("line", line.id) not in taken and ("posting", posting.id) not in taken:
            taken |= {("line", line.id), ("posting", posting.id)}
            pairs.append((line, posting))
    return pairs


def _allows(rule: Rule, line: Item, posting: Item) -> bool:
    if rule is Rule.REFERENCE:
        return _apart(line, posting) <= REFERENCE_WINDOW and names_reference(line, posting)
    return _apart(line, posting) <= (0 if rule is Rule.SAME_DAY else WINDOW)


def _group(one: Item, others: Sequence[Item]) -> tuple[Item, ...]:
    """Find the only group of items near ``one`` that adds up to it; none where two would, or there are too many."""
    near = [
        each
        for each in others
        if _apart(one, each) <= GROUP_WINDOW
        and each.amount * one.amount > 0
        and abs(each.amount) < abs(one.amount)
    ]
    if len(near) > MOST_CANDIDATES:
        return ()
    found = [
        group
        for size in range(2, MOST_PARTS + 1)
        for group in combinations(near, size)
        if sum(each.amount for each in group) == one.amount
    ]
    return found[0] if len(found) == 1 else ()


def _without(items: Sequence[Item], ids: Collection[int]) -> list[Item]:
    gone = set(ids)
    return [each for each in items if each.id not in gone]


def _apart(one: Item, other: Item) -> int:
    return abs((one.day - other.day).days)


def _widest(one: Item, group: Sequence[Item]) -> int:
    return max(_apart(one, each) for each in group)


def _ids(group: Sequence[Item]) -> tuple[int, ...]:
    return tuple(each.id for each in group)


def _order(item: Item) -> tuple[date, int]:
    return item.day, item.id
