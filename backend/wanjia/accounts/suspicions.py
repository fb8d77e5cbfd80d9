"""Says of what stays unexplained on either side what it probably is. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wanjia.accounts.matching import WINDOW, Item, names_reference

NEAR: Final = 2 * WINDOW
"""Days within which two items may be the same business, wrongly entered."""


class Suspicion(StrEnum):
    """What something unexplained probably is."""

    OTHER_ACCOUNT = "other-account"
    """Entered to another bank account."""
    DATE = "date"
    """Entered under a day far from the bank's."""
    SIGN = "sign"
    """Entered the wrong way round."""
    DOUBLED = "doubled"
    """Entered twice (or, on the bank's side, booked twice)."""
    TRANSPOSED = "transposed"
    """Digits of the amount were exchanged."""
    AMOUNT = "amount"
    """Another amount was entered."""
    MISSING = "missing"
    """The bank has it, the ledger not."""
    NOT_AT_BANK = "not-at-bank"
    """The ledger has it, the bank not (yet)."""


Alike = Callable[[Item, Item], bool]


@dataclass(frozen=True, slots=True)
class Unexplained:
    """One item without a match, and the item on the other side (``like``) that it probably is."""

    item: Item
    is_line: bool
    suspicion: Suspicion
    like: Item | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What is known besides: matched items of this account, and what other accounts cannot explain."""

    matched_lines: Sequence[Item] = ()
    matched_postings: Sequence[Item] = ()
    lines_elsewhere: Sequence[Item] = ()
    postings_elsewhere: Sequence[Item] = ()


def suspect(lines: Sequence[Item], postings: Sequence[Item], around: Around) -> list[Unexplained]:
    """Give every unexplained line, then every posting, each with what it probably is."""
    notes = _Notes(lines, postings)
    notes.alone(True, Suspicion.OTHER_ACCOUNT, around.postings_elsewhere, _same_near)
    notes.alone(False, Suspicion.OTHER_ACCOUNT, around.lines_elsewhere, _same_near)
    notes.paired(Suspicion.DATE, _same_far)
    notes.paired(Suspicion.SIGN, _turned)
    notes.doubled(True, around.matched_lines)
    notes.doubled(False, around.matched_postings)
    notes.paired(Suspicion.TRANSPOSED, _exchanged)
    notes.paired(Suspicion.AMOUNT, _mistyped)
    return notes.all()


class _Notes:
    """What is suspected so far. The first suspicion of an item stays, so the surest come first."""

    def __init__(self, lines: Sequence[Item], postings: Sequence[Item]) -> None:
        self._items = {True: lines, False: postings}
        self._found: dict[tuple[bool, int], Unexplained] = {}

    def alone(self, is_line: bool, suspicion: Suspicion, others: Sequence[Item], alike: Alike) -> None:
        """Note items of one side that resemble something which is not unexplained on the other."""
        for item in self._open(is_line):
            if other := _nearest(item, others, alike):
                self._note(item, is_line, suspicion, other)

    def paired(self, suspicion: Suspicion, alike: Alike) -> None:
        """Note a line and a posting that resemble each other, each once."""
        for line in self._open(True):
            if other := _nearest(line, self._open(False), alike):
                self._note(line, True, suspicion, other)
                self._note(other, False, suspicion, line)

    def doubled(self, is_line: bool, matched: Sequence[Item]) -> None:
        """Note items that have a twin on their own side."""
        for item in self._open(is_line):
            before = [each for each in self._items[is_line] if (each.day, each.id) < (item.day, item.id)]
            if twin := _nearest(item, [*matched, *before], _twins):
                self._note(item, is_line, Suspicion.DOUBLED, twin)

    def all(self) -> list[Unexplained]:
        """Give every item; of those nothing is suspected, that the other side does not have them."""
        for is_line, rest in ((True, Suspicion.MISSING), (False, Suspicion.NOT_AT_BANK)):
            for item in self._open(is_line):
                self._note(item, is_line, rest, None)
        return [self._found[is_line, item.id] for is_line in (True, False) for item in self._items[is_line]]

    def _open(self, is_line: bool) -> list[Item]:
        return [item for item in self._items[is_line] if (is_line, item.id) not in self._found]

    def _note(self, item: Item, is_line: bool, suspicion: Suspicion, like: Item | None) -> None:
        self._found[is_line, item.id] = Unexplained(item, is_line, suspicion, like)


def _nearest(item: Item, others: Sequence[Item], alike: Alike) -> Item | None:
    fits = [each for each in others if alike(item, each)]
    return min(fits, key=lambda each: (_apart(item, each), each.day, each.id), default=None)


def _same_near(one: Item, other: Item) -> bool:
    return one.amount == other.amount and _apart(one, other) <= WINDOW


def _same_far(one: Item, other: Item) -> bool:
    return one.amount == other.amount


def _turned(one: Item, other: Item) -> bool:
    return one.amount == -other.amount and _apart(one, other) <= NEAR


def _twins(one: Item, other: Item) -> bool:
    same = one.amount == other.amount and _apart(one, other) <= NEAR
    named = bool(one.reference) and one.reference == other.reference
    return same and (named or one.words == other.words or one.day == other.day)


def _exchanged(one: Item, other: Item) -> bool:
    """Digits exchanged: the same ones in another order, so that the difference is a multiple of nine."""
    alike = sorted(str(abs(one.amount))) == sorted(str(abs(other.amount)))
    return alike and one.amount * other.amount > 0 and _apart(one, other) <= WINDOW


def _mistyped(line: Item, posting: Item) -> bool:
    """The same reference, one digit wrong, or the point in another place."""
    if line.amount * posting.amount <= 0 or _apart(line, posting) > WINDOW:
        return False
    one, other = str(abs(line.amount)), str(abs(posting.amount))
    digits = sum(a != b for a, b in zip(one, other, strict=False))
    shifted = one.rstrip("0") == other.rstrip("0")
    return names_reference(line, posting) or shifted or (len(one) == len(other) and digits == 1)


def _apart(one: Item, other: Item) -> int:
    return abs((one.day - other.day).days)
