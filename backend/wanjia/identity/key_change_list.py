"""Changes of owners' keys as staff see them: who asked, on what evidence, and how much of the wait is left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.chain import contracts
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.identity.key_changes import KeyChange, KeyChangeState, latest_change
from wanjia.identity.locks import lock_subject
from wanjia.identity.proof_models import EvidenceRecord, KeyRequest
from wanjia.identity.review_models import Review
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_list import visible_communities
from wanjia.identity.staff_log import log_act, log_once, was_logged
from wanjia.index.models import IndexedEvent
from wanjia.index.views import chain_time, key_of
from wanjia.meetings.lookup import find_community
from wanjia.relay.models import ItemKind
from wanjia.relay.service import enqueue_call, status_by_reference
from wanjia.roll.models import Owner, Unit

SHOWN = 200
_STOPPABLE = frozenset({KeyChangeState.REQUESTED, KeyChangeState.APPROVED})


@dataclass(frozen=True, slots=True)
class Proof:
    """How whoever asked proved to be the owner: against the roll, or (``review``) before the supervisor."""

    evidence: bytes
    proven_at: int
    review: int | None


@dataclass(frozen=True, slots=True)
class KeyChangeLine:
    """One owner's latest change. ``units`` are (building, entrance, number).

    ``proof`` is empty when the request did not come through this system.
    """

    community: str
    voter: int
    units: Sequence[tuple[str, str, str]]
    old_key: str | None
    change: KeyChange
    proof: Proof | None


class KeyChangeList:
    """Lists changes of keys, which is logged, and lets the operator cancel one."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock

    def read(self, reader: StaffLogin) -> tuple[int, list[KeyChangeLine]]:
        """Give chain time and the changes of the reader's communities, the latest first.

        The lines name owners' units: each community whose lines were read is logged, once an hour a reader.
        """
        with self._database.read() as session:
            lines = [
                line
                for community in visible_communities(session, reader)
                for line in _lines(session, community)
            ]
            lines.sort(key=lambda line: line.change.requested_at, reverse=True)
            now = chain_time(session, self._clock())
        self._note(reader, sorted({line.community for line in lines[:SHOWN]}))
        return now, lines[:SHOWN]

    def waiting(self, session: Session, community_id: int) -> int:
        """Count the changes of a community that wait for the supervisor."""
        found = (latest_change(session, community_id, voter) for voter in _voters(session, community_id))
        return sum(change is not None and change.state is KeyChangeState.REQUESTED for change in found)

    def cancel(self, operator: StaffLogin, slug: str, voter: int) -> None:
        """Have the operator's key cancel a change that runs; again, nothing more happens.

        Raises ``Refusal("NOT_FOUND")`` when none does.
        """
        with self._database.write() as session:
            community = find_community(session, slug)
            lock_subject(session, f"{voter}/{community.id}/cancel".encode())
            change = latest_change(session, community.id, voter)
            if change is None or change.state not in _STOPPABLE:
                raise Refusal("NOT_FOUND")
            reference = f"key-cancel:{voter}:{change.key}"
            known = status_by_reference(session, ItemKind.CALL, reference)
            if known is not None and known.state in ("queued", "submitted"):
                return
            enqueue_call(
                session,
                ItemKind.CALL,
                community.registry_address,
                contracts.registry().encode("cancelKeyChange", voter),
                reference,
                community_id=community.id,
            )
            log_act(session, operator, self._clock(), "key-change.cancel", f"{slug} voter {voter}")

    def _note(self, reader: StaffLogin, slugs: Sequence[str]) -> None:
        """Log what was read. A page that asks again and again takes no lock for what is noted already."""
        now = self._clock()
        with self._database.read() as session:
            known = [slug for slug in slugs if was_logged(session, reader, now, "key-changes.read", slug)]
        if new := set(slugs) - set(known):
            with self._database.write() as session:
                for slug in sorted(new):
                    log_once(session, reader, now, "key-changes.read", slug)


def _lines(session: Session, community: Community) -> list[KeyChangeLine]:
    found = [(voter, latest_change(session, community.id, voter)) for voter in _voters(session, community.id)]
    return [
        KeyChangeLine(
            community=community.slug,
            voter=voter,
            units=_units(session, community.id, voter),
            old_key=None if change.state is KeyChangeState.DONE else key_of(session, community.id, voter),
            change=change,
            proof=_proof(session, community.id, voter, change.key),
        )
        for voter, change in found
        if change is not None
    ]


def _voters(session: Session, community_id: int) -> list[int]:
    """Voters with a change, those who asked last first."""
    on_chain = session.execute(
        select(IndexedEvent.voter)
        .where(IndexedEvent.community_id == community_id, IndexedEvent.name == "KeyChangeRequested")
        .group_by(IndexedEvent.voter)
        .order_by(func.max(IndexedEvent.id).desc())
        .limit(SHOWN)
    ).scalars()
    asked = session.execute(
        select(KeyRequest.voter)
        .where(KeyRequest.community_id == community_id, KeyRequest.kind == "change")
        .group_by(KeyRequest.voter)
        .order_by(func.max(KeyRequest.id).desc())
        .limit(SHOWN)
    ).scalars()
    return list(dict.fromkeys(voter for voter in [*on_chain, *asked] if voter is not None))


def _units(session: Session, community_id: int, voter: int) -> list[tuple[str, str, str]]:
    rows = session.execute(
        select(Unit.building, Unit.entrance, Unit.number)
        .join(Owner, Owner.id == Unit.owner_id)
        .where(Owner.community_id == community_id, Owner.voter == voter)
        .order_by(Unit.id)
    )
    return [(building, entrance, number) for building, entrance, number in rows]


def _proof(session: Session, community_id: int, voter: int, key: str) -> Proof | None:
    row = session.execute(
        select(EvidenceRecord.evidence, EvidenceRecord.created_at, Review.id)
        .join(KeyRequest, KeyRequest.evidence == EvidenceRecord.evidence)
        .outerjoin(Review, Review.claim_id == EvidenceRecord.claim_id)
        .where(
            KeyRequest.community_id == community_id,
            KeyRequest.voter == voter,
            KeyRequest.key == key,
            KeyRequest.kind == "change",
        )
    ).one_or_none()
    return Proof(*row) if row else None
