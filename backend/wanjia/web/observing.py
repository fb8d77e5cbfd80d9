"""Logs and metrics of requests: endpoints and times, never paths, addresses or anything a person typed."""

import os
import time

import structlog
from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
NO_ENDPOINT = "none"

log = structlog.get_logger()


class Observer:
    """Counts and times requests."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "wanjia_requests", "Requests answered", ("endpoint", "method", "status"), registry=registry
        )
        self._seconds = Histogram(
            "wanjia_request_seconds", "Time to answer", ("endpoint",), registry=registry
        )

    def count(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Note one answered request."""
        self._requests.labels(endpoint, method, str(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)


def observe(app: Flask) -> Observer:
    """Count and time every request, log it, and serve ``/metrics``. Gives what counts, for the short ways.

    With several server processes set ``PROMETHEUS_MULTIPROC_DIR``; without it each process tells its own
    numbers.
    """
    registry = CollectorRegistry()
    observer = Observer(registry)

    def begin() -> None:
        g.began = time.perf_counter()

    def finish(response: Response) -> Response:
        endpoint, spent = (
            request.endpoint or NO_ENDPOINT,
            time.perf_counter() - g.get("began", time.perf_counter()),
        )
        method = request.method if request.method in app.config["KNOWN_METHODS"] else "other"
        observer.count(endpoint, method, response.status_code, spent)
        log.info(
            "request",
            endpoint=endpoint,
            method=method,
            status=response.status_code,
            milliseconds=round(spent * 1000, 1),
        )
        return response

    def metrics() -> Response:
        told = registry
        if os.environ.get(MULTIPROCESS):
            told = CollectorRegistry()
            MultiProcessCollector(told)  # type: ignore[no-untyped-call]
        return Response(generate_latest(told), content_type=CONTENT_TYPE_LATEST)

    app.config["KNOWN_METHODS"] = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
    app.before_request(begin)
    app.after_request(finish)
    app.add_url_rule("/metrics", "metrics", metrics)
    return observer
