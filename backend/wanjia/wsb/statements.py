"""What the proofs of a ballot claim: one of three choices a motion, a count within the cap a group."""

from collections.abc import Sequence

from wanjia.wsb.ballot import Ciphertext
from wanjia.wsb.form import Form, Group
from wanjia.wsb.group import G, total
from wanjia.wsb.hashing import words
from wanjia.wsb.proof import Statement, Target


def choice_statement(form: Form, voter: int, motion: int, ciphertext: Ciphertext) -> Statement:
    """The ciphertext holds abstain (branch 0), for (1) or against (2)."""
    a, b1, b2 = (Target(point) for point in ciphertext.points)
    return Statement(
        tag="ballot",
        words=words(form.context, voter, motion, *ciphertext.points),
        bases=(G, form.keys.in_favour, form.keys.against),
        branches=((a, b1, b2), (a, Target(b1.point, 1), b2), (a, b1, Target(b2.point, 1))),
        lasting=3,
    )


def cap_statement(form: Form, voter: int, group: Group, ciphertexts: Sequence[Ciphertext]) -> Statement:
    """The group's ciphertexts hold 0 to ``group.most`` choices for, a branch each."""
    sum_a = total(one.a for one in ciphertexts)
    sum_b = total(one.b1 for one in ciphertexts)
    return Statement(
        tag="cap",
        words=words(form.context, voter, group.number, sum_a, sum_b),
        bases=(G, form.keys.in_favour),
        branches=tuple((Target(sum_a), Target(sum_b, count)) for count in range(group.most + 1)),
        lasting=2,
    )
