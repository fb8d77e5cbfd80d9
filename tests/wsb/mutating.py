"""A seeded stream of mutations of valid secret ballots: none of them may be accepted by anyone."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from wanjia.domain.ballots import Choice
from wanjia.wsb.context import Context, Keys
from wanjia.wsb.form import MOTION_BYTES, Form
from wanjia.wsb.group import WORD, G, P, Q, add, multiply
from wanjia.wsb.proving import make_ballot

BOARD = "0x" + "ab" * 20
SHAPES = (((0, 0),), ((0, 0), (0, 0)), ((1, 1), (1, 1)), ((0, 0), (2, 2), (1, 1), (2, 2)))
"""Groups and caps of the meetings' motions."""
BALLOTS = 6
"""Valid ballots of each meeting."""
POINT_WORDS = 6


@dataclass(frozen=True)
class Ballot:
    """A body with everything that it is judged by."""

    kind: str
    form: Form
    voter: int
    body: bytes

    def word(self, at: int) -> int:
        """One word of the body as a number."""
        return int.from_bytes(self.body[at * WORD : (at + 1) * WORD], "big")

    def with_word(self, at: int, value: int) -> "Ballot":
        """The ballot with another word; what does not fit loses its upper bits."""
        word = (value % 2**256).to_bytes(WORD, "big")
        return replace(self, body=self.body[: at * WORD] + word + self.body[(at + 1) * WORD :])


@cache
def valid(meeting: int) -> tuple[Ballot, ...]:
    """The valid ballots of one of the meetings, counted from 0: each has its own keys and context."""
    chance = random.Random(meeting)
    keys = Keys(*(multiply(chance.randrange(1, Q), G) for _ in range(2)))
    context = Context(31337, BOARD, meeting + 1, b"\1" * 32, b"\2" * 32, b"\3" * 32, 3, 5, keys)
    form = Form(context.hash, keys, SHAPES[meeting])
    made = []
    while len(made) < BALLOTS:
        choices = chance.choices(list(Choice), k=len(form.motions))
        if all(sum(choices[m] is Choice.FOR for m in g.motions) <= g.most for g in form.groups):
            voter = chance.randrange(1, 2**32)
            body = make_ballot(form, voter, choices, lambda: chance.randrange(1, Q)).bytes
            made.append(Ballot("valid", form, voter, body))
    return tuple(made)


def _some_scalar(ballot: Ballot, chance: random.Random) -> int:
    """The position of a scalar: behind a motion's points, or of a group."""
    words = len(ballot.body) // WORD
    in_motions = MOTION_BYTES // WORD * len(ballot.form.motions)
    return chance.choice([at for at in range(words) if at >= in_motions or at % 12 >= POINT_WORDS])


def _some_coordinate(ballot: Ballot, chance: random.Random) -> int:
    """The position of a coordinate."""
    return 12 * chance.randrange(len(ballot.form.motions)) + chance.randrange(POINT_WORDS)


