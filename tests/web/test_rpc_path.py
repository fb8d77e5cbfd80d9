"""The path to the chain: what it answers, what it refuses, and that nothing else reaches the node."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rpc_witness import Behaviour, Reader, Witness

from town import Town, assert_problem, settings_for
from wanjia.audit.rpc import BATCH, WIDEST_RANGE
from wanjia.bootstrap import bootstrap
from wanjia.chain import reading as bounds
from wanjia.chain.local_node import CHAIN_ID, LocalNode, free_port
from wanjia.config import SettingsError, load_settings
from wanjia.web.app import create_app
from wanjia.web.chain_questions import METHODS, MOST_BLOCKS, MOST_CALL_GAS
from wanjia.web.schemas.rpc import MOST_CALLS

ECHO, REFUSING, ENDLESS, GAS = (f"0x{number:040x}" for number in (0xE0, 0xE1, 0xE2, 0xE3))
CODE = {
    ECHO: "0x366000600037366000f3",  # gives back what it is called with
    REFUSING: "0x63aabbccdd60e01b60005260046000fd",  # reverts with the error 0xaabbccdd
    ENDLESS: "0x5b600056",
    GAS: "0x5a60005260206000f3",  # tells how much gas it was given
}
HASH = "0x" + "ab" * 32


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNode]:
    """Start a chain of a few blocks with small contracts."""
    node = LocalNode(tmp_path_factory.mktemp("rpc") / "chain.json", free_port())
    node.start()
    for address, code in CODE.items():
        node.rpc("anvil_setCode", address, code)
    node.mine(3)
    yield node
    node.kill()


@pytest.fixture(scope="module")
def served(node: LocalNode, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Serve the path over the chain, with a witness between."""
    folder = tmp_path_factory.mktemp("site")
    witness = Witness(node.rpc_url)
    settings = settings_for(folder, f"sqlite:///{folder / 'test.db'}", rpc_url=witness.url)
    app = create_app(bootstrap(settings), dist=folder, address_limits=False)
    yield Reader(app.test_client(), witness)
    witness.close()


@pytest.fixture
def path(served: Reader) -> Reader:
    """Give the path with a witness that has seen nothing yet."""
    served.witness.asked.clear()
    served.witness.behaviour = served.witness.honest
    return served


def test_reads_what_the_node_has(path: Reader, node: LocalNode) -> None:
    """Chain, head, blocks, code, storage, counts, logs, calls: the node's own answers."""
    assert path.call("eth_chainId")["result"] == hex(CHAIN_ID)
    assert path.call("net_version")["result"] == str(CHAIN_ID)
    assert path.call("eth_blockNumber")["result"] == hex(node.head()[0])
    block = path.call("eth_getBlockByNumber", "0x1", False)["result"]
    assert block == node.rpc("eth_getBlockByNumber", "0x1", False)
    assert path.call("eth_getBlockByHash", block["hash"], True)["result"]["number"] == "0x1"
    assert path.call("eth_getCode", ECHO, "latest")["result"] == CODE[ECHO]
    assert int(path.call("eth_getStorageAt", ECHO, "0x0", "0x1")["result"], 16) == 0
    assert path.call("eth_getTransactionCount", ECHO, "latest")["result"] == "0x0"
    assert path.call("eth_getLogs", {"fromBlock": "0x0", "toBlock": "0x2"})["result"] == []
    assert path.call("eth_getLogs", {"blockHash": block["hash"], "address": [ECHO]})["result"] == []
    assert path.call("eth_call", {"to": ECHO, "data": "0x1234"}, "latest")["result"] == "0x1234"
    assert (
        path.call("eth_call", {"to": ECHO, "input": "0x56"}, {"blockHash": block["hash"]})["result"] == "0x56"
    )
    for unknown in ("eth_getTransactionByHash", "eth_getTransactionReceipt"):
        assert path.call(unknown, HASH)["result"] is None
    assert {one["method"] for one in path.witness.asked} == set(METHODS)


