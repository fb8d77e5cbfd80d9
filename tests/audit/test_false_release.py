"""A release that looks like this one, byte for byte but for what constructors fill in."""

import pytest
from audited_world import World, account
from eth_utils.crypto import keccak
from test_strangers import between, faults, make, opened, opened_content  # noqa: F401  the fixture is used by its name
from web3 import Web3

from second_verifier import Verifier
from wanjia.chain.deployment import create_community

pytestmark = pytest.mark.chain


def runtime(code: bytes) -> bytes:
    """Creation code that leaves exactly this code."""
    return (
        b"\x61"
        + len(code).to_bytes(2, "big")
        + bytes.fromhex("8060")
        + b"\x0c"
        + bytes.fromhex("6000396000f3")
        + code
    )


def test_meeting_that_trusts_another_forwarder(opened: World, verifier: Verifier) -> None:  # noqa: F811
    """The deployer acts as supervisor through a forwarder of their own, beside a request that shows the supervisor.

    Every contract has the code of this release; only the address filled into the meeting contract is another. The
    forwarder passes over the unsigned request that makes the transaction look like the supervisor's.
    """
    world = opened
    through = between(world)
    parts = {
        name: getattr(world.factory.functions, f"{name}Implementation")().call()
        for name in ("registry", "openMeeting", "secretMeeting", "trusteeBoard", "notary")
    }
    place = bytes.fromhex(world.forwarder.address[2:])
    meeting = bytes(world.w3.eth.get_code(parts["openMeeting"]))
    trusting = make(world, runtime(meeting.replace(place, bytes.fromhex(through.address[2:]))))
    code = bytes(world.w3.eth.get_code(world.factory.address))
    false = code.replace(bytes.fromhex(parts["openMeeting"][2:]), bytes.fromhex(trusting[2:]))
    factory = Web3.to_checksum_address(make(world, runtime(false)))
    world.community = create_community(
        world.w3,
        world.relayer,
        factory,
        community=keccak(text="false release"),
        operator=world.operator.address,
        committee=world.committee.address,
        supervisor=world.supervisor.address,
    )
    world.registry = world.contract(world.community.registry, "OwnerRegistry")
    world.meeting = world.contract(world.community.open_meeting, "OpenMeeting")
    world.node.rpc("anvil_setBalance", world.committee.address, hex(10**24))
    world.act(world.committee, world.meeting, "convene", opened_content(world))
    number = 1
    consent = world.meeting.encode_abi("consent", [number, world.summary(number)[1]])
    unsigned = (
        world.supervisor.address,
        world.meeting.address,
        0,
        10**6,
        world.now + 10_000,
        consent,
        bytes(65),
    )
    forged = bytes.fromhex(consent[2:]) + bytes.fromhex(world.supervisor.address[2:])
    signed = world.request(account(4242), through, "pass", world.meeting.address, forged)
    world.act(world.relayer, world.forwarder, "executeBatch", [unsigned, signed], world.relayer.address)
    assert world.meeting.functions.stateOf(number).call() == 2
    assert {"contracts.code"} == set(faults(world, verifier))
