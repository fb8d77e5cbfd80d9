"""A secret meeting on anvil up to its close: keys, electorate, ballots, and every record that must not count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest
from refusals import expect_refusal
from web3 import Web3

from chain_world import DAY, TRANSACTION_GAS, World, areas, build_world, motion, owner_key
from secret_world import SecretHall
from wanjia.domain.ballots import Choice
from wanjia.domain.coarse import Rounding
from wanjia.domain.counting import Weight
from wanjia.relay.gas import SecretCastGas
from wanjia.wsb.group import P, Q
from wanjia.wsb.tally import add_up

OWNERS = 56
ABSTAIN, FOR, AGAINST = Choice.ABSTAIN, Choice.FOR, Choice.AGAINST
MOTIONS = (motion(4), motion(6), motion(4, 7, 1), motion(4, 7, 1))
"""An ordinary motion, a special one, and two candidates of whom one may be supported."""
MOTION_BYTES = 384


@dataclass
class Place:
    """A community with registered owners and an open secret meeting over all of them."""

    hall: SecretHall

    @property
    def world(self) -> World:
        """The community."""
        return self.hall.world

    def cast(self, *records: bytes) -> list[tuple[int, int, int]]:
        """Cast a batch and give what was skipped."""
        return self.hall.skipped(self.world.cast(self.hall.number, *records, gas=25_000_000))


@pytest.fixture(scope="module")
def _opened(anvil_chain: Web3) -> Place:
    world = build_world(anvil_chain)
    world.register(range(1, OWNERS + 1))
    roll = {**areas(OWNERS + 1), OWNERS + 2: 6_000}
    return Place(SecretHall.open(world, roll, MOTIONS))


@pytest.fixture
def place(_opened: Place) -> Iterator[Place]:
    """Give the open meeting with nothing cast; the chain is put back afterwards."""
    provider = _opened.world.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    _opened.hall.cast.clear()
    yield _opened
    provider.make_request("evm_revert", [before])


def _choices(voter: int) -> Sequence[Choice]:
    """What an owner votes in these tests: mostly for the first motion, mixed on the others."""
    first = AGAINST if voter % 5 == 0 else FOR
    second = (FOR, FOR, FOR, AGAINST, ABSTAIN)[voter % 5]
    candidate = voter % 3
    return (first, second, FOR if candidate == 1 else AGAINST, FOR if candidate == 2 else ABSTAIN)


def _sums_are_a_plain_recount(place: Place, bodies: dict[int, Any]) -> None:
    hall = place.hall
    counted = [(hall.roll[v], [cipher for cipher, _ in body.motions]) for v, body in bodies.items()]
    sums = add_up(len(MOTIONS), counted)
    for number in range(len(MOTIONS)):
        for level in range(3):
            words = place.world.secret.functions.aggregateOf(hall.number, number, level).call()
            assert [int(c) for point in sums.of[number][level].points for c in point] == words
    rounding = Rounding()
    for voter in bodies:
        rounding = rounding.take(hall.roll[voter])
    assert [rounding.above, rounding.below] == place.world.secret.functions.roundingOf(hall.number).call()
    part = Weight(sum(hall.roll[v] for v in bodies), len(bodies))
    assert {"area": part.area, "heads": part.heads} == place.world.summary(hall.number)["part"]


def test_sums_equal_a_recount_with_one_bad_ballot_among_many(place: Place) -> None:
    """In two batches, one of them with a spoiled ballot in its middle, the sums are those of the good ballots."""
    hall = place.hall
    bodies = {voter: hall.body(voter, _choices(voter)) for voter in (3, 11, 8, 40, 27)}
    records = [hall.record(voter, body.bytes) for voter, body in bodies.items()]
    spoiled = bytearray(hall.body(5, _choices(5)).bytes)
    spoiled[MOTION_BYTES - 1] ^= 1
    assert [] == place.cast(*records[:2])
    assert [(1, 5, 3)] == place.cast(records[2], hall.record(5, bytes(spoiled)), *records[3:])
    _sums_are_a_plain_recount(place, bodies)
    assert not place.world.secret.functions.hasCast(hall.number, 5).call()
    assert place.world.secret.functions.hasCast(hall.number, 27).call()
    assert [] == place.cast(hall.record(5, hall.body(5, _choices(5)).bytes))


def _with_word(body: bytes, at: int, value: int) -> bytes:
    """A body with another word at a byte."""
    return body[:at] + value.to_bytes(32, "big") + body[at + 32 :]


def test_every_reason_to_skip(place: Place) -> None:
    """Each bad record is skipped for its own reason, in the order of the protocol; none of them counts."""
    hall = place.hall
    good = hall.body(1, _choices(1)).bytes
    caps = MOTION_BYTES * len(MOTIONS)
    x = int.from_bytes(good[:32], "big")
    scalar = int.from_bytes(good[192:224], "big")
    last = int.from_bytes(good[caps : caps + 32], "big")
    moved = good[MOTION_BYTES : 2 * MOTION_BYTES] + good[:MOTION_BYTES] + good[2 * MOTION_BYTES :]
    over = _both_supported(place, 1)
    cases = [
        (hall.record(OWNERS + 9, good), 1),
        (hall.record(OWNERS + 2, good), 5),
        (hall.record(1, good, key=owner_key(2)), 6),
        (hall.record(1, _with_word(good, 0, x + P)), 7),
        (hall.record(1, _with_word(good, 0, x ^ 1)), 7),
        (hall.record(1, bytes(64) + good[64:]), 7),
        (hall.record(1, _with_word(good, 192, scalar + Q)), 7),
        (hall.record(1, _with_word(good, 192, (scalar + 1) % Q)), 3),
        (hall.record(1, moved), 3),
        (hall.record(2, good), 3),
        (hall.record(1, _with_word(good, caps, last + Q)), 7),
        (hall.record(1, _with_word(good, caps, (last + 1) % Q)), 4),
        (hall.record(1, over), 4),
    ]
    voters = [int.from_bytes(record[:4], "big") for record, _ in cases]
    expected = [(at, voters[at], reason) for at, (_, reason) in enumerate(cases)]
    assert expected == place.cast(*(record for record, _ in cases))
    assert {"area": 0, "heads": 0} == place.world.summary(hall.number)["part"]
    assert [(1, 1, 2)] == place.cast(hall.record(1, good), hall.record(1, good))
    assert [(0, 1, 2)] == place.cast(hall.record(1, good))
    high_s = bytearray(hall.record(2, hall.body(2, _choices(2)).bytes))
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
    high_s[36:68] = (order - int.from_bytes(high_s[36:68], "big")).to_bytes(32, "big")
    high_s[68] = 55 - high_s[68]
    assert [(0, 2, 6)] == place.cast(bytes(high_s))


def _both_supported(place: Place, voter: int) -> bytes:
    """A ballot for both candidates, with the group's proof of a ballot for one of them."""
    one = place.hall.body(voter, (FOR, FOR, FOR, AGAINST)).bytes
    free = SecretHall(
        place.world, place.hall.number, place.hall.roll, place.hall.ceremony, _uncapped(place), {}
    )
    both = free.body(voter, (FOR, FOR, FOR, FOR)).bytes
    return both + one[len(both) :]


