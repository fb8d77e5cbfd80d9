"""Trouble between relay and node: nothing is refused for it, and no old ballot gets a new nonce (T03, T04)."""

import itertools
import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from faulty_node import Answer, Behaviour, FaultyNode, Forward, error, honest, result
from open_world import OpenWorld
from wanjia.chain.client import Chain, ChainUnavailable, WrongChain
from wanjia.relay.models import RelayBroadcast, RelayItem, RelaySlot
from wanjia.relay.relay import Relay


@pytest.fixture
def faulty(world: OpenWorld) -> Iterator[FaultyNode]:
    """Put a misbehaving proxy between relay and chain."""
    node = FaultyNode(world.node.rpc_url)
    yield node
    node.close()


def on(method: str, then: Behaviour) -> Behaviour:
    """Misbehave on one method only."""
    return lambda m, p, f: then(m, p, f) if m == method else f()


def often(then: Behaviour) -> Behaviour:
    """Misbehave on three calls of ten, seeded."""
    dice = random.Random(20278)
    return lambda m, p, f: then(m, p, f) if dice.random() < 0.3 else f()


def mostly(then: Behaviour) -> Behaviour:
    """Misbehave on two calls of three."""
    turn = itertools.count()
    return lambda m, p, f: f() if next(turn) % 3 == 2 else then(m, p, f)


def swallow(_method: str, _params: list[Any], forward: Forward) -> Answer | int | None:
    """Do it, and lose the answer."""
    forward()
    return 502


def slow(_method: str, _params: list[Any], forward: Forward) -> Answer | int | None:
    """Answer after the caller gave up."""
    time.sleep(1.5)
    return forward()


FAULTS: dict[str, Behaviour] = {
    "429": often(lambda *_: 429),
    "502": often(lambda *_: 502),
    "connection closed": often(lambda *_: None),
    "rate limit as JSON": often(lambda *_: error(-32005, "limit exceeded")),
    "no result": often(lambda *_: {"jsonrpc": "2.0", "id": 1}),
    "sent but answered 502": on("eth_sendRawTransaction", swallow),
    "sent but answered late": on("eth_sendRawTransaction", slow),
    "sent but 'already known'": on(
        "eth_sendRawTransaction", lambda _m, _p, f: (f(), error(-32000, "already known"))[1]
    ),
    "sent but 'nonce too low'": on(
        "eth_sendRawTransaction", lambda _m, _p, f: (f(), error(-32000, "nonce too low"))[1]
    ),
    "never sent but accepted": on("eth_sendRawTransaction", mostly(lambda *_: result("0x" + "00" * 32))),
    "receipts missing": on("eth_getTransactionReceipt", mostly(lambda *_: result(None))),
}


def tick_through(world: OpenWorld, relay: Relay, seconds: float = 40) -> None:
    """Tick until drained, whatever the node does."""
    index = world.index()
    deadline = time.monotonic() + seconds
    while not world.is_drained():
        assert time.monotonic() < deadline
        try:
            relay.tick()
        except ChainUnavailable:
            time.sleep(0.05)
        index.catch_up()
        time.sleep(0.05)


def spent(world: OpenWorld) -> tuple[int, int]:
    """Nonces and versions ever stored."""
    with world.database.read() as session:
        return (
            session.scalar(select(func.count()).select_from(RelaySlot)) or 0,
            session.scalar(select(func.count()).select_from(RelayBroadcast)) or 0,
        )


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(world: OpenWorld, faulty: FaultyNode, fault: str) -> None:
    """One nonce, one version, all counted, whatever the node answers."""
    intake = world.intake()
    for voter in range(1, 11):
        world.send(intake, voter)
    faulty.behaviour = FAULTS[fault]
    tick_through(world, world.relay(chain=Chain(faulty.url, timeout=1)))
    assert spent(world) == (1, 1)
    assert world.part()["heads"] == 10
    with world.database.read() as session:
        assert set(session.scalars(select(RelayItem.state))) == {"done"}


def test_stale_node(world: OpenWorld, faulty: FaultyNode) -> None:
    """A node that lags behind shows an old nonce and old blocks for a while: nothing is signed anew."""
    intake, index = world.intake(), world.index()
    relay = world.relay(chain=Chain(faulty.url, timeout=1))
    kept: dict[str, Answer] = {}

    def remember(method: str, params: list[Any], forward: Forward) -> Answer:
        kept[f"{method}{params}"] = forward()
        return kept[f"{method}{params}"]

    faulty.behaviour = remember
    relay.tick()
    for voter in range(1, 6):
        world.send(intake, voter)
    faulty.behaviour = honest
    relay.tick()
    world.drain(relay, index)
    faulty.behaviour = lambda m, p, f: kept.get(f"{m}{p}") or f()
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        relay.tick()
        time.sleep(0.1)
    assert spent(world) == (1, 1)
    faulty.behaviour = honest
    world.send(intake, 6)
    world.drain(relay, index)
    assert spent(world) == (2, 2)
    assert world.part()["heads"] == 6


def test_wrong_chain_stops_loudly(world: OpenWorld, faulty: FaultyNode) -> None:
    """Another chain id: nothing is stored, nothing is sent."""
    world.send(world.intake(), 5)
    faulty.behaviour = on("eth_chainId", lambda *_: result("0x1"))
    relay = world.relay(chain=Chain(faulty.url, timeout=1))
    for _ in range(3):
        with pytest.raises(WrongChain):
            relay.tick()
    assert spent(world) == (0, 0)
    assert "eth_sendRawTransaction" not in faulty.calls
    faulty.behaviour = honest
    world.drain(relay, world.index())
    assert world.has_cast(5)


def test_chain_away_while_ballots_arrive(world: OpenWorld) -> None:
    """Intake answers, the relay waits without giving anything up, and all drains when the chain is back (T03)."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    world.send(intake, 1)
    world.drain(relay, index)
    world.node.stop()
    for voter in range(2, 31):
        world.send(intake, voter)
        if voter % 5 == 0:
            with pytest.raises(ChainUnavailable):
                relay.tick()
    world.node.start()
    world.drain(relay, index)
    assert world.part()["heads"] == 30
    assert spent(world) == (2, 2)
