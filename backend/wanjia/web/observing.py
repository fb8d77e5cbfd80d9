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


def observe(app: Flask) -> None:
    """Count and time every request, log it, and serve ``/metrics``.

    With several server processes set ``PROMETHEUS_MULTIPROC_DIR``; without it each process tells its own
    numbers.
    """
    registry = CollectorRegistry()
    requests = Counter(
        "wanjia_requests", "Requests answered", ("endpoint", "method", "status"), registry=registry
    )
    seconds = Histogram("wanjia_request_seconds", "Time to answer", ("endpoint",), registry=registry)

    def begin() -> None:
        g.began = time.perf_counter()

    def finish(response: Response) -> Response:
        endpoint, spent = (
            request.endpoint or NO_ENDPOINT,
            time.perf_counter() - g.get("began", time.perf_counter()),
        )
        method = request.method if request.method in app.config["KNOWN_METHODS"] else "other"
        requests.labels(endpoint, method, str(response.status_code)).inc()
        seconds.labels(endpoint).observe(spent)
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
