"""A witness between the site and its node, and a client of the path to the chain."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests
from flask.testing import FlaskClient

Behaviour = Callable[[bytes], bytes]


class Witness:
    """A real HTTP server before the node: notes what is asked, and answers as ``behaviour`` says."""

    def __init__(self, target: str) -> None:
        self.asked: list[dict[str, Any]] = []
        self.honest: Behaviour = lambda body: (
            requests.post(target, data=body, headers={"Content-Type": "application/json"}, timeout=30).content
        )
        self.behaviour: Behaviour = self.honest
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked += json.loads(body)
                answer = outer.behaviour(body)
                self.send_response(200)
                self.end_headers()
                try:
                    self.wfile.write(answer)
                except OSError:
                    return  # the reader hung up, as it should on too long an answer

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class Reader:
    """The path, as a client without cookies uses it."""

    def __init__(self, client: FlaskClient, witness: Witness) -> None:
        self.client = client
        self.witness = witness

    def post(self, body: Any) -> Any:
        """Send a body."""
        return self.client.post("/api/rpc", json=body)

    def call(self, method: Any, *params: Any) -> Any:
        """One call; gives the JSON-RPC answer."""
        answer = self.post({"jsonrpc": "2.0", "id": 7, "method": method, "params": list(params)})
        assert answer.status_code == 200, answer.get_data()
        assert answer.content_type == "application/json"
        told = answer.get_json()
        assert (told["jsonrpc"], told["id"]) == ("2.0", 7)
        return told
