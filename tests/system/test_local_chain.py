"""The embedded chain and the supervisor survive what happens to processes."""

import os
import signal
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from wanjia.chain.local_node import LocalNode, LocalNodeError, free_port
from wanjia.supervisor import Supervisor


def test_state_survives_a_kill(chain_node: LocalNode) -> None:
    """What was saved is there after SIGKILL: the same blocks under the same hashes."""
    chain_node.mine(5)
    chain_node.save()
    block = chain_node.rpc("eth_getBlockByNumber", "0x3", False)
    chain_node.kill()
    chain_node.start()
    assert chain_node.head()[0] == 5
    assert block["hash"] == chain_node.rpc("eth_getBlockByNumber", "0x3", False)["hash"]


def test_unsaved_blocks_are_lost_whole(chain_node: LocalNode) -> None:
    """Blocks after the last save are gone after SIGKILL, and the chain goes on from the save."""
    chain_node.mine(5)
    chain_node.save()
    chain_node.mine(2)
    chain_node.kill()
    chain_node.start()
    assert chain_node.head()[0] == 5


def test_clock_moves_forward_and_stays(chain_node: LocalNode) -> None:
    """A moved clock shows in the next block."""
    later = chain_node.head()[1] + 86_400
    chain_node.move_clock(later)
    assert chain_node.head()[1] == later


def test_a_taken_port_is_said_so(chain_node: LocalNode, tmp_path: Path) -> None:
    """A second chain on the same port refuses to start instead of talking to the first."""
    with pytest.raises(LocalNodeError, match="already in use"):
        LocalNode(tmp_path / "other.json", chain_node.port).start()


def test_nothing_answers_after_the_kill(chain_node: LocalNode) -> None:
    """A dead chain is an error that says so."""
    chain_node.kill()
    with pytest.raises(LocalNodeError, match="no answer"):
        chain_node.head()


def test_the_dead_are_started_again(tmp_path: Path) -> None:
    """A child killed with -9 comes back; stopping ends all of them."""
    supervisor = Supervisor(tmp_path, dict(os.environ))
    child = supervisor.start_command("sleeper", ["sleep", "60"])
    stop = Event()
    thread = Thread(target=supervisor.run, args=(stop,))
    thread.start()
    try:
        assert child.process is not None
        first = child.process.pid
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 10
        pid_file = tmp_path / "run" / "sleeper.pid"
        while int(pid_file.read_text(encoding="utf-8")) == first:
            assert time.monotonic() < deadline, "the child did not come back"
            time.sleep(0.05)
    finally:
        stop.set()
        thread.join()
    second = int(pid_file.read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_ports_are_free() -> None:
    """A free port can be listened on."""
    assert 1024 <= free_port() <= 65_535
