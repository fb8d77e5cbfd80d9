"""Making a secret ballot: encrypt each choice, prove that it is one and that no cap is passed."""

from collections.abc import Sequence

from wanjia.domain.ballots import Choice
from wanjia.wsb.ballot import Body, Ciphertext
from wanjia.wsb.form import Form
from wanjia.wsb.group import G, Q, add, multiply
from wanjia.wsb.proof import Draw, draw_scalar, prove
from wanjia.wsb.statements import cap_statement, choice_statement


def make_ballot(form: Form, voter: int, choices: Sequence[Choice], draw: Draw = draw_scalar) -> Body:
    """Encrypt and prove one choice a motion.

    Draws in this order: for each motion ``r`` and then its proof's (see ``prove``), for each group its proof's.
    Raises ``ValueError`` for choices that cannot be proven: too few, too many, or a group over its cap.
    """
    if len(choices) != len(form.motions):
        raise ValueError(f"the meeting has {len(form.motions)} motions, not {len(choices)}")
    motions, secret = [], []
    for motion, choice in enumerate(choices):
        r = draw()
        ciphertext = encrypt(form, choice, r)
        proof = prove(choice_statement(form, voter, motion, ciphertext), int(choice), r, draw)
        motions.append((ciphertext, proof))
        secret.append(r)
    groups = []
    for group in form.groups:
        supported = sum(choices[at] is Choice.FOR for at in group.motions)
        if supported > group.most:
            raise ValueError(f"group {group.number} is over its cap")
        statement = cap_statement(form, voter, group, [motions[at][0] for at in group.motions])
        groups.append(prove(statement, supported, sum(secret[at] for at in group.motions) % Q, draw))
    return Body(tuple(motions), tuple(groups))


def encrypt(form: Form, choice: Choice, r: int) -> Ciphertext:
    """One choice under both keys, with the secret ``r``."""
    b1 = multiply(r, form.keys.in_favour)
    b2 = multiply(r, form.keys.against)
    return Ciphertext(
        multiply(r, G),
        add(b1, G) if choice is Choice.FOR else b1,
        add(b2, G) if choice is Choice.AGAINST else b2,
    )
