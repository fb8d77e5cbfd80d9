"""Reading over RPC: a troublesome node is borne with, a dead one is named."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from audited_world import World

from second_verifier import Verifier, agree, failed_of
from wanjia.audit.reader import ReaderError
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit
from wanjia.chain.local_node import free_port

pytestmark = pytest.mark.chain

WIDEST = 8


class Proxy(BaseHTTPRequestHandler):
    """Passes requests on to the node of its server."""

    node = ""

    def do_POST(self) -> None:
        """Answer one request."""
        self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, body: Any) -> None:
        """Say what this kind of node says."""
        raise NotImplementedError

    def ask(self, question: dict[str, Any]) -> Any:
        """Ask the node behind."""
        request = urllib.request.Request(  # noqa: S310  the test's own chain
            self.node, json.dumps(question).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return json.load(answer)

    def reply(self, status: int, body: bytes) -> None:
        """Send an answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Troublesome(Proxy):
    """Two of three requests fail, batches come back in reverse, ranges of logs are narrow."""

    seen = 0

    def answer(self, body: Any) -> None:
        """Fail in turn."""
        type(self).seen += 1
        if self.seen % 3 == 1:
            self.reply(429, b"slow down")
        elif self.seen % 3 == 2:
            self.reply(200, b'[{"jsonrpc"')
        else:
            self.reply(200, json.dumps([self._one(question) for question in reversed(body)]).encode())

    def _one(self, question: dict[str, Any]) -> Any:
        if question["method"] == "eth_getLogs":
            asked = question["params"][0]
            if int(asked["toBlock"], 16) - int(asked["fromBlock"], 16) >= WIDEST:
                error = {"code": -32005, "message": "range too wide"}
                return {"jsonrpc": "2.0", "id": question["id"], "error": error}
        return self.ask(question)


class Plain(Proxy):
    """Knows no batches."""

    def answer(self, body: Any) -> None:
        """Refuse lists."""
        error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "invalid request"}}
        self.reply(
            200, json.dumps(error if isinstance(body, list) and len(body) > 1 else self._one(body)).encode()
        )

    def _one(self, body: Any) -> Any:
        return [self.ask(body[0])] if isinstance(body, list) else self.ask(body)


def serving(handler: type[Proxy], node: str) -> Iterator[str]:
    """Serve a proxy; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Served", (handler,), {"node": node}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def troublesome(held: World) -> Iterator[str]:
    """Address of a node with the faults of public ones."""
    yield from serving(Troublesome, held.node.rpc_url)


@pytest.fixture
def plain(held: World) -> Iterator[str]:
    """Address of a node without batches."""
    yield from serving(Plain, held.node.rpc_url)


def test_a_troublesome_node_gives_the_same_audit(held: World, troublesome: str) -> None:
    """429s, torn answers, reversed batches and narrow log ranges change nothing."""
    registry = held.registry.address
    assert audit(RpcReader(held.node.rpc_url), registry) == audit(RpcReader(troublesome, pause=0), registry)


def test_a_node_without_batches_gives_the_same_audit(held: World, plain: str) -> None:
    """A node that answers single requests only is asked one by one."""
    registry = held.registry.address
    assert audit(RpcReader(held.node.rpc_url), registry) == audit(RpcReader(plain, pause=0), registry)


def test_the_browsers_verifier_bears_with_them_too(
    held: World, troublesome: str, plain: str, verifier: Verifier
) -> None:
    """Its own way of asking gets the same from both nodes."""
    registry = held.registry.address
    report = audit(RpcReader(held.node.rpc_url), registry)
    for node in (troublesome, plain):
        agree(report, verifier.ask(rpc=node, registry=registry, pause=0))


def test_a_dead_node_is_named(verifier: Verifier) -> None:
    """No answer at all is an error that names the address, not a failed check."""
    url = f"http://127.0.0.1:{free_port()}"
    assert url in verifier.ask(rpc=url, registry="0x" + "11" * 20, pause=0)["error"]
    with pytest.raises(ReaderError, match=url):
        audit(RpcReader(url, pause=0), "0x" + "11" * 20)


def test_no_registry_there(held: World, verifier: Verifier) -> None:
    """An address without a contract fails the audit and does not end it."""
    said = verifier.ask(rpc=held.node.rpc_url, registry="0x" + "11" * 20)
    assert {"contracts.links", "contracts.code"} <= failed_of(said)
    report = audit(RpcReader(held.node.rpc_url), "0x" + "11" * 20)
    failed = {check.id for check in report.checks if not check.ok}
    assert {"contracts.links", "contracts.code"} <= failed


def test_another_registry_of_the_same_code(held: World) -> None:
    """The implementation behind the clones is no community."""
    target = held.node.rpc("eth_getCode", held.registry.address, "latest")
    report = audit(RpcReader(held.node.rpc_url), "0x" + target[22:62])
    assert "contracts.links" in {check.id for check in report.checks if not check.ok}
