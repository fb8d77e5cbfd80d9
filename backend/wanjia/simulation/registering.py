"""Registers simulated owners in bulk: each proves its key, the operator's relay brings them on chain."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence

from eth_utils import keccak
from sqlalchemy import func, select

from wanjia.chain.eip712 import possession_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.index.models import IndexedKey
from wanjia.relay import registrations
from wanjia.simulation.people import Voter, owner_key

_POLL = 0.2


def simulated_voters(areas: Mapping[int, int], seed: str) -> list[Voter]:
    """Give every owner of a roll (voter -> area in 0.01 m²) a simulated key."""
    return [Voter(voter, area, owner_key(seed, voter)) for voter, area in sorted(areas.items())]


def register_all(
    database: Database,
    community: Community,
    chain_id: int,
    voters: Sequence[Voter],
    on_progress: Callable[[int], None] = lambda _: None,
    seconds: float = 300,
) -> None:
    """Register ``voters`` and wait until the index knows every key.

    ``on_progress`` hears how many are registered so far. Raises ``TimeoutError``.
    """
    with database.write() as session:
        for voter in voters:
            address = address_of(voter.key)
            # nobody proved an identity here: the evidence is that this owner is simulated, salted like any other
            evidence = keccak(b"simulated owner" + secrets.token_bytes(32))
            digest = possession_digest(chain_id, community.registry_address, voter.voter, address, evidence)
            registrations.enqueue(
                session, community.id, voter.voter, address, evidence, sign_digest(voter.key, digest)
            )
    wanted = [voter.voter for voter in voters]
    deadline = time.monotonic() + seconds
    while True:
        with database.read() as session:
            known = session.scalar(
                select(func.count())
                .select_from(IndexedKey)
                .where(IndexedKey.community_id == community.id, IndexedKey.voter.in_(wanted))
            )
        on_progress(known or 0)
        if known == len(wanted):
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(wanted) - (known or 0)} owners are not registered")
        time.sleep(_POLL)
