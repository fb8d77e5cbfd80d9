"""The chain's record of one community: contracts, events in order, blocks and transactions that carried them."""

from dataclasses import dataclass, field
from typing import Any

from wanjia.audit.findings import Text


@dataclass(frozen=True, slots=True)
class Event:
    """One decoded log. ``contract`` is the lower-case address, ``position`` the log's index in its block."""

    name: str
    contract: str
    block: int
    position: int
    time: int
    transaction: str
    args: dict[str, Any]

    @property
    def meeting(self) -> int:
        """Number of the meeting it belongs to, 0 for none."""
        return int(self.args.get("meeting", 0))


@dataclass(frozen=True, slots=True)
class Block:
    """Header of a block. ``time`` in UTC seconds; ``transactions`` are their hashes."""

    number: int
    hash: str
    parent: str
    time: int
    transactions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction as the chain gives it; ``to`` is empty when it made a contract."""

    hash: str
    block: int
    block_hash: str
    sender: str
    to: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Contracts:
    """Lower-case addresses of a community's contracts, empty where the registry named none."""

    registry: str
    open_meeting: str = ""
    secret_meeting: str = ""
    trustee_board: str = ""
    notary: str = ""
    factory: str = ""
    forwarder: str = ""

    @property
    def bound(self) -> dict[str, str]:
        """The clones that name the registry as theirs, by the name the registry has for each."""
        return {
            "openMeeting": self.open_meeting,
            "secretMeeting": self.secret_meeting,
            "trusteeBoard": self.trustee_board,
            "notary": self.notary,
        }

    @property
    def of_meetings(self) -> frozenset[str]:
        """The contracts whose events belong to meetings."""
        return frozenset({self.open_meeting, self.secret_meeting, self.trustee_board} - {""})

    @property
    def clones(self) -> dict[str, str]:
        """Everything the factory cloned for the community, by the name of the contract."""
        return {
            "OwnerRegistry": self.registry,
            **{name[0].upper() + name[1:]: address for name, address in self.bound.items()},
        }


@dataclass(slots=True)
class History:
    """Everything read, decoded. ``troubles`` holds what could not be read, by the check that fails for it."""

    contracts: Contracts
    chain_id: int = 0
    head: int = 0
    events: list[Event] = field(default_factory=list)
    blocks: dict[int, Block] = field(default_factory=dict)
    transactions: dict[str, Transaction] = field(default_factory=dict)
    log_blocks: list[tuple[int, str, str]] = field(default_factory=list)
    """Block number, block hash and transaction hash that each log names."""
    troubles: list[tuple[str, Text]] = field(default_factory=list)

    def trouble(self, check: str, zh: str, en: str) -> None:
        """Keep a fault found while reading for the check it belongs to."""
        self.troubles.append((check, Text(zh, en)))

    def named(self, *names: str) -> list[Event]:
        """Give the events of these names, in order."""
        return [event for event in self.events if event.name in names]

    def created(self) -> list[Event]:
        """Give the factory's events that made this community; normally one."""
        return [
            event
            for event in self.named("CommunityCreated")
            if event.contract == self.contracts.factory
            and event.args["registry"].lower() == self.contracts.registry
        ]

    @property
    def now(self) -> int:
        """Time of the last block, UTC seconds."""
        block = self.blocks.get(self.head)
        return block.time if block else 0
