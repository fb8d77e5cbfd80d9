"""Who holds which role in a community's registry, and which changes of roles wait for the other side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.contracts import interface
from wanjia.chain.interface import Log
from wanjia.chain.keccak import keccak
from wanjia.index.models import IndexedBlock, IndexedEvent

ROLES: Final = {keccak(role.upper().encode()): role for role in ("operator", "committee", "supervisor")}
"""Roles by their hash in the contracts (``registry/Roles.sol``)."""
_OTHER_SIDE = {"committee": "supervisor", "supervisor": "committee"}
_EVENTS = ("RoleGranted", "RoleRevoked", "RoleProposed")


@dataclass(frozen=True, slots=True)
class Holder:
    """An address that holds a role; chain time in UTC seconds."""

    role: str
    account: str
    since: int


@dataclass(frozen=True, slots=True)
class RoleProposal:
    """A change of roles that ``confirms`` (a role) can put in force now."""

    role: str
    account: str
    grant: bool
    by: str
    confirms: str
    at: int


@dataclass(frozen=True, slots=True)
class Offices:
    """Holders in the order they were given their roles, proposals in the order they were made."""

    holders: Sequence[Holder]
    proposals: Sequence[RoleProposal]


def offices(session: Session, community_id: int) -> Offices:
    """Fold the registry's events of one community."""
    holders: dict[str, Holder] = {}
    made: dict[tuple[str, str, bool], tuple[str, int]] = {}
    for name, values, time in _events(session, community_id):
        role, account = ROLES.get(values["role"], ""), values["account"]
        if name == "RoleProposed":
            change = (role, account, values["grant"])
            made.pop(change, None)  # made anew, it goes last
            made[change] = (values["by"], time)
            continue
        made.pop((role, account, name == "RoleGranted"), None)
        if name == "RoleGranted":
            holders[account] = Holder(role, account, time)
        else:
            holders.pop(account, None)
    return Offices(list(holders.values()), list(_waiting(holders, made)))


def _waiting(
    holders: dict[str, Holder], made: dict[tuple[str, str, bool], tuple[str, int]]
) -> Iterator[RoleProposal]:
    """Leave out what the contract would refuse: a proposal dies with its proposer's office."""
    for (role, account, grant), (by, at) in made.items():
        proposer = holders.get(by)
        confirms = _OTHER_SIDE.get(proposer.role) if proposer else None
        held = holders[account].role if account in holders else None
        if confirms and (held is None if grant else held == role):
            yield RoleProposal(role, account, grant, by, confirms, at)


def _events(session: Session, community_id: int) -> Iterator[tuple[str, dict[str, Any], int]]:
    rows = session.execute(
        select(IndexedEvent, IndexedBlock.time)
        .join(IndexedBlock, IndexedBlock.number == IndexedEvent.block)
        .where(IndexedEvent.community_id == community_id, IndexedEvent.name.in_(_EVENTS))
        .order_by(IndexedEvent.block, IndexedEvent.log_index)
    )
    for row, time in rows:
        topics = tuple(row.topics[at : at + 32] for at in range(0, len(row.topics), 32))
        log = Log(row.address, topics, row.data, row.block, row.block_hash, row.transaction, row.log_index)
        name, values = interface("OwnerRegistry").decode_event(log)
        yield name, values, time
