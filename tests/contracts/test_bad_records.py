"""One bad record among twenty in a full transaction: the nineteen others count, and it costs no more than a good one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from refusals import expect_refusal
from web3 import Web3

from chain_world import TRANSACTION_GAS, build_world, motion, owner_key
from secret_world import SecretHall
from wanjia.domain.ballots import Choice
from wanjia.wsb.group import G, P, Q

OWNERS, BATCH, BAD = 56, 20, 9
MOTIONS = (motion(4), motion(4, 7, 1), motion(4, 7, 1))
"""As many motions as leave room for twenty ballots in a meeting's first, dearest batch."""
CHOICES = (Choice.FOR, Choice.AGAINST, Choice.FOR)
GAS_GOAL = 1.1
HEAD_BYTES, MOTION_BYTES = 69, 384
GROUP = HEAD_BYTES + MOTION_BYTES * len(MOTIONS)
NOT_ON_ROLL, ALREADY_CAST, INVALID_CHOICE, OVER_CAP, BAD_SIGNATURE, MALFORMED = 1, 2, 3, 4, 6, 7


@dataclass
class Batch:
    """An open meeting, twenty good records of it, and the gas they take together."""

    hall: SecretHall
    records: list[bytes]
    gas: int = 0

    def cast(self, records: list[bytes]) -> Any:
        """Cast a batch in one transaction."""
        return self.hall.world.cast(self.hall.number, *records, gas=TRANSACTION_GAS)

    @property
    def heads(self) -> int:
        """How many have taken part."""
        return int(self.hall.world.summary(self.hall.number)["part"]["heads"])


@pytest.fixture(scope="module")
def _twenty(anvil_chain: Web3) -> Batch:
    world = build_world(anvil_chain)
    world.register(range(1, OWNERS + 1))
    hall = SecretHall.open(world, dict.fromkeys(range(1, OWNERS + 1), 9_000), MOTIONS)
    made = Batch(hall, [hall.record(v, hall.body(v, CHOICES).bytes) for v in range(1, BATCH + 1)])
    before = world.w3.provider.make_request("evm_snapshot", [])["result"]
    receipt = made.cast(made.records)
    assert (BATCH, []) == (made.heads, hall.skipped(receipt))
    made.gas = receipt["gasUsed"]
    assert made.gas <= TRANSACTION_GAS
    world.w3.provider.make_request("evm_revert", [before])
    return made


@pytest.fixture
def twenty(_twenty: Batch) -> Iterator[Batch]:
    """Give the open meeting with nothing cast; the chain is put back afterwards."""
    provider = _twenty.hall.world.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    yield _twenty
    provider.make_request("evm_revert", [before])


def _signed(change: Callable[[bytes], bytes]) -> Callable[[Batch], bytes]:
    """The record with another body, which its owner did sign."""
    return lambda batch: batch.hall.record(BAD + 1, change(batch.records[BAD][HEAD_BYTES:]))


def _word(at: int, change: Callable[[int], int]) -> Callable[[Batch], bytes]:
    """The record with another word at a byte of its body, signed."""

    def changed(body: bytes) -> bytes:
        word = int.from_bytes(body[at : at + 32], "big")
        return body[:at] + change(word).to_bytes(32, "big") + body[at + 32 :]

    return _signed(changed)


LAST_POINT = GROUP - HEAD_BYTES - MOTION_BYTES + 128
KINDS: dict[str, tuple[int, Callable[[Batch], bytes]]] = {
    "off the curve": (MALFORMED, _word(0, lambda x: x ^ 1)),
    "off the curve in the last motion": (MALFORMED, _word(LAST_POINT, lambda x: x ^ 1)),
    "a coordinate beyond the field": (MALFORMED, _word(0, lambda x: x + P)),
    "infinity": (MALFORMED, _signed(lambda body: bytes(64) + body[64:])),
    "a scalar beyond the order": (MALFORMED, _word(192, lambda c: c + Q)),
    "nothing but the largest numbers": (MALFORMED, _signed(lambda body: b"\xff" * len(body))),
    "nothing but zeros": (MALFORMED, _signed(lambda body: bytes(len(body)))),
    "a wrong proof": (INVALID_CHOICE, _word(192, lambda c: (c + 1) % Q)),
    "the generator for every point": (
        INVALID_CHOICE,
        _signed(lambda body: b"".join(n.to_bytes(32, "big") for n in G) * 3 + body[192:]),
    ),
    "wrong at the very last, after all work is done": (
        OVER_CAP,
        _signed(lambda body: body[:-32] + bytes(31) + b"\1"),
    ),
    "a wrong signature": (BAD_SIGNATURE, lambda b: b.hall.record(BAD + 1, b.records[BAD][69:], owner_key(1))),
    "no signature": (
        BAD_SIGNATURE,
        lambda b: b.records[BAD][:4] + b"\xff" * 65 + b.records[BAD][HEAD_BYTES:],
    ),
    "another's ballot once more": (ALREADY_CAST, lambda b: b.records[0]),
    "nobody of the roll": (NOT_ON_ROLL, lambda b: b"\xff" * len(b.records[0])),
}


