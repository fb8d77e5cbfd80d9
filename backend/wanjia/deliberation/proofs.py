"""Gives the proof that an entry existed: its record, its salt, and the way from its leaf to a day's anchored root."""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_utils import keccak
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.deliberation.days import date_of, day_of, leaves_of
from wanjia.deliberation.leaves import Record
from wanjia.deliberation.lines import Reader
from wanjia.deliberation.merkle import proof_of
from wanjia.deliberation.models import Concern, ConcernDay, ConcernEntry, ConcernPhoto
from wanjia.deliberation.reading import entry_of, resident_concern
from wanjia.deliberation.residents import ResidentLogin
from wanjia.deliberation.showing import reads_entry
from wanjia.domain.errors import Refusal
from wanjia.identity.vault import Vault
from wanjia.relay.models import ItemState
from wanjia.relay.service import item_status


@dataclass(frozen=True, slots=True)
class LeafProof:
    """What anyone needs to check an entry against the chain (docs/deliberation.md)."""

    record: str
    salt: bytes
    leaf: bytes
    proof: Sequence[bytes]
    root: bytes
    day: str
    notary: str
    anchored: bool
    """Whether the relay has seen the root on the chain."""


class Proofs:
    """Gives proofs: of a resident's words to who wrote them, of what the grid and the rules did to every reader."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def read(self, resident: ResidentLogin, number: int, entry_id: int) -> LeafProof:
        """Prove an entry.

        Raises ``Refusal``: ``NOT_FOUND``, ``CONCERN_TEXT_GONE``, ``CONCERN_NOT_ANCHORED`` before the day is closed.
        """
        with self._database.read() as session:
            concern = resident_concern(session, resident, number)
            entry = entry_of(session, concern, entry_id)
            own = entry.resident_id == resident.resident_id
            talk = concern.resident_id == resident.resident_id
            if not own and (
                entry.resident_id is not None
                or not reads_entry(entry, Reader(resident.resident_id), talk=talk)
            ):
                raise Refusal("NOT_FOUND")
            return self.of(session, concern, entry)

    def of(self, session: Session, concern: Concern, entry: ConcernEntry) -> LeafProof:
        """Prove an entry that may be proven to who asks."""
        if entry.salt is None:
            raise Refusal("CONCERN_TEXT_GONE")
        day = session.scalar(
            select(ConcernDay).where(
                ConcernDay.community_id == concern.community_id, ConcernDay.day == day_of(entry.at)
            )
        )
        if day is None:
            raise Refusal("CONCERN_NOT_ANCHORED")
        status = item_status(session, day.call_id)
        return LeafProof(
            record=self._record(session, concern, entry).to_json(),
            salt=self._vault.open_bytes(entry.salt),
            leaf=entry.leaf,
            proof=proof_of(leaves_of(session, concern.community_id, day.day), entry.leaf),
            root=day.root,
            day=date_of(day.day),
            notary=session.get_one(Community, concern.community_id).notary_address,
            anchored=status is not None and status.state == ItemState.DONE,
        )

    def _record(self, session: Session, concern: Concern, entry: ConcernEntry) -> Record:
        raised = entry.kind == "raised"
        photos = session.scalars(
            select(ConcernPhoto.content)
            .where(ConcernPhoto.entry_id == entry.id, ConcernPhoto.content.is_not(None))
            .order_by(ConcernPhoto.number)
        )
        text = concern.text if raised else entry.text
        return Record(
            at=entry.at,
            concern=concern.number,
            kind=entry.kind,
            level=entry.level,
            photos=[keccak(self._vault.open_bytes(content)) for content in photos if content],
            text=self._vault.open(text) if text else "",
            title=self._vault.open(concern.title) if raised and concern.title else None,
        )
