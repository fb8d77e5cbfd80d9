"""Logs of the web server: one JSON object a line. Exceptions' texts are never logged, only their place."""

import sys

import structlog


def log_as_json() -> None:
    """Log to standard output."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stdout),
    )