def test_a_batch_is_answered_in_order_each_call_by_itself(path: Reader) -> None:
    """Ids come back as they were; a call that is refused does not harm its neighbours."""
    calls = [
        {"jsonrpc": "2.0", "id": "a", "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "id": 0, "method": "evm_mine", "params": []},
        {"jsonrpc": "2.0", "id": 1.5, "method": "eth_call", "params": [{"to": REFUSING}, "latest"]},
        {
            "jsonrpc": "2.0",
            "id": "a",
            "method": "eth_call",
            "params": [{"to": ECHO, "data": "0x77"}, "latest"],
        },
    ]
    told = path.post(calls).get_json()
    assert [one["id"] for one in told] == ["a", 0, 1.5, "a"]
    assert told[0]["result"] == hex(CHAIN_ID)
    assert told[1]["error"]["code"] == -32601
    assert told[2]["error"] == {"code": 3, "message": "execution reverted", "data": "0xaabbccdd"}
    assert told[3]["result"] == "0x77"
    assert len(path.witness.asked) == 3


@pytest.mark.parametrize(
    "method",
    [
        *("anvil_setBalance", "anvil_mine", "evm_mine", "evm_snapshot", "hardhat_setCode", "debug_traceCall"),
        *("eth_sendTransaction", "eth_sendRawTransaction", "eth_sign", "eth_accounts", "eth_estimateGas"),
        *("trace_block", "txpool_content", "admin_peers", "personal_sign", "eth_newFilter", "ETH_CHAINID"),
        *("eth_chainId ", "eth_chainId\u0000", "", "x" * 5_000, "web3_clientVersion"),
    ],
)
def test_any_other_method_is_refused_and_never_passed_on(path: Reader, method: str) -> None:
    """Deny by default: the node does not hear of it."""
    told = path.call(method, "0x1")
    assert told["error"]["code"] == -32601
    assert path.witness.asked == []


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("eth_chainId", [1]),
        ("eth_getBlockByNumber", ["0x1"]),
        ("eth_getBlockByNumber", ["0x1", "true"]),
        ("eth_getBlockByNumber", ["pending", False]),
        ("eth_getBlockByNumber", [1, False]),
        ("eth_getBlockByNumber", ["0x" + "1" * 17, False]),
        ("eth_getBlockByHash", ["0x1234", False]),
        ("eth_getTransactionByHash", [HASH + "00"]),
        ("eth_getTransactionReceipt", [None]),
        ("eth_getCode", [ECHO[:-1], "latest"]),
        ("eth_getCode", [ECHO, {"blockHash": HASH, "requireCanonical": True}]),
        ("eth_getStorageAt", [ECHO, "0x" + "1" * 65, "latest"]),
        ("eth_getTransactionCount", [ECHO, "pending"]),
        ("eth_call", [{"to": ECHO}, "latest", {ECHO: {"code": "0x00"}}]),
        ("eth_call", [{"to": ECHO}]),
        ("eth_call", [{"data": "0x600056"}, "latest"]),
        ("eth_call", [{"to": None, "data": "0x600056"}, "latest"]),
        ("eth_call", [{"to": ECHO, "value": "0x1"}, "latest"]),
        ("eth_call", [{"to": ECHO, "gasPrice": "0x1"}, "latest"]),
        ("eth_call", [{"to": ECHO, "accessList": []}, "latest"]),
        ("eth_call", [{"to": ECHO, "data": "0x1", "gas": "0x1"}, "latest"]),
        ("eth_call", [{"to": ECHO, "data": "0x12", "input": "0x12"}, "latest"]),
        ("eth_call", [{"to": ECHO, "data": "0x" + "00" * 140_000}, "latest"]),
        ("eth_call", [{"to": ECHO, "gas": hex(MOST_CALL_GAS + 1)}, "latest"]),
        ("eth_call", [{"to": ECHO, "gas": -1}, "latest"]),
        ("eth_getLogs", [{}]),
        ("eth_getLogs", [{"fromBlock": "0x0"}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "latest"}]),
        ("eth_getLogs", [{"fromBlock": "0x5", "toBlock": "0x4"}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": hex(MOST_BLOCKS)}]),
        ("eth_getLogs", [{"blockHash": HASH, "fromBlock": "0x0", "toBlock": "0x1"}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "0x1", "address": []}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "0x1", "address": [ECHO] * 17}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "0x1", "topics": [None] * 5}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "0x1", "topics": [[HASH] * 33]}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "0x1", "topics": {"0": HASH}}]),
        ("eth_getLogs", [{"fromBlock": "0x0", "toBlock": "0x1", "limit": 1}]),
    ],
)
def test_params_out_of_shape_or_size_are_refused_and_never_passed_on(
    path: Reader, method: str, params: list[Any]
) -> None:
    """Each refusal by itself; what was sent does not come back."""
    told = path.call(method, *params)
    assert told["error"]["code"] == -32602
    assert HASH not in json.dumps(told)
    assert path.witness.asked == []


