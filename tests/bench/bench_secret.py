"""Milliseconds a motion of a secret ballot takes to check, on one core; and to make, to add up and to open."""

import json
import random
import sys
import time
from typing import Any

from wanjia.domain.ballots import Choice
from wanjia.wsb.ballot import Ciphertext, read_body
from wanjia.wsb.checking import faults_of
from wanjia.wsb.context import Keys
from wanjia.wsb.decryption import opened
from wanjia.wsb.discrete_log import discrete_log
from wanjia.wsb.form import Form
from wanjia.wsb.group import G, Q, multiply
from wanjia.wsb.proving import make_ballot
from wanjia.wsb.tally import EXACT, add_up

# three of the five are candidates of whom two can be supported
MOTIONS = ((0, 0), (0, 0), (1, 2), (1, 2), (1, 2))
# What ElectionGuard gives its figure for is a ballot of six selections, each proven to be one of two values; here each
# of six motions is proven to be one of three.
SIX, SIX_BALLOTS = ((0, 0),) * 6, 100


def run(ballots: int) -> dict[str, Any]:
    """Make ballots of five motions, check every proof, add them up and open one exact sum.

    Processor time of this one process, so that what else the machine does counts little.
    """
    chance = random.Random(4)
    secrets = [chance.randrange(1, Q) for _ in range(2)]
    keys = Keys(*(multiply(secret, G) for secret in secrets))
    form = Form(chance.randbytes(32), keys, MOTIONS)
    areas = [chance.randint(3_000, 20_000) for _ in range(ballots)]
    choices = [_choices(chance) for _ in range(ballots)]
    started = time.process_time()
    bodies = [make_ballot(form, voter, chosen).bytes for voter, chosen in enumerate(choices, 1)]
    made = time.process_time()
    if any(faults_of(form, voter, body) for voter, body in enumerate(bodies, 1)):
        raise AssertionError("a ballot of the bench does not hold")
    checked = time.process_time()
    sums = add_up(
        len(MOTIONS), ((area, _ciphertexts(form, body)) for area, body in zip(areas, bodies, strict=True))
    )
    added = time.process_time()
    a, b = sums.pair(0, EXACT, 0)
    value = discrete_log(opened(b, {1: multiply(secrets[0], a)}), 0, sum(areas))
    read = time.process_time()
    if value != sum(area for area, chosen in zip(areas, choices, strict=True) if chosen[0] is Choice.FOR):
        raise AssertionError("the sum of the bench opens to another value")
    motions = ballots * len(MOTIONS)
    return {
        "ballots": ballots,
        "motions": len(MOTIONS),
        "make_ms_per_motion": round(1000 * (made - started) / motions, 2),
        "check_seconds": round(checked - made, 2),
        "check_ms_per_motion": round(1000 * (checked - made) / motions, 2),
        "check_ms_per_ballot": round(1000 * (checked - made) / ballots, 2),
        "check_ms_per_ballot_of_6": round(_check_of_six(Form(form.context, keys, SIX), chance), 2),
        "sums_seconds": round(added - checked, 2),
        "open_seconds": round(read - added, 2),
    }


def _check_of_six(form: Form, chance: random.Random) -> float:
    """Milliseconds to check a ballot of six motions."""
    choices = [chance.choices(list(Choice), k=len(SIX)) for _ in range(SIX_BALLOTS)]
    bodies = [make_ballot(form, voter, chosen).bytes for voter, chosen in enumerate(choices, 1)]
    started = time.process_time()
    if any(faults_of(form, voter, body) for voter, body in enumerate(bodies, 1)):
        raise AssertionError("a ballot of the bench does not hold")
    return 1000 * (time.process_time() - started) / SIX_BALLOTS


def _choices(chance: random.Random) -> list[Choice]:
    """Any choices, two of three candidates at most."""
    chosen = chance.choices(list(Choice), k=len(MOTIONS))
    if chosen[2:].count(Choice.FOR) > 2:
        chosen[4] = Choice.AGAINST
    return chosen


def _ciphertexts(form: Form, body: bytes) -> list[Ciphertext]:
    return [ciphertext for ciphertext, _ in read_body(form, body).motions]


if __name__ == "__main__":
    for figure in sys.argv[1:] or ("1000",):
        sys.stdout.write(json.dumps(run(int(figure))) + "\n")
