"""One meeting held on a real chain and recorded once a session."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from audited_world import World
from held_meeting import hold

from second_verifier import BothVerifiers, Verifier
from wanjia.audit.reader import Recorder
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit
from wanjia.chain.local_node import LocalNode, free_port


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Hold the meeting of the story on a fresh chain, which goes on running."""
    folder = tmp_path_factory.mktemp("audited")
    node = LocalNode(folder / "chain.json", free_port(), genesis_time=1_760_000_000)
    node.start()
    try:
        yield hold(node)
    finally:
        node.kill()


@pytest.fixture(scope="session")
def recorded(held: World) -> dict[str, Any]:
    """Everything an audit of it reads; sound, or no forgery would prove anything."""
    recorder = Recorder(RpcReader(held.node.rpc_url), held.registry.address)
    report = audit(recorder, held.registry.address)
    assert [] == [f"{check.id}: {check.detail('en')}" for check in report.checks if not check.ok]
    return recorder.recording


@pytest.fixture(scope="session")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verifier]:
    """The browser's verifier, built and waiting."""
    verifier = Verifier(tmp_path_factory.mktemp("verifier"))
    yield verifier
    verifier.stop()


@pytest.fixture(scope="session")
def both(verifier: Verifier) -> BothVerifiers:
    """Both verifiers, asked the same and insisted to agree."""
    return BothVerifiers(verifier)


@pytest.fixture
def recording(recorded: dict[str, Any]) -> dict[str, Any]:
    """A copy of the recording to tamper with."""
    return copy.deepcopy(recorded)