def _uncapped(place: Place) -> Any:
    form = place.hall.form
    return type(form)(form.context, form.keys, tuple((0, 0) for _ in form.motions))


def test_batches_of_a_wrong_length_revert(place: Place) -> None:
    """No record, or a torn one, is no batch."""
    functions, number = place.world.secret.functions, place.hall.number
    size = functions.recordLengthOf(number).call()
    assert size == place.hall.form.record_bytes
    for length in (0, size - 1, size + 1):
        call = functions.cast(number, bytes(length))
        values = expect_refusal(place.world.secret, "SecretMeetingRecordsLength", call, place.world.stranger)
        assert (length, size) == values


def test_too_little_gas_refuses_the_batch_and_nobody_in_it(place: Place) -> None:
    """However little the sender gives, a good ballot is counted or the whole batch reverts; it is never skipped."""
    world, hall = place.world, place.hall
    records = b"".join(hall.record(v, hall.body(v, _choices(v)).bytes) for v in (1, 2))
    call = world.secret.functions.cast(hall.number, records)
    enough = world.send(call, world.stranger, 25_000_000)["gasUsed"]
    assert {"area": hall.roll[1] + hall.roll[2], "heads": 2} == world.summary(hall.number)["part"]
    more = b"".join(hall.record(v, hall.body(v, _choices(v)).bytes) for v in (3, 4))
    call = world.secret.functions.cast(hall.number, more)
    refused = 0
    for gas in range(200_000, enough + 400_000, 200_000):
        before = world.w3.provider.make_request("evm_snapshot", [])["result"]
        receipt = world.w3.eth.wait_for_transaction_receipt(
            call.transact({"from": world.stranger, "gas": gas}), poll_latency=0.01
        )
        assert [] == hall.skipped(receipt)
        refused += receipt["status"] == 0
        world.w3.provider.make_request("evm_revert", [before])
    assert refused > 3
    values = expect_refusal(world.secret, "SecretMeetingGasFloor", call, world.stranger, gas=800_000)
    assert 0 == values[0]


