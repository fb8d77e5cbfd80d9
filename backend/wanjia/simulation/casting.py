"""Simulated owners cast: they read the meeting, sign with their own keys and hand in over HTTP."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import local
from typing import Any

import requests

from wanjia.chain.eip712 import open_ballot_digest
from wanjia.chain.signing import sign_digest
from wanjia.simulation.api import Api, ApiRefusal
from wanjia.simulation.choices import group_rules, random_choices
from wanjia.simulation.people import Voter

_ATTEMPTS = 200
_PAUSE = 0.25
_SERVER_ERROR = 500


@dataclass
class CastLog:
    """What was handed in: receipts by voter, packed choices by voter, seconds each hand-in took."""

    receipts: dict[int, dict[str, Any]] = field(default_factory=dict)
    choices: dict[int, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    retries: int = 0


def cast_all(
    url: str,
    slug: str,
    number: int,
    voters: Sequence[Voter],
    leans: Sequence[float],
    seed: str,
    on_receipt: Callable[[], None] = lambda: None,
    threads: int = 8,
) -> CastLog:
    """Let every one of ``voters`` cast a seeded ballot; returns when all have receipts.

    A hand-in that meets a transport error or a 5xx is tried again with the same ballot, as a phone does.
    Raises ``ApiRefusal`` when a ballot is refused.
    """
    meeting = Api(url).get(f"/communities/{slug}/meetings/{number}")
    motions = meeting["convening"]["motions"]
    groups = group_rules(motions)
    chain = meeting["chain"]
    log = CastLog()
    clients = local()

    def one(voter: Voter) -> None:
        random = Random(f"{seed}/{number}/{voter.voter}")  # noqa: S311  simulated choices
        choices = random_choices(random, leans, groups)
        digest = open_ballot_digest(
            chain["chain_id"],
            chain["open_meeting"],
            number,
            bytes.fromhex(meeting["convene_hash"].removeprefix("0x")),
            voter.voter,
            choices,
        )
        body = {
            "voter": voter.voter,
            "choices": str(choices),
            "signature": "0x" + sign_digest(voter.key, digest).hex(),
        }
        if not hasattr(clients, "api"):
            clients.api = Api(url)
        started = time.perf_counter()
        answer, retries = hand_in(clients.api, f"/communities/{slug}/meetings/{number}/ballots", body)
        log.seconds.append(time.perf_counter() - started)
        log.retries += retries
        log.choices[voter.voter] = choices
        log.receipts[voter.voter] = answer["receipt"]
        on_receipt()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(one, voter) for voter in voters]:
            done.result()
    return log


def hand_in(api: Api, path: str, body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """POST one ballot until it is answered; give the answer and how many tries failed before it."""
    for attempt in range(_ATTEMPTS):
        try:
            answer: dict[str, Any] = api.post(path, body)
        except requests.RequestException:
            time.sleep(_PAUSE)
        except ApiRefusal as refusal:
            if refusal.status < _SERVER_ERROR:
                raise
            time.sleep(_PAUSE)
        else:
            return answer, attempt
    raise TimeoutError("the ballot was not accepted: the system did not answer")
