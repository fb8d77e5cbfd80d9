"""The long-running processes, one a name. ``python -m wanjia.stages NAME`` is what ``wanjia up`` starts.

Apart from the command line so that each process imports its own stage only: together they start in seconds.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from threading import Event

import structlog

from wanjia.config import Settings, load_settings


def stop_on_signal() -> Event:
    """Give an event that SIGTERM and SIGINT set, so that loops end where their work is whole."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def log_as_json() -> None:
    """Log one JSON object a line to standard output."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stdout),
    )


def run_chain(settings: Settings, genesis: int | None = None) -> None:
    """Run the embedded chain; ``genesis`` (UTC seconds) is the time of a new chain's first block."""
    from wanjia.chain.process import run  # noqa: PLC0415

    run(settings, stop_on_signal(), genesis)


def run_web(settings: Settings) -> None:
    """Become the web server: gunicorn takes this process's place, signals reach it directly."""
    workers = os.environ.get("WANJIA_WEB_WORKERS", "2")
    # workers share their metrics through this folder; figures of dead processes are not carried over
    metrics = settings.home / "run" / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
    os.execv(  # noqa: S606  our own interpreter
        sys.executable,
        [
            *(sys.executable, "-m", "gunicorn", "wanjia.web.wsgi:make()"),
            *("--bind", settings.bind, "--workers", workers, "--worker-class", "gthread", "--threads", "16"),
            *("--timeout", "60", "--graceful-timeout", "15", "--keep-alive", "15"),
            *("--limit-request-line", "4094", "--limit-request-fields", "50"),
            *_tls(settings),
        ],
    )


def _tls(settings: Settings) -> tuple[str, ...]:
    if settings.certificates is None:
        return ()
    pair = settings.certificates / "server"
    return "--certfile", str(pair.with_suffix(".crt")), "--keyfile", str(pair.with_suffix(".key"))


def run_relay(settings: Settings) -> None:
    """Run the relay."""
    from wanjia.relay.process import run  # noqa: PLC0415

    run(settings, stop_on_signal())


def run_index(settings: Settings) -> None:
    """Run the index."""
    from wanjia.index.process import run  # noqa: PLC0415

    run(settings, stop_on_signal())


def run_steward(settings: Settings) -> None:
    """Run the steward."""
    from wanjia.steward.process import run  # noqa: PLC0415

    run(settings, stop_on_signal())


STAGES: dict[str, Callable[[Settings], None]] = {
    "web": run_web,
    "relay": run_relay,
    "index": run_index,
    "steward": run_steward,
}


def main(arguments: list[str]) -> None:
    """Run the stage named first; ``chain`` takes the genesis time as a second argument."""
    log_as_json()
    name, *rest = arguments
    settings = load_settings()
    if name == "chain":
        run_chain(settings, int(rest[0]) if rest else None)
    else:
        STAGES[name](settings)


if __name__ == "__main__":
    main(sys.argv[1:])
