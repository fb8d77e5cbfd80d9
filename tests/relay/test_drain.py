"""What was received reaches the chain: in batches, whole, and with each outcome written down."""

from sqlalchemy import func, select, update

from open_world import OPERATOR, SLUG, STRANGER, OpenWorld, account, choices, registration
from wanjia.chain import contracts
from wanjia.chain.signing import from_compact, sign_digest
from wanjia.domain.ballots import Record
from wanjia.domain.states import BallotState
from wanjia.index.models import IndexedBallot, IndexedKey, IndexedSkip
from wanjia.intake.models import Ballot
from wanjia.intake.status import BallotStatus, ballot_status
from wanjia.relay import registrations
from wanjia.relay.models import ItemKind, ItemState, RelayItem, RelaySlot
from wanjia.relay.service import enqueue_call, status_by_reference


def status(world: OpenWorld, voter: int, packed: int | None = None) -> BallotStatus:
    """Where a voter's ballot is."""
    with world.database.read() as session:
        found = ballot_status(session, world.ballot_hash(voter, packed))
    assert found is not None
    return found


def slots(world: OpenWorld) -> list[RelaySlot]:
    """Every nonce spent."""
    with world.database.read() as session:
        return list(session.scalars(select(RelaySlot).order_by(RelaySlot.id)))


def smuggle(world: OpenWorld, record: bytes, ballot_hash: bytes) -> None:
    """Put a record before the relay that intake would have refused."""
    with world.database.write() as session:
        session.add(
            RelayItem(
                kind=ItemKind.BALLOT,
                community_id=1,
                target=world.prepared.open_meeting,
                group=1,
                body=record,
                reference="0x" + ballot_hash.hex(),
                created_at=0,
            )
        )


def test_ballots_go_from_received_to_final(world: OpenWorld) -> None:
    """The states a voter sees, in their order, and the contract's own count at the end."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    for voter in range(1, 41):
        world.send(intake, voter)
    assert status(world, 40).state is BallotState.RECEIVED
    relay.tick()
    assert status(world, 40).state is BallotState.SUBMITTED
    index.catch_up()
    assert status(world, 40).state is BallotState.RECORDED
    world.drain(relay, index)
    world.node.mine(6)
    index.catch_up()
    assert status(world, 40).state is BallotState.FINAL
    assert world.part() == {"area": sum(world.prepared.areas[v] for v in range(1, 41)), "heads": 40}
    assert len(slots(world)) == 1


def test_formula_leaves_room_but_does_not_waste(world: OpenWorld) -> None:
    """The gas limit by formula is enough for full batches, for single ballots, and for scattered voters."""
    relay, index, intake = world.relay(), world.index(), world.intake()
    for group in ([1], [2, 40], range(3, 33)):
        for voter in group:
            world.send(intake, voter)
        world.drain(relay, index)
    for slot in slots(world):
        assert slot.gas_used is not None
        assert slot.gas_used < slot.gas - 50_000


def test_one_bad_ballot_among_twenty(world: OpenWorld) -> None:
    """Nineteen count in the same transaction, the bad one is refused with the contract's reason (T13)."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    for voter in range(1, 21):
        world.send(intake, voter)
    world.drain(relay, index)
    (clean,) = slots(world)
    for voter in range(21, 40):
        world.send(intake, voter)
    forged = sign_digest(STRANGER.key, world.ballot_hash(40))
    smuggle(world, Record(40, world.ballot(40)[1], forged).pack(), world.ballot_hash(40))
    world.drain(relay, index)
    mixed = slots(world)[-1]
    assert len(slots(world)) == 2
    assert clean.gas_used is not None
    assert mixed.gas_used is not None
    assert mixed.gas_used <= 1.1 * clean.gas_used
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(IndexedBallot)) == 39
        assert session.scalar(select(IndexedSkip.voter)) == 40
        bad = session.scalars(select(RelayItem).where(RelayItem.state == ItemState.REFUSED)).one()
    assert bad.code == "BALLOT_SIGNATURE_INVALID"
    assert not world.has_cast(40)


def test_ballot_cast_by_a_stranger_counts_as_recorded(world: OpenWorld) -> None:
    """Casting is open to anyone: our copy is skipped as already cast, and that is no refusal."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    world.send(intake, 5)
    world.send(intake, 6)
    cast = contracts.open_meeting()
    world.act(STRANGER, cast, world.prepared.open_meeting, "cast", 1, world.records(5))
    relay.tick()
    world.drain(relay, index)
    assert status(world, 5).state is BallotState.RECORDED
    with world.database.read() as session:
        assert set(session.scalars(select(RelayItem.state))) == {ItemState.DONE}


def test_other_ballot_cast_by_a_stranger_refuses_ours(world: OpenWorld) -> None:
    """The voter's other signed ballot came first: ours is refused as already cast."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    world.send(intake, 5)
    other = Record(*world.ballot(5, choices(2, 2, 2, 2, 2))).pack()
    world.act(STRANGER, contracts.open_meeting(), world.prepared.open_meeting, "cast", 1, other)
    world.drain(relay, index)
    found = status(world, 5)
    assert (found.state, found.code) == (BallotState.REFUSED, "BALLOT_ALREADY_CAST")


