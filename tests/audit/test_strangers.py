"""What strangers may send without an honest meeting failing its audit: odd encodings, contracts in between."""

from collections.abc import Iterator
from typing import Any

import pytest
from audited_world import World, account
from held_meeting import choices
from web3 import Web3
from web3.contract import Contract

from second_verifier import Verifier, agree
from wanjia.audit.abi import CAST
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import Report, audit
from wanjia.chain.artifacts import load
from wanjia.chain.local_node import LocalNode, free_port

pytestmark = pytest.mark.chain

STRANGER = 4242
OVERLAP = 33
"""An offset into the head of the call: the length is then read from the offset's own last byte and what follows."""


@pytest.fixture
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A community of nine with an open meeting of one motion."""
    node = LocalNode(
        tmp_path_factory.mktemp("strangers") / "chain.json", free_port(), genesis_time=1_760_000_000
    )
    node.start()
    try:
        world = World(node, 9)
        world.register(world.keys)
        meeting = world.convene([(4, 0, 0)])
        world.publish(meeting, world.areas)
        world.consent_and_seal(meeting)
        yield world
    finally:
        node.kill()


def between(world: World) -> Contract:
    """Put a stranger's contract on the chain."""
    artifact = load("CallThrough")
    address = Web3.to_checksum_address(make(world, artifact.bytecode))
    return world.w3.eth.contract(address=address, abi=artifact.abi)


def make(world: World, code: bytes) -> str:
    """Make a contract with this creation code."""
    transaction: dict[str, Any] = {
        "gas": 14_000_000,
        "gasPrice": 10**10,
        "chainId": world.w3.eth.chain_id,
        "value": 0,
        "data": code,
    }
    transaction["nonce"] = world.w3.eth.get_transaction_count(world.relayer.address)
    sent = world.w3.eth.send_raw_transaction(world.relayer.sign_transaction(transaction).raw_transaction)
    return str(world.w3.eth.wait_for_transaction_receipt(sent, poll_latency=0.01)["contractAddress"])


def faults(world: World, verifier: Verifier) -> dict[str, str]:
    """What an audit of the community finds wrong, and the browser's verifier too."""
    report: Report = audit(RpcReader(world.node.rpc_url), world.registry.address)
    agree(report, verifier.ask(rpc=world.node.rpc_url, registry=world.registry.address))
    return {check.id: check.detail("en") for check in report.checks if not check.ok}


def overlapping(record: bytes) -> bytes:
    """A call of ``cast`` that no library writes and the contract reads: 110 records, the first of them given."""
    size = OVERLAP * 256 + 22
    body = record + b"\x07" * (size - len(record))
    return CAST.selector + (1).to_bytes(32, "big") + OVERLAP.to_bytes(32, "big") + bytes([22]) + body


def test_records_behind_an_odd_offset(opened: World, verifier: Verifier) -> None:
    """The contract reads them, and so does the audit."""
    record = opened.record(1, 3, choices(1))
    opened.send(opened.relayer, opened.meeting.address, overlapping(record))
    assert opened.meeting.functions.hasCast(1, 3).call()
    assert {} == faults(opened, verifier)


def test_ballots_through_a_contract_behind_the_forwarder(opened: World, verifier: Verifier) -> None:
    """Who sends ballots is nobody's business, however many contracts stand in between."""
    through = between(opened)
    carried = opened.meeting.encode_abi("cast", [1, opened.record(1, 3, choices(1))])
    opened.relayed(account(STRANGER), through, "pass", opened.meeting.address, carried)
    assert opened.meeting.functions.hasCast(1, 3).call()
    assert {} == faults(opened, verifier)


def test_a_request_brought_by_a_contract(opened: World, verifier: Verifier) -> None:
    """Anyone may bring an official's signed request to the forwarder, a contract too: the act stays the official's."""
    through = between(opened)
    for function, arguments in (("convene", None), ("publishRoll", (2, 0, [5_000 << 32]))):
        given: Any = arguments or (opened_content(opened),)
        request = opened.request(opened.committee, opened.meeting, function, *given)
        inner = opened.forwarder.encode_abi("execute", [request])
        opened.act(opened.relayer, through, "pass", opened.forwarder.address, inner)
    assert opened.registry.functions.meetingCount().call() == 2
    assert {} == faults(opened, verifier)


def opened_content(world: World) -> tuple[Any, ...]:
    """Content of one more meeting."""
    opens_at = world.now + 20 * 86400
    rules = (bytes(32), 15 * 86400, 7 * 86400, 86400, 7 * 86400)
    return (bytes(32), [(2, 0, 0, bytes(32))], [bytes(32)], opens_at, opens_at + 6 * 86400, rules)
