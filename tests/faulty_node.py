"""A real HTTP proxy before a chain's JSON-RPC that misbehaves on demand."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

Answer = dict[str, Any]
Forward = Callable[[], Answer]
Behaviour = Callable[[str, list[Any], Forward], Answer | int | None]
"""Method, parameters, the real node -> an answer, an HTTP status, or ``None`` for a closed connection."""


def honest(_method: str, _params: list[Any], forward: Forward) -> Answer:
    """Pass everything on."""
    return forward()


class FaultyNode:
    """Listens on a free port of this machine; ``behaviour`` may be changed at any time."""

    def __init__(self, target: str) -> None:
        self.behaviour: Behaviour = honest
        self.calls: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = json.loads(body)
                outer.calls.append(asked["method"])

                def forward() -> Answer:
                    answer: Answer = requests.post(
                        target, data=body, headers={"Content-Type": "application/json"}, timeout=30
                    ).json()
                    return answer

                try:
                    answer = outer.behaviour(asked["method"], asked["params"], forward)
                except requests.RequestException:
                    answer = 502
                if answer is None:
                    self.close_connection = True
                    return
                status, text = (
                    (answer, b"busy") if isinstance(answer, int) else (200, json.dumps(answer).encode())
                )
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_args: Any) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def error(code: int, message: str) -> Answer:
    """A JSON-RPC error answer."""
    return {"jsonrpc": "2.0", "id": 1, "error": {"code": code, "message": message}}


def result(value: Any) -> Answer:
    """A JSON-RPC answer."""
    return {"jsonrpc": "2.0", "id": 1, "result": value}