@pytest.mark.parametrize("kind", KINDS)
def test_one_bad_record_among_twenty_harms_nobody(twenty: Batch, kind: str) -> None:
    """The others are counted in the same transaction, for no more gas than a batch of good ones."""
    reason, make = KINDS[kind]
    bad = make(twenty)
    records = [*twenty.records[:BAD], bad, *twenty.records[BAD + 1 :]]
    receipt = twenty.cast(records)
    voter = int.from_bytes(bad[:4], "big")
    assert [(BAD, voter, reason)] == twenty.hall.skipped(receipt)
    assert BATCH - 1 == twenty.heads
    assert receipt["gasUsed"] <= GAS_GOAL * twenty.gas


def test_nothing_but_bad_records_counts_nobody_and_costs_no_more(twenty: Batch) -> None:
    """Twenty that fail at the very last are twenty skips: the most that somebody can make a relay pay for."""
    spoiled = [
        twenty.hall.record(at + 1, record[HEAD_BYTES:-32] + bytes(31) + b"\1")
        for at, record in enumerate(twenty.records)
    ]
    receipt = twenty.cast(spoiled)
    assert [(at, at + 1, OVER_CAP) for at in range(BATCH)] == twenty.hall.skipped(receipt)
    assert twenty.heads == 0
    assert receipt["gasUsed"] <= twenty.gas


@pytest.mark.parametrize(
    "change", [lambda r: r + b"\0", lambda r: r[:-1], lambda r: r + r[:-1], lambda r: r[1:]]
)
def test_torn_batches_are_refused_as_a_whole_before_any_proof(
    twenty: Batch, change: Callable[[bytes], bytes]
) -> None:
    """Records that are too long or too short revert for little gas: nobody in them is skipped."""
    world, number = twenty.hall.world, twenty.hall.number
    records = change(b"".join(twenty.records))
    call = world.secret.functions.cast(number, records)
    values = expect_refusal(world.secret, "SecretMeetingRecordsLength", call, world.stranger)
    assert (len(records), len(twenty.records[0])) == values
    sent = world.w3.eth.wait_for_transaction_receipt(
        call.transact({"from": world.stranger, "gas": TRANSACTION_GAS}), poll_latency=0.01
    )
    assert (0, 0) == (sent["status"], twenty.heads)
    assert sent["gasUsed"] < twenty.gas / 5


def test_call_data_longer_or_shorter_than_the_records(twenty: Batch) -> None:
    """Bytes behind the records are not read, and bytes that are missing are not made up."""
    world, number = twenty.hall.world, twenty.hall.number
    records = b"".join(twenty.records)
    data = bytes.fromhex(world.secret.encode_abi("cast", [number, records])[2:])
    padding = -len(records) % 32
    for changed, counted in ((data[: -padding - 1], 0), (data + b"\xff" * 1_000, BATCH)):
        request = {
            "from": world.stranger,
            "to": world.secret.address,
            "data": "0x" + changed.hex(),
            "gas": TRANSACTION_GAS,
        }
        sent = world.w3.eth.wait_for_transaction_receipt(
            world.w3.eth.send_transaction(request), poll_latency=0.01
        )
        assert (counted > 0, counted) == (sent["status"] == 1, twenty.heads)
    (event,) = world.secret.events.BallotsCast().process_receipt(sent)
    assert records == event["args"]["records"]
