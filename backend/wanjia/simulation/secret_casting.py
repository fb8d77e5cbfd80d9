"""Simulated owners cast secret ballots: encrypted and proven, many of them in worker processes, handed in over HTTP."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from threading import local
from typing import Any

from wanjia.chain.eip712 import secret_ballot_digest
from wanjia.chain.signing import sign_digest
from wanjia.domain.ballots import unpack_choices
from wanjia.simulation.api import Api
from wanjia.simulation.casting import CastLog, hand_in
from wanjia.simulation.choices import group_rules, random_choices
from wanjia.simulation.people import Voter
from wanjia.wsb.ballot import ballot_hash
from wanjia.wsb.context import Keys
from wanjia.wsb.form import Form
from wanjia.wsb.group import read_point
from wanjia.wsb.proving import make_ballot

_ALONE = 150
"""So many ballots are proven sooner than worker processes start."""


@dataclass(frozen=True, slots=True)
class Place:
    """The meeting a ballot is made for."""

    chain_id: int
    contract: str
    meeting: int
    form: Form


def cast_secretly(
    url: str,
    slug: str,
    number: int,
    voters: Sequence[Voter],
    leans: Sequence[float],
    seed: str,
    on_receipt: Callable[[], None] = lambda: None,
    threads: int = 8,
) -> CastLog:
    """Let every one of ``voters`` cast a seeded secret ballot; returns when all have receipts, as ``cast_chosen``."""
    groups = group_rules(Api(url).get(f"/communities/{slug}/meetings/{number}")["convening"]["motions"])
    chosen = {}
    for voter in voters:
        random = Random(f"{seed}/{number}/{voter.voter}")  # noqa: S311  simulated choices
        chosen[voter] = random_choices(random, leans, groups)
    return cast_chosen(url, slug, number, chosen, on_receipt, threads)


def cast_chosen(
    url: str,
    slug: str,
    number: int,
    chosen: Mapping[Voter, int],
    on_receipt: Callable[[], None] = lambda: None,
    threads: int = 8,
) -> CastLog:
    """Let voters cast what they have chosen, packed; returns when all have receipts.

    What each chose stays in the log of this simulation alone. Raises ``ApiRefusal`` when a ballot is refused.
    """
    place = place_of(Api(url).get(f"/communities/{slug}/meetings/{number}"))
    log = CastLog(choices={voter.voter: choices for voter, choices in chosen.items()})
    clients = local()

    def send(ballot: dict[str, Any]) -> None:
        if not hasattr(clients, "api"):
            clients.api = Api(url)
        started = time.perf_counter()
        path = f"/communities/{slug}/meetings/{number}/secret-ballots"
        answer, retries = hand_in(clients.api, path, ballot)
        log.seconds.append(time.perf_counter() - started)
        log.retries += retries
        log.receipts[ballot["voter"]] = answer["receipt"]
        on_receipt()

    ballots = [place] * len(chosen), chosen.keys(), chosen.values()
    with ExitStack() as running:
        senders = running.enter_context(ThreadPoolExecutor(threads))
        made: Iterable[dict[str, Any]] = map(prove_ballot, *ballots)
        if len(chosen) > _ALONE:
            spawn = multiprocessing.get_context("spawn")
            workers = running.enter_context(ProcessPoolExecutor(os.cpu_count(), spawn))
            made = workers.map(prove_ballot, *ballots, chunksize=4)
        for each in [senders.submit(send, ballot) for ballot in made]:
            each.result()
    return log


def prove_ballot(place: Place, voter: Voter, choices: int) -> dict[str, Any]:
    """Make one owner's ballot as a phone sends it."""
    chosen = unpack_choices(choices, len(place.form.motions))
    return sign_body(place, voter, make_ballot(place.form, voter.voter, chosen).bytes)


def sign_body(place: Place, voter: Voter, body: bytes) -> dict[str, Any]:
    """Sign a body, whatever it holds, as its voter."""
    signed = ballot_hash(place.form.context, body)
    digest = secret_ballot_digest(place.chain_id, place.contract, place.meeting, voter.voter, signed)
    return {
        "voter": voter.voter,
        "body": "0x" + body.hex(),
        "signature": "0x" + sign_digest(voter.key, digest).hex(),
    }


def place_of(meeting: dict[str, Any]) -> Place:
    """Read from a meeting, as the API gives it, what its ballots are made for."""
    keys = meeting["keys"]
    form = Form(
        _bytes(keys["context"]),
        Keys(read_point(_bytes(keys["in_favour"])), read_point(_bytes(keys["against"]))),
        tuple((motion["group"], motion["cap"]) for motion in meeting["convening"]["motions"]),
    )
    return Place(meeting["chain"]["chain_id"], meeting["chain"]["contract"], meeting["meeting"], form)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