@pytest.mark.parametrize(
    "call",
    [
        {},
        {"id": 1, "method": "eth_chainId", "params": []},
        {"jsonrpc": "1.0", "id": 1, "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "id": {"a": 1}, "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "id": True, "method": "eth_chainId", "params": []},
        {"jsonrpc": "2.0", "id": 1, "method": 5, "params": []},
        {"jsonrpc": "2.0", "id": 1, "method": ["eth_chainId"], "params": []},
        {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": {}},
    ],
)
def test_a_call_that_is_none_is_an_invalid_request(path: Reader, call: dict[str, Any]) -> None:
    """JSON-RPC's own error, in an answer of 200."""
    answer = path.post(call)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (200, -32600)
    assert path.witness.asked == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"1", b'"eth_chainId"', b"[1]", b"null", b"[" * 5_000, b'[{"id": NaN}]']
)
def test_a_body_that_is_no_json_rpc_is_a_problem(path: Reader, body: bytes) -> None:
    """Malformed as a whole: RFC 9457 like everywhere."""
    answer = path.client.post("/api/rpc", data=body, content_type="application/json")
    assert_problem(answer, "REQUEST_INVALID")


def test_a_batch_has_an_end(path: Reader) -> None:
    """The audit's own batches fit; one call more does not."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
    assert len(path.post([call] * MOST_CALLS).get_json()) == MOST_CALLS
    assert_problem(path.post([call] * (MOST_CALLS + 1)), "REQUEST_INVALID")
    assert (BATCH, WIDEST_RANGE) <= (MOST_CALLS, MOST_BLOCKS)


def test_gas_of_a_call_is_bounded_even_where_none_is_named(path: Reader) -> None:
    """The contract gets no more than the bound; one that never ends is stopped."""
    for named in ({}, {"gas": hex(MOST_CALL_GAS)}):
        seen = int(path.call("eth_call", {"to": GAS, **named}, "latest")["result"], 16)
        assert 0 < seen < MOST_CALL_GAS
    began = time.monotonic()
    assert path.call("eth_call", {"to": ENDLESS}, "latest")["error"]["code"] == -32603
    assert time.monotonic() - began < bounds.SECONDS


def test_gas_of_a_batch_is_bounded(path: Reader) -> None:
    """A hundred calls of the largest size are refused together; nothing is passed on."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "eth_call"}
    big = call | {"params": [{"to": ECHO, "gas": hex(MOST_CALL_GAS)}, "latest"]}
    assert {one["error"]["code"] for one in path.post([big] * 100).get_json()} == {-32602}
    assert path.witness.asked == []


