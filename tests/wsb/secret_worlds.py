"""Small secret meetings for the tests of WSB-1: a form, seeded randomness, ballots."""

import random
from collections.abc import Callable

from hypothesis import strategies as st

from wanjia.domain.ballots import Choice
from wanjia.wsb.context import Keys
from wanjia.wsb.form import Form
from wanjia.wsb.group import G, Q, multiply

KEYS = Keys(multiply(1234567, G), multiply(7654321, G))
CONTEXT = bytes(range(32))
MIXED = Form(CONTEXT, KEYS, ((0, 0), (1, 1), (1, 1), (3, 2)))
"""A free motion, a group of two of which one, and a group of a single motion."""


def seeded(seed: int) -> Callable[[], int]:
    """Scalars from a seed."""
    chance = random.Random(seed)
    return lambda: 1 + chance.randrange(Q - 1)


def within_caps(form: Form, choices: list[Choice]) -> bool:
    """Tell whether the choices keep every cap."""
    return all(sum(choices[at] is Choice.FOR for at in group.motions) <= group.most for group in form.groups)


CHOICES = st.lists(st.sampled_from(Choice), min_size=4, max_size=4).filter(lambda c: within_caps(MIXED, c))