def test_keys_are_adopted_once_and_before_the_opening(place: Place) -> None:
    """Without keys a meeting lapses; with them they are fixed, and the board starts no other run."""
    world, hall = place.world, place.hall
    adopt = world.secret.functions.adoptKeys(hall.number)
    expect_refusal(world.secret, "OwnersMeetingUnexpectedState", adopt, world.stranger)
    number = world.convene()
    world.consent(number)
    world.publish(number, hall.roll)
    adopt = world.secret.functions.adoptKeys(number)
    expect_refusal(world.secret, "SecretMeetingKeysMissing", adopt, world.stranger)
    world.seal(number)
    expect_refusal(world.secret, "SecretMeetingKeysMissing", adopt, world.stranger)
    world.move_to(world.summary(number)["opensAt"])
    lapsed = 7
    assert lapsed == world.secret.functions.stateOf(number).call()
    restart = world.board.functions.restartKeys(hall.number, 1, b"\1" * 32)
    expect_refusal(world.board, "TrusteeBoardTooLate", restart, world.supervisor)


def test_an_electorate_must_hide_its_voters(place: Place) -> None:
    """Fewer than 50 owners, one with more than a fifth of the area, or areas that all round to nothing cannot seal."""
    world = place.world
    number = world.convene(opensAt=world.now() + 60 * DAY)
    world.consent(number)
    world.publish(number, areas(49))
    _refused(world, number, "SecretMeetingElectorate")
    equal = dict.fromkeys(range(1, 51), 4_000)
    world.publish(number, {**equal, 20: 49_001})
    assert (number, 49_001, 245_001) == _refused(world, number, "SecretMeetingLargestShare")
    rounding = dict.fromkeys(range(1, 51), 499)
    world.publish(number, {**rounding, 20: 13_048})
    assert (number, 37_499, 37_500) == _refused(world, number, "SecretMeetingSmallAreas")
    world.publish(number, {**equal, 20: 49_000})
    world.seal(number)
    assert world.summary(number)["rollSealedAt"]


def _refused(world: World, number: int, error: str) -> tuple[Any, ...]:
    summary = world.summary(number)
    world.move_to(summary["rollPublishedAt"] + summary["rules"]["rollPeriod"])
    total = summary["total"]
    call = world.secret.functions.sealRoll(number, summary["rollDigest"], total["area"], total["heads"])
    return expect_refusal(world.secret, error, call, world.supervisor)


def test_the_largest_first_ballot_fits_a_transaction(place: Place) -> None:
    """Twenty motions in one group whose proof has twenty-one branches; one motion more is no secret meeting."""
    world = place.world
    roll = dict.fromkeys(range(1, OWNERS + 1), 6000)
    motions = [motion(4, 1, 20)] * 20
    hall = SecretHall.open(world, roll, motions)
    ballot = hall.ballot(1, (FOR,) * 20)
    receipt = hall.world.cast(hall.number, ballot)
    assert [] == hall.skipped(receipt)
    assert receipt["gasUsed"] < TRANSACTION_GAS
    call = world.secret.functions.convene(world.convening(motions=[motion(4)] * 21))
    assert (21,) == expect_refusal(world.secret, "OwnersMeetingMotionCount", call, world.committee)


def test_the_relay_asks_for_no_more_gas_than_a_batch_needs(place: Place) -> None:
    """A first batch and later ones pass with the relay's limit; it is at most a quarter above what they use."""
    voters = iter(range(1, OWNERS + 1))
    for first, count in ((True, 1), (False, 1), (False, 9)):
        records = [place.hall.ballot(voter, _choices(voter)) for voter in islice(voters, count)]
        gas = SecretCastGas(len(records[0]), first=first)
        for _ in records:
            gas.add(0)
        receipt = place.world.cast(place.hall.number, *records, gas=gas.total)
        assert place.hall.skipped(receipt) == []
        assert receipt["gasUsed"] < gas.total < receipt["gasUsed"] * 1.25