def test_meeting_closed_before_the_relay_came(world: OpenWorld) -> None:
    """A ballot that comes too late for the contract is refused with its reason, and no gas is spent."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    world.send(intake, 5)
    world.node.move_clock(world.prepared.closes_at)
    world.drain(relay, index)
    found = status(world, 5)
    assert (found.state, found.code, found.reason) == (
        BallotState.REFUSED,
        "BALLOT_MEETING_NOT_OPEN",
        "CLOSED",
    )
    assert slots(world) == []


def test_registrations_share_a_transaction(world: OpenWorld) -> None:
    """Many registrations, one transaction; a taken index is refused, the same key again is done."""
    index, relay = world.index(), world.relay()
    with world.database.write() as session:
        for voter in (*range(101, 121), 5):
            registration_of(world, session, voter, voter + 5000 if voter == 5 else voter)
        registration_of(world, session, 6, 6)
    world.drain(relay, index)
    assert len(slots(world)) == 1
    with world.database.read() as session:
        states = dict(session.execute(select(RelayItem.reference, RelayItem.state)).all())
        taken = status_by_reference(session, ItemKind.REGISTRATION, "voter:5")
        known = session.scalar(
            select(func.count()).select_from(IndexedKey).where(IndexedKey.voter.between(101, 120))
        )
    assert known == 20
    assert states.pop("voter:5") == ItemState.REFUSED
    assert set(states.values()) == {ItemState.DONE}
    assert taken is not None
    assert (taken.code, taken.reason) == ("RELAY_CONTRACT_REFUSED", "AlreadyRegistered")


def registration_of(world: OpenWorld, session: object, voter: int, key: int) -> None:
    """Queue the registration of a key made from ``key``."""
    line = registration(world.prepared.registry, voter, account(key))
    registrations.enqueue(session, 1, voter, line[1], line[2], from_compact(*line[3:]))  # type: ignore[arg-type]


def test_refused_call_carries_the_contracts_reason(world: OpenWorld) -> None:
    """A call the contract would revert is refused unsent, with the custom error's name and values."""
    meeting = contracts.open_meeting()
    with world.database.write() as session:
        enqueue_call(
            session,
            ItemKind.CALL,
            world.prepared.open_meeting,
            meeting.encode("declareResult", 1),
            "declare:1",
        )
    world.drain(world.relay(), world.index())
    with world.database.read() as session:
        found = status_by_reference(session, ItemKind.CALL, "declare:1")
    assert found is not None
    assert found.state == ItemState.REFUSED
    assert found.reason == "OwnersMeetingUnexpectedState(1, 3, 16)"
    assert slots(world) == []


def test_intake_sees_what_the_relay_recorded(world: OpenWorld) -> None:
    """After the whole way the same ballot still has its one receipt."""
    intake = world.intake()
    first = world.send(intake, 5)
    world.drain(world.relay(), world.index())
    again = intake.receive(SLUG, 1, *world.ballot(5))
    assert again.signature == first.signature
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_emptied_account_waits_and_says_so(world: OpenWorld) -> None:
    """Without funds nothing is lost; after a top-up it drains (T16)."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    world.send(intake, 5)
    world.node.rpc("anvil_setBalance", OPERATOR.address, "0x0")
    relay.tick()
    assert "empty" in relay.tick().detail
    world.node.rpc("anvil_setBalance", OPERATOR.address, hex(10**20))
    world.drain(relay, index)
    assert len(slots(world)) == 1
    assert world.has_cast(5)


def test_dear_gas_is_waited_out(world: OpenWorld) -> None:
    """Over the ceiling nothing is signed; below it again, it goes."""
    intake, index = world.intake(), world.index()
    relay = world.relay(fee_ceiling=50 * 10**9)
    world.send(intake, 5)
    world.node.rpc("anvil_setNextBlockBaseFeePerGas", hex(60 * 10**9))
    world.node.mine()
    assert "ceiling" in relay.tick().detail
    assert slots(world) == []
    world.node.rpc("anvil_setNextBlockBaseFeePerGas", hex(10**9))
    world.node.mine()
    world.drain(relay, index)
    assert world.has_cast(5)


def test_refusal_by_the_contract_for_a_changed_key(world: OpenWorld) -> None:
    """A key that stopped speaking for the voter between intake and chain: refused, and the voter may vote anew."""
    intake, index, relay = world.intake(), world.index(), world.relay()
    with world.database.write() as session:
        session.execute(update(IndexedKey).where(IndexedKey.voter == 5).values(key=STRANGER.address))
    wrong = sign_digest(STRANGER.key, world.ballot_hash(5))
    intake.receive(SLUG, 1, 5, world.ballot(5)[1], wrong)
    with world.database.write() as session:
        key = world.prepared.owners[5].address
        session.execute(update(IndexedKey).where(IndexedKey.voter == 5).values(key=key))
    world.drain(relay, index)
    assert status(world, 5).code == "BALLOT_SIGNATURE_INVALID"
    world.send(intake, 5)
    world.drain(relay, index)
    assert status(world, 5).state is BallotState.RECORDED
