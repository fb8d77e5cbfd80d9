"""The result of a secret meeting on anvil: sealed sums opened by trustees, rounded areas first."""

from collections.abc import Iterator, Sequence

import pytest
from refusals import expect_refusal
from web3 import Web3
from web3.logs import DISCARD

from chain_world import World, build_world, motion
from secret_world import SecretHall
from wanjia.domain.ballots import Choice
from wanjia.domain.coarse import Rounding
from wanjia.domain.counting import Weight
from wanjia.wsb.ballot import Ciphertext
from wanjia.wsb.tally import Sums, seal_hash

OWNERS = 56
FOR, AGAINST = Choice.FOR, Choice.AGAINST
FINAL = 6


@pytest.fixture(scope="module")
def _registered(anvil_chain: Web3) -> World:
    world = build_world(anvil_chain)
    world.register(range(1, OWNERS + 1))
    return world


@pytest.fixture
def community(_registered: World) -> Iterator[World]:
    """Give a community with registered owners; the chain is put back afterwards."""
    provider = _registered.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    yield _registered
    provider.make_request("evm_revert", [before])


def _close_call() -> tuple[dict[int, int], dict[int, Sequence[Choice]]]:
    """A roll, and ballots of which the first motion passes by 0.01 m², far within the rounding of areas."""
    roll = {voter: 7_000 + 137 * voter % 1_100 for voter in range(1, OWNERS + 1)}
    in_favour, against = range(1, 24), range(24, 45)
    roll |= {voter: 7_750 + 61 * voter % 500 for voter in against}
    rest = sum(roll[v] for v in in_favour) - 1 - sum(roll[v] for v in against)
    roll[44] += rest
    ballots: dict[int, Sequence[Choice]] = dict.fromkeys(in_favour, (FOR, FOR, AGAINST))
    return roll, ballots | dict.fromkeys(against, (AGAINST, FOR, AGAINST))


def _seal_hash(hall: SecretHall) -> bytes:
    """The seal as it follows from what the contract answers."""
    functions, motions = hall.world.secret.functions, len(hall.form.motions)
    words = [
        [functions.aggregateOf(hall.number, at, level).call() for level in range(3)] for at in range(motions)
    ]
    ciphers = tuple(
        tuple(Ciphertext((w[0], w[1]), (w[2], w[3]), (w[4], w[5])) for w in levels) for levels in words
    )
    part = hall.world.summary(hall.number)["part"]
    rounding = Rounding(*functions.roundingOf(hall.number).call())
    return seal_hash(hall.form.context, Weight(part["area"], part["heads"]), rounding, Sums(ciphers))


def test_from_the_seal_to_a_close_result(community: World) -> None:
    """Rounded areas settle two motions of three; the exact area of the third is opened, and no other."""
    roll, ballots = _close_call()
    hall = SecretHall.open(community, roll, (motion(4), motion(6), motion(4)))
    world, number, functions = hall.world, hall.number, community.secret.functions
    hall.vote(ballots, batch=15)
    expect_refusal(world.secret, "OwnersMeetingUnexpectedState", functions.seal(number), world.stranger)
    world.move_to(world.summary(number)["closesAt"])
    expect_refusal(world.secret, "OwnersMeetingTooEarly", functions.seal(number), world.stranger)
    hall.close()
    declare = functions.declareResult(number)
    assert (0,) == expect_refusal(world.secret, "SecretMeetingUndecided", declare, world.stranger)
    hall.seal()
    assert _seal_hash(hall) == functions.sealHashOf(number).call()
    expect_refusal(world.secret, "SecretMeetingSealed", functions.seal(number), world.stranger)
    closed = world.decision(number, 0)
    assert closed["quorum"]
    assert not closed["passed"]
    assert {"area": 0, "heads": 0} == closed["inFavour"] == closed["against"]
    hall.open_stage(0)
    assert [0] == hall.undecided()
    part, true = sum(roll[v] for v in ballots), sum(roll[v] for v in range(1, 24))
    low, high = functions.intervalOf(number, 0).call()[0]
    assert low <= true <= high
    assert 2 * low <= part < 2 * high
    assert (0,) == expect_refusal(world.secret, "SecretMeetingUndecided", declare, world.stranger)
    hall.open_stage(1)
    assert [true, true] == list(functions.intervalOf(number, 0).call()[0])
    receipt = world.declare(number)
    (event,) = world.secret.events.ResultDeclared().process_receipt(receipt, errors=DISCARD)
    assert event["args"]["quorum"]
    assert [True, True, False] == [one["passed"] for one in event["args"]["results"]]
    close = world.decision(number, 0)
    assert {"area": true, "heads": 23} == close["inFavour"]
    assert close["against"]["heads"] == 21
    assert close["against"]["area"] <= part - true
    assert {"area": 0, "heads": 44} == {**world.decision(number, 2)["against"], "area": 0}
    world.finalize(number)
    assert functions.stateOf(number).call() == FINAL


def test_without_a_quorum_nothing_is_opened(community: World) -> None:
    """Too few took part: there is no seal, and the result is declared without one."""
    roll, ballots = _close_call()
    hall = SecretHall.open(community, roll, (motion(4), motion(6), motion(4)))
    world = hall.world
    hall.vote({voter: ballots[voter] for voter in (1, 2)})
    hall.close()
    seal = world.secret.functions.seal(hall.number)
    expect_refusal(world.secret, "SecretMeetingNoQuorum", seal, world.stranger)
    receipt = world.declare(hall.number)
    (event,) = world.secret.events.ResultDeclared().process_receipt(receipt, errors=DISCARD)
    assert not event["args"]["quorum"]
    nothing = {"area": 0, "heads": 0}
    expected = {"inFavour": nothing, "against": nothing, "passed": False}
    assert [expected] * 3 == [{**one} for one in event["args"]["results"]]
