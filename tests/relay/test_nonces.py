"""Nonces that others used, that were skipped, or that never left the house: all heal by themselves (T15)."""

import time

from eth_account import Account
from sqlalchemy import func, select

from open_world import OPERATOR, OpenWorld
from wanjia.chain.local_node import CHAIN_ID
from wanjia.relay import slots
from wanjia.relay.batches import next_batch
from wanjia.relay.models import RelayBroadcast, RelaySlot, SlotState
from wanjia.relay.relay import Relay
from wanjia.relay.wallet import Fee, Wallet

FEE = Fee(10 * 10**9, 10**9)


def spend_elsewhere(world: OpenWorld, count: int, nonce: int | None = None) -> None:
    """Use nonces of the operator's account past the relay."""
    first = world.chain.nonce(OPERATOR.address) if nonce is None else nonce
    for at in range(count):
        raw = Account.sign_transaction(
            {
                "to": OPERATOR.address,
                "value": 0,
                "gas": 21_000,
                "gasPrice": 5 * 10**9,
                "nonce": first + at,
                "chainId": CHAIN_ID,
            },
            OPERATOR.key,
        ).raw_transaction
        world.chain.send_raw(bytes(raw))


def store_unsent(world: OpenWorld, nonce: int) -> None:
    """Do what the relay does up to the moment before it sends, and stop there."""
    wallet = Wallet(OPERATOR.key.hex(), CHAIN_ID)
    with world.database.write() as session:
        batch = next_batch(session, set())
        assert batch is not None
        slot = RelaySlot(
            operator=wallet.address,
            nonce=nonce,
            kind=batch.kind,
            target=batch.target,
            data=batch.data,
            gas=batch.gas,
            state=SlotState.PENDING,
            settled=False,
            created_at=0,
        )
        signed = wallet.sign(nonce=nonce, to=batch.target, data=batch.data, gas=batch.gas, fee=FEE)
        slots.store(session, slot, signed, FEE, batch.ids, 0)


def states(world: OpenWorld) -> dict[str, int]:
    """How many slots are in which state."""
    with world.database.read() as session:
        rows = session.execute(select(RelaySlot.state, func.count()).group_by(RelaySlot.state))
        return dict(rows.all())


def test_stored_but_not_sent(world: OpenWorld) -> None:
    """A relay that starts finds stored bytes and sends exactly those."""
    world.send(world.intake(), 5)
    store_unsent(world, world.chain.nonce(OPERATOR.address))
    with world.database.read() as session:
        stored = session.scalars(select(RelayBroadcast.hash)).one()
    world.drain(world.relay(), world.index())
    assert world.chain.receipt(stored) is not None
    assert world.has_cast(5)
    assert states(world) == {SlotState.MINED: 1}


def test_nonce_used_by_another_transaction(world: OpenWorld) -> None:
    """Once the nonce is proven used by another, the ballots go again under the next."""
    intake = world.intake()
    for voter in range(1, 6):
        world.send(intake, voter)
    nonce = world.chain.nonce(OPERATOR.address)
    store_unsent(world, nonce)
    spend_elsewhere(world, 1)
    world.drain(world.relay(), world.index())
    assert world.part()["heads"] == 5
    assert states(world) == {SlotState.LOST: 1, SlotState.MINED: 1}


def test_chain_five_hundred_nonces_ahead(world: OpenWorld) -> None:
    """Another program spent 500 nonces, some of them ours: heals without a storm."""
    intake = world.intake()
    first = world.chain.nonce(OPERATOR.address)
    for voter in range(1, 4):
        world.send(intake, voter)
        store_unsent(world, first + voter)
    spend_elsewhere(world, 500)
    started = time.monotonic()
    world.drain(world.relay(), world.index(), seconds=110)
    assert time.monotonic() - started < 120
    assert world.part()["heads"] == 3
    assert states(world) == {SlotState.LOST: 3, SlotState.MINED: 1}


def test_nonces_five_hundred_ahead_of_the_chain(world: OpenWorld) -> None:
    """Stored nonces start 500 above the chain's: the hole is closed, nothing is signed under another nonce."""
    intake, relay = world.intake(), world.relay()
    first = world.chain.nonce(OPERATOR.address)
    for voter in range(1, 11):
        world.send(intake, voter)
        store_unsent(world, first + 500 + voter - 1)
    started = time.monotonic()
    world.drain(relay, world.index(), seconds=110)
    assert time.monotonic() - started < 120
    assert world.part()["heads"] == 10
    with world.database.read() as session:
        kinds = dict(session.execute(select(RelaySlot.kind, func.count()).group_by(RelaySlot.kind)).all())
    assert kinds == {"filler": 500, "ballot": 10}
    assert world.chain.nonce(OPERATOR.address) == first + 510


def test_three_hundred_stored_never_broadcast(world: OpenWorld) -> None:
    """Sixty ballots and 240 fillers lie stored and unsent: all are sent as stored."""
    intake = world.intake()
    first = world.chain.nonce(OPERATOR.address)
    for voter in range(1, 61):
        world.send(intake, voter)
        store_unsent(world, first + 5 * voter - 1)
    started = time.monotonic()
    relay = world.relay()
    world.drain(relay, world.index(), seconds=110)
    assert time.monotonic() - started < 120
    assert world.part()["heads"] == 60
    assert world.chain.nonce(OPERATOR.address) == first + 300


def test_stuck_transaction_is_replaced_under_its_own_nonce(world: OpenWorld) -> None:
    """The base fee rose above what was offered: same nonce, same content, higher fee."""
    intake, relay = world.intake(), world.relay()
    world.node.rpc("evm_setAutomine", False)
    world.send(intake, 5)
    relay.tick()
    world.node.rpc("anvil_setNextBlockBaseFeePerGas", hex(90 * 10**9))
    world.node.mine()
    assert not world.has_cast(5)
    relay.tick()
    world.node.mine()
    world.drain(relay, world.index())
    assert world.has_cast(5)
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(RelaySlot)) == 1
        fees = session.scalars(select(RelayBroadcast.max_fee).order_by(RelayBroadcast.id)).all()
    assert len(fees) == 2
    assert fees[1] >= fees[0] * 5 // 4


def test_two_relays_one_sends(world: OpenWorld) -> None:
    """The lease lets one relay work; the other takes over when the first is gone."""
    intake = world.intake()
    first, second = world.relay(lease_seconds=1.5), world.relay(lease_seconds=1.5)
    world.send(intake, 5)
    first.tick()
    assert second.tick().detail == "another relay holds the lease"
    world.send(intake, 6)
    second.tick()
    assert not world.has_cast(6)
    time.sleep(1.6)
    world.drain(second, world.index())
    assert world.has_cast(6)
    assert first.tick().detail == "another relay holds the lease"
    assert isinstance(first, Relay)