def test_too_large_an_answer_is_cut_off(path: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is told to ask for less."""
    monkeypatch.setattr(bounds, "MOST_BYTES", 2_000)
    told = path.call("eth_call", {"to": ECHO, "data": "0x" + "00" * 4_000}, "latest")
    assert told["error"]["code"] == -32005


def test_a_node_that_is_slow_away_or_talks_nonsense_is_a_problem_that_names_no_node(
    path: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503, try again; the address of the node is in no answer."""

    def slow(_: bytes) -> bytes:
        time.sleep(1)
        return b"[]"

    monkeypatch.setattr(bounds, "SECONDS", 0.2)
    behaviours: list[Behaviour] = [slow, lambda _: b"<html>", lambda _: b"[]", lambda _: b'{"id": 0}']
    for behaviour in behaviours:
        path.witness.behaviour = behaviour
        answer = path.post({"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []})
        assert_problem(answer, "CHAIN_UNAVAILABLE")
        assert int(answer.headers["Retry-After"]) > 0
        assert path.witness.url not in answer.get_data(as_text=True)


def test_an_error_of_the_node_tells_nothing_of_the_node(path: Reader) -> None:
    """Its text may name hosts and files: only that it does not answer is told."""
    path.witness.behaviour = lambda _: json.dumps(
        [{"id": 0, "error": {"code": -32000, "message": f"upstream {path.witness.url} failed"}}]
    ).encode()
    told = path.call("eth_blockNumber")
    assert told["error"] == {"code": -32603, "message": "the node does not answer this question"}


def test_readers_wait_for_a_turn_and_leave_the_rest_free(
    path: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every turn taken a reader is told to come again."""
    monkeypatch.setattr(bounds, "WAIT_SECONDS", 0.05)
    hold, held = threading.Event(), threading.Semaphore(0)

    def holding(body: bytes) -> bytes:
        held.release()
        hold.wait(10)
        return path.witness.honest(body)

    path.witness.behaviour = holding
    call = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
    readers = [
        threading.Thread(
            target=path.client.application.test_client().post, args=("/api/rpc",), kwargs={"json": call}
        )
        for _ in range(bounds.AT_ONCE)
    ]
    for reader in readers:
        reader.start()
    for _ in readers:
        assert held.acquire(timeout=5)
    assert_problem(path.post(call), "CHAIN_UNAVAILABLE")
    hold.set()
    for reader in readers:
        reader.join()
    assert path.post(call).status_code == 200


def test_one_address_reads_so_much_a_minute(path: Reader, tmp_path: Path) -> None:
    """The 601st request of a minute waits."""
    wired = path.client.application.extensions["wanjia"]
    client = create_app(wired, dist=tmp_path, address_limits=True).test_client()
    answers = [client.post("/api/rpc", json={}).status_code for _ in range(601)]
    assert answers == [200] * 600 + [429]


def test_a_page_of_another_site_may_not_read_through_a_visitor(path: Reader) -> None:
    """A browser's origin must be this site's."""
    answer = path.client.post("/api/rpc", json={}, headers={"Origin": "https://evil.example"})
    assert_problem(answer, "ORIGIN_REFUSED")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_says_where_the_contracts_are(town: Town) -> None:
    """Chain, factory and forwarder of the deployment; the block explorer only where one is set."""
    place = json.loads(town.wanjia.settings.deployment_file.read_text(encoding="utf-8"))
    told = town.browser().get("/chain").get_json()
    assert told == {
        "chain_id": CHAIN_ID,
        "factory": place["factory"],
        "forwarder": place["forwarder"],
        "first_block": 0,
        "explorer_url": None,
    }
    object.__setattr__(town.wanjia.settings, "explorer_url", "https://explorer.example")
    assert town.browser().get("/chain").get_json()["explorer_url"] == "https://explorer.example"


@pytest.mark.parametrize(
    "given", ["javascript:alert(1)", "explorer.example", "https://", "file:///etc/passwd"]
)
def test_an_explorer_that_is_no_web_address_is_refused(tmp_path: Path, given: str) -> None:
    """People's browsers are sent there."""
    keys = {f"WANJIA_{name}_KEY": "11" * 32 for name in ("OPERATOR", "DATA", "SESSION")}
    home = {"WANJIA_HOME": str(tmp_path), **keys}
    with pytest.raises(SettingsError, match="WANJIA_EXPLORER_URL"):
        load_settings({**home, "WANJIA_EXPLORER_URL": given})
    told = load_settings({**home, "WANJIA_EXPLORER_URL": "https://explorer.example/"}).explorer_url
    assert told == "https://explorer.example"
