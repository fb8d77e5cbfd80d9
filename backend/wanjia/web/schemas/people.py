"""Staff and roles, what waits for them, changes of owners' keys, the log, the operator's view of the system."""

from typing import Annotated

from pydantic import BaseModel, Field

from wanjia.web.schemas.common import Answer, CommunityPath, Id, ShortLine
from wanjia.web.schemas.system import HealthAnswer

Voter = Annotated[int, Field(ge=1, lt=2**32)]


class AccountAnswer(Answer):
    """A staff account; ``seen_at`` is its last log-in."""

    username: str
    role: str
    community: str | None
    address: str | None
    active: bool
    created_at: int
    seen_at: int | None


class HolderAnswer(Answer):
    """An address that holds a role on the chain."""

    role: str
    account: str
    since: int


class ProposalAnswer(Answer):
    """A change of roles; ``confirms`` is the role that puts it in force."""

    role: str
    account: str
    grant: bool
    by: str
    confirms: str
    at: int


class OfficesAnswer(Answer):
    """The roles of one community."""

    community: str
    holders: list[HolderAnswer]
    proposals: list[ProposalAnswer]


class PeopleAnswer(Answer):
    """Accounts and roles of the reader's communities."""

    accounts: list[AccountAnswer]
    offices: list[OfficesAnswer]


class MeetingWaitsAnswer(Answer):
    """A meeting's step that can be taken now, by the name the API of acts has for it."""

    meeting: int
    title: str
    step: str
    not_after: int | None
    urgent: bool


class WaitingAnswer(Answer):
    """What waits for the reader's role."""

    meetings: list[MeetingWaitsAnswer]
    reviews: int
    key_changes: int
    roles: int


class UnitName(Answer):
    """Where a unit is."""

    building: str
    entrance: str
    number: str


class ProofAnswer(Answer):
    """How whoever asked proved to be the owner; ``review`` when the supervisor looked at it."""

    evidence: str
    proven_at: int
    review: int | None


class KeyChangeLineAnswer(Answer):
    """One owner's latest change of key; ``effective_at`` is 0 before the approval.

    ``state`` is "submitted", "requested", "approved", "done", "vetoed", "cancelled" or "refused".
    """

    community: str
    voter: int
    units: list[UnitName]
    state: str
    old_key: str | None
    new_key: str
    requested_at: int
    effective_at: int
    proof: ProofAnswer | None


class KeyChangesAnswer(Answer):
    """Changes of keys, the latest first, at ``chain_time``."""

    chain_time: int
    changes: list[KeyChangeLineAnswer]


class KeyChangePath(CommunityPath):
    """Path of an owner's change of key."""

    voter: Voter


class LogQuery(BaseModel):
    """Which entries: those before an id, by one person, of one action."""

    before: Id | None = None
    username: ShortLine | None = None
    action: ShortLine | None = None


class LogLine(Answer):
    """One line of the log of what staff did."""

    id: int
    at: int
    username: str
    role: str
    action: str
    reference: str


class LogPageAnswer(Answer):
    """A page of the log; ``next`` is the ``before`` of the one after. People and actions are those that occur."""

    entries: list[LogLine]
    next: int | None
    people: list[str]
    actions: list[str]


class AccountOnChain(Answer):
    """The operator's account; wei as decimal strings."""

    address: str
    balance: str
    batch_cost: str


class QueueAnswer(Answer):
    """What waits for the chain."""

    queued: int
    submitted: int
    oldest_at: int | None
    refused_today: int


class SystemAnswer(Answer):
    """The system as the operator watches it; no account while the chain is away."""

    health: HealthAnswer
    now: int
    chain_time: int
    finality_depth: int
    account: AccountOnChain | None
    queue: QueueAnswer