def _bit(ballot: Ballot, chance: random.Random) -> Ballot:
    """One bit turned."""
    at = chance.randrange(8 * len(ballot.body))
    changed = bytearray(ballot.body)
    changed[at // 8] ^= 1 << at % 8
    return replace(ballot, body=bytes(changed))


def _byte(ballot: Ballot, chance: random.Random) -> Ballot:
    """One byte replaced."""
    at = chance.randrange(len(ballot.body))
    return replace(ballot, body=ballot.body[:at] + bytes([chance.randrange(256)]) + ballot.body[at + 1 :])


def _scalar_plus_q(ballot: Ballot, chance: random.Random) -> Ballot:
    at = _some_scalar(ballot, chance)
    return ballot.with_word(at, ballot.word(at) + Q)


def _scalar_moved(ballot: Ballot, chance: random.Random) -> Ballot:
    at = _some_scalar(ballot, chance)
    return ballot.with_word(at, (ballot.word(at) + chance.choice((1, Q - 1, chance.randrange(1, Q)))) % Q)


def _scalar_negated(ballot: Ballot, chance: random.Random) -> Ballot:
    at = _some_scalar(ballot, chance)
    return ballot.with_word(at, -ballot.word(at) % Q)


def _scalars_balanced(ballot: Ballot, chance: random.Random) -> Ballot:
    """Two challenges of a motion moved so that their sum stays."""
    first = 12 * chance.randrange(len(ballot.form.motions)) + POINT_WORDS
    less, more = chance.sample(range(3), 2)
    by = chance.randrange(1, Q)
    moved = ballot.with_word(first + less, (ballot.word(first + less) - by) % Q)
    return moved.with_word(first + more, (moved.word(first + more) + by) % Q)


def _coordinate_plus_p(ballot: Ballot, chance: random.Random) -> Ballot:
    at = _some_coordinate(ballot, chance)
    return ballot.with_word(at, ballot.word(at) + P)


def _point(ballot: Ballot, chance: random.Random) -> Ballot:
    """A point replaced: its opposite, infinity, G, a random one, or the point with x and y exchanged."""
    at = _some_coordinate(ballot, chance) // 2 * 2
    x, y = ballot.word(at), ballot.word(at + 1)
    new = chance.choice(((x, P - y), (0, 0), G, multiply(chance.randrange(1, Q), G), (y, x), (x, P), (P, y)))
    return ballot.with_word(at, new[0]).with_word(at + 1, new[1])


def _words_swapped(ballot: Ballot, chance: random.Random) -> Ballot:
    one, other = chance.sample(range(len(ballot.body) // WORD), 2)
    return ballot.with_word(one, ballot.word(other)).with_word(other, ballot.word(one))


def _branches_swapped(ballot: Ballot, chance: random.Random) -> Ballot:
    """Challenge and response of two branches of a motion exchanged together."""
    first = 12 * chance.randrange(len(ballot.form.motions)) + POINT_WORDS
    one, other = chance.sample(range(3), 2)
    order = list(range(12))
    base = first - POINT_WORDS
    for part in (POINT_WORDS, POINT_WORDS + 3):
        order[part + one], order[part + other] = part + other, part + one
    moved = ballot
    for at, source in enumerate(order):
        moved = moved.with_word(base + at, ballot.word(base + source))
    return moved


def _keys_swapped(ballot: Ballot, chance: random.Random) -> Ballot:
    """``B1`` and ``B2`` exchanged: for becomes against."""
    first = 12 * chance.randrange(len(ballot.form.motions))
    moved = ballot
    for at in range(2):
        moved = moved.with_word(first + 2 + at, ballot.word(first + 4 + at))
        moved = moved.with_word(first + 4 + at, ballot.word(first + 2 + at))
    return moved


def _motions_swapped(ballot: Ballot, chance: random.Random) -> Ballot:
    if len(ballot.form.motions) == 1:
        return _keys_swapped(ballot, chance)
    one, other = chance.sample(range(len(ballot.form.motions)), 2)
    parts = [ballot.body[at : at + MOTION_BYTES] for at in range(0, len(ballot.body), MOTION_BYTES)]
    parts[one], parts[other] = parts[other], parts[one]
    return replace(ballot, body=b"".join(parts))


def _another_voter(ballot: Ballot, chance: random.Random) -> Ballot:
    return replace(ballot, voter=chance.choice((ballot.voter ^ 1, chance.randrange(1, 2**32))))


def _another_context(ballot: Ballot, chance: random.Random) -> Ballot:
    return replace(ballot, form=replace(ballot.form, context=chance.randbytes(32)))


def _transplanted(ballot: Ballot, chance: random.Random) -> Ballot:
    """A motion of another owner's ballot in the place of the own one."""
    other = chance.choice([one for one in _neighbours(ballot) if one.voter != ballot.voter])
    at, source = (MOTION_BYTES * chance.randrange(len(ballot.form.motions)) for _ in range(2))
    part = other.body[source : source + MOTION_BYTES]
    return replace(ballot, body=ballot.body[:at] + part + ballot.body[at + MOTION_BYTES :])


def _proof_transplanted(ballot: Ballot, chance: random.Random) -> Ballot:
    """All scalars of another owner's motion behind the own points."""
    other = chance.choice([one for one in _neighbours(ballot) if one.voter != ballot.voter])
    at = MOTION_BYTES * chance.randrange(len(ballot.form.motions))
    start, end = at + POINT_WORDS * WORD, at + MOTION_BYTES
    return replace(ballot, body=ballot.body[:start] + other.body[start:end] + ballot.body[end:])


def _another_meeting(ballot: Ballot, chance: random.Random) -> Ballot:
    """The body cast in a meeting of the same shape with another's keys and context."""
    other = chance.choice([made for made in _meetings() if made.context != ballot.form.context])
    return replace(ballot, form=replace(other, motions=ballot.form.motions))


def _added_to(ballot: Ballot, chance: random.Random) -> Ballot:
    """A point and a known multiple added: the ciphertext of the same choice, re-randomised, or of another one."""
    motion = chance.randrange(len(ballot.form.motions))
    by = chance.randrange(1, Q)
    keys = ballot.form.keys
    bases = chance.choice(((G, keys.in_favour, keys.against), (None, G, None), (None, None, G)))
    moved = ballot
    for at, base in zip(range(12 * motion, 12 * motion + POINT_WORDS, 2), bases, strict=True):
        if base is not None:
            there = (moved.word(at), moved.word(at + 1))
            x, y = add(there, multiply(by if bases[0] else chance.choice((1, Q - 1)), base))
            moved = moved.with_word(at, x).with_word(at + 1, y)
    return moved


def _neighbours(ballot: Ballot) -> tuple[Ballot, ...]:
    return next(made for made in map(valid, range(len(SHAPES))) if made[0].form == ballot.form)


def _meetings() -> list[Form]:
    return [valid(meeting)[0].form for meeting in range(len(SHAPES))]


KINDS: dict[str, Callable[[Ballot, random.Random], Ballot]] = {
    "bit": _bit,
    "byte": _byte,
    "scalar plus q": _scalar_plus_q,
    "scalar moved": _scalar_moved,
    "scalar negated": _scalar_negated,
    "scalars balanced": _scalars_balanced,
    "coordinate plus p": _coordinate_plus_p,
    "point": _point,
    "words swapped": _words_swapped,
    "branches swapped": _branches_swapped,
    "keys swapped": _keys_swapped,
    "motions swapped": _motions_swapped,
    "another voter": _another_voter,
    "another context": _another_context,
    "another meeting": _another_meeting,
    "transplanted": _transplanted,
    "proof transplanted": _proof_transplanted,
    "added to": _added_to,
}


def mutations(seed: int) -> Iterator[Ballot]:
    """Mutated ballots without end, each different from the valid one it was made of."""
    chance = random.Random(seed)
    kinds = list(KINDS)
    while True:
        ballot = chance.choice(valid(chance.randrange(len(SHAPES))))
        kind = chance.choice(kinds)
        made = replace(KINDS[kind](ballot, chance), kind=kind)
        if (made.form, made.voter, made.body) != (ballot.form, ballot.voter, ballot.body):
            yield made
