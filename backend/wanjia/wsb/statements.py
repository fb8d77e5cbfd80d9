"""What the proofs of a ballot claim: one of three choices a motion, a count within the cap a group."""

from collections.abc import Sequence

from wanjia.wsb.ballot import Ciphertext
from wanjia.wsb.form import Form, Group
from wanjia.wsb.group import G, Point, add, multiply, negate, total
from wanjia.wsb.hashing import words
from wanjia.wsb.proof import Statement


def choice_statement(form: Form, voter: int, motion: int, ciphertext: Ciphertext) -> Statement:
    """The ciphertext holds abstain (branch 0), for (1) or against (2)."""
    a, b1, b2 = ciphertext.points
    less = negate(G)
    return Statement(
        tag="ballot",
        words=words(form.context, voter, motion, a, b1, b2),
        bases=(G, form.keys.in_favour, form.keys.against),
        branches=((a, b1, b2), (a, add(b1, less), b2), (a, b1, add(b2, less))),
    )


def cap_statement(form: Form, voter: int, group: Group, ciphertexts: Sequence[Ciphertext]) -> Statement:
    """The group's ciphertexts hold 0 to ``group.most`` choices for, a branch each."""
    sum_a = total(one.a for one in ciphertexts)
    sum_b = total(one.b1 for one in ciphertexts)
    return Statement(
        tag="cap",
        words=words(form.context, voter, group.number, sum_a, sum_b),
        bases=(G, form.keys.in_favour),
        branches=tuple((sum_a, less_supported(sum_b, count)) for count in range(group.most + 1)),
    )


def less_supported(sum_b: Point, count: int) -> Point:
    """``SB − count·G``."""
    return add(sum_b, negate(multiply(count, G))) if count else sum_b
