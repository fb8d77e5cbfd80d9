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


class HealthAnswer(Answer):
    """Either "ok", or "degraded" when the index says why it stands still."""

    status: str
    index: IndexHealth
    relay: RelayHealth


class OutboxLine(Answer):
    """A message of the development outbox."""

    to_masked: str
    text: str
    sent_at: int
