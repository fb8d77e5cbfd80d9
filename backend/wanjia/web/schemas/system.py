"""The system about itself."""

from wanjia.web.schemas.common import Answer


class IndexHealth(Answer):
    """How far the index is, and what troubles it (empty when nothing does)."""

    block: int
    chain_head: int
    observed_at: int
    error: str
    alarm: str


class RelayHealth(Answer):
    """What waits for the chain."""

    queued: int
    submitted: int


class ProcessHealth(Answer):
    """A long-running process: "ok", "waiting", "stopped", or "silent" when it gave no sign of life lately."""

    process: str
    state: str
    at: int


class HealthAnswer(Answer):
    """Either "ok", or "degraded" when the index stands still or a process is not well."""

    status: str
    index: IndexHealth
    relay: RelayHealth
    processes: list[ProcessHealth]


class OutboxLine(Answer):
    """A message of the development outbox."""

    to_masked: str
    text: str
    sent_at: int
