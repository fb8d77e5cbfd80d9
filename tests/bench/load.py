"""Load by raw sockets: requests built beforehand, as little work as can be between them."""

import socket
import threading
import time
from collections.abc import Sequence


def request(path: str, host: str, body: bytes) -> bytes:
    """Build one POST of JSON."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n"
    )
    return head.encode() + body


def fire(port: int, requests: Sequence[bytes], connections: int = 64) -> float:
    """Send all over ``connections`` kept open; gives requests a second. Any answer but 200 or 201 raises."""
    failures: list[str] = []
    start = threading.Barrier(connections + 1)

    def work(part: Sequence[bytes]) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            start.wait()
            for one in part:
                connection.sendall(one)
                answer = _answer(connection)
                if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
                    failures.append(answer[:600].decode("utf-8", "replace"))
                    return

    threads = [
        threading.Thread(target=work, args=(requests[at::connections],), daemon=True)
        for at in range(connections)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - started
    if failures:
        raise RuntimeError(failures[0])
    return len(requests) / spent


def _answer(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        got = connection.recv(65536)
        if not got:
            return b"closed " + data
        data += got
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
