"""Reading over RPC: a troublesome node is borne with, a dead one is named."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from audited_world import World

from wanjia.audit.reader import ReaderError
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit
from wanjia.chain.local_node import free_port

pytestmark = pytest.mark.chain

WIDEST = 8


@pytest.fixture
def troublesome(held: World) -> Iterator[str]:
    """Stand between audit and chain: every third request fails, batches come back in reverse, ranges are narrow."""
    seen: list[int] = []

    class Proxy(BaseHTTPRequestHandler):
        """Passes requests on, with the faults of public nodes."""

        def do_POST(self) -> None:
            """Answer one request."""
            seen.append(1)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if len(seen) % 3 == 1:
                self._reply(429, b"slow down")
            elif len(seen) % 3 == 2:
                self._reply(200, b'[{"jsonrpc"')
            else:
                self._reply(200, json.dumps(list(reversed([self._one(one) for one in body]))).encode())

        def _one(self, question: dict[str, Any]) -> Any:
            if question["method"] == "eth_getLogs":
                asked = question["params"][0]
                if int(asked["toBlock"], 16) - int(asked["fromBlock"], 16) >= WIDEST:
                    error = {"code": -32005, "message": "range too wide"}
                    return {"jsonrpc": "2.0", "id": question["id"], "error": error}
            request = urllib.request.Request(  # noqa: S310  the test's own chain
                held.node.rpc_url, json.dumps(question).encode(), {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(request) as answer:  # noqa: S310
                return json.load(answer)

        def _reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_troublesome_node_gives_the_same_audit(held: World, troublesome: str) -> None:
    """429s, torn answers, reversed batches and narrow log ranges change nothing."""
    registry = held.registry.address
    assert audit(RpcReader(held.node.rpc_url), registry) == audit(RpcReader(troublesome, pause=0), registry)


def test_a_dead_node_is_named() -> None:
    """No answer at all is an error that names the address, not a failed check."""
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ReaderError, match=url):
        audit(RpcReader(url, pause=0), "0x" + "11" * 20)


def test_no_registry_there(held: World) -> None:
    """An address without a contract fails the audit and does not end it."""
    report = audit(RpcReader(held.node.rpc_url), "0x" + "11" * 20)
    failed = {check.id for check in report.checks if not check.ok}
    assert {"contracts.links", "contracts.code"} <= failed


def test_another_registry_of_the_same_code(held: World) -> None:
    """The implementation behind the clones is no community."""
    target = held.node.rpc("eth_getCode", held.registry.address, "latest")
    report = audit(RpcReader(held.node.rpc_url), "0x" + target[22:62])
    assert "contracts.links" in {check.id for check in report.checks if not check.ok}
