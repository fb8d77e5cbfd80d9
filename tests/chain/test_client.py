"""The chain as the stages see it: facts, refusals with the contract's reason, and trouble that proves nothing."""

import pytest

from open_world import COMMITTEE, STRANGER, OpenWorld
from wanjia.chain import contracts
from wanjia.chain.client import CallReverted, Chain, ChainUnavailable, RpcRefused, WrongChain
from wanjia.chain.interface import Log, UnknownEvent
from wanjia.chain.local_node import CHAIN_ID, free_port


def test_nobody_listens() -> None:
    """A node that is not there is unavailable, whatever is asked."""
    chain = Chain(f"http://127.0.0.1:{free_port()}", timeout=1)
    for ask in (chain.head, chain.time, chain.chain_id, lambda: chain.send_raw(b"\1")):
        with pytest.raises(ChainUnavailable):
            ask()


def test_wrong_chain(world: OpenWorld) -> None:
    """The chain id is asked for, not assumed."""
    world.chain.expect(CHAIN_ID)
    with pytest.raises(WrongChain, match="expected chain 1"):
        world.chain.expect(1)


def test_time_goes_on_between_blocks(world: OpenWorld) -> None:
    """Chain time is that of the block being made, never before the latest."""
    world.node.move_clock(world.prepared.closes_at)
    assert world.chain.time() >= world.chain.head().time >= world.prepared.closes_at


def test_custom_error_with_its_values(world: OpenWorld) -> None:
    """A revert carries the contract's error by name and value."""
    consent = contracts.open_meeting().encode("consent", 1, world.prepared.convene_hash)
    with pytest.raises(CallReverted) as reverted:
        world.chain.estimate(
            world.prepared.open_meeting, consent, sender=COMMITTEE.address, errors=contracts.every_error()
        )
    assert reverted.value.error is not None
    assert COMMITTEE.address in str(reverted.value)


def test_view_without_a_contract(world: OpenWorld) -> None:
    """An address without code answers nothing, and that is no answer."""
    with pytest.raises(ChainUnavailable, match="no contract"):
        world.chain.call(contracts.registry(), STRANGER.address, "meetingCount")


def test_node_refuses_bytes(world: OpenWorld) -> None:
    """What the node says against sent bytes is kept apart from trouble on the way."""
    with pytest.raises(RpcRefused):
        world.chain.send_raw(b"\xc0")


def test_unknown_event() -> None:
    """An event of no known kind is never passed over."""
    log = Log(STRANGER.address, (b"\7" * 32,), b"", 1, b"\1" * 32, b"\2" * 32, 0)
    with pytest.raises(UnknownEvent):
        contracts.open_meeting().decode_event(log)


def test_nested_tuples_decode_by_name(world: OpenWorld) -> None:
    """Structures come back as dictionaries, lists of them too."""
    logs = world.chain.logs_between([world.prepared.open_meeting], 0, world.chain.head().number)
    events = dict(contracts.open_meeting().decode_event(log) for log in logs)
    values = events["MeetingConvened"]
    assert [motion["matter"] for motion in values["convening"]["motions"]] == [4, 6, 9, 3, 3]
    assert values["convening"]["rules"]["noticePeriod"] == 15 * 86_400
    assert values["conveneHash"] == world.prepared.convene_hash
