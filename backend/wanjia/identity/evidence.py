"""The salted record of how an identity was proven.

The chain gets its hash; without the salt the hash says nothing.
"""

import json
import secrets

from eth_utils import keccak
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.identity.claim_models import Claim
from wanjia.identity.proof_models import EvidenceRecord
from wanjia.identity.review_models import Review, ReviewFile
from wanjia.identity.vault import Vault
from wanjia.roll.objection_models import RollObjection

SALT_BYTES = 32


def record_evidence(session: Session, vault: Vault, claim: Claim, owner_id: int, now: int) -> EvidenceRecord:
    """Write down how this claim was proven, once a claim; later log-ins by it rest on the same record."""
    known = session.scalar(select(EvidenceRecord).where(EvidenceRecord.claim_id == claim.id))
    if known is not None:
        return known
    reviewed = session.scalar(
        select(Review.decided_by).where(Review.claim_id == claim.id, Review.state == "approved")
    )
    record = json.dumps(
        {
            "claim": claim.id,
            "owner": owner_id,
            "title": claim.title_id,
            "person": claim.person_hash.hex(),
            "phone": claim.phone_hash.hex(),
            "proof": "roll and code" if reviewed is None else "review and code",
            "reviewer": reviewed,
            "consent": claim.consent_version,
            "at": now,
        },
        sort_keys=True,
    )
    salt = secrets.token_bytes(SALT_BYTES)
    kept = EvidenceRecord(
        claim_id=claim.id,
        community_id=claim.community_id,
        owner_id=owner_id,
        evidence=evidence_hash(salt, record),
        salt=vault.seal_bytes(salt),
        record=vault.seal(record),
        created_at=now,
    )
    session.add(kept)
    session.flush()
    return kept


def evidence_hash(salt: bytes, record: str) -> bytes:
    """``keccak256(salt || utf8(record))``, the ``evidence`` of docs/protocol.md."""
    return keccak(salt + record.encode())


def forget_owner(session: Session, owner_id: int, now: int) -> int:
    """Destroy what is kept of one owner: records, salts, what was claimed, evidence files, objections' texts.

    The hashes on the chain stay and can no longer be linked to anybody. Gives the number of records
    destroyed.
    """
    claims = list(session.scalars(select(Claim).where(Claim.owner_id == owner_id)))
    for claim in claims:
        claim.details = claim.owner_id = None
        claim.person_hash = claim.phone_hash = bytes(32)
        review = session.scalar(select(Review).where(Review.claim_id == claim.id))
        if review is not None:
            review.note = review.answer = None
            for file in session.scalars(select(ReviewFile).where(ReviewFile.review_id == review.id)):
                file.content = None
    for objection in session.scalars(select(RollObjection).where(RollObjection.owner_id == owner_id)):
        objection.text = objection.answer = None
    records = list(session.scalars(select(EvidenceRecord).where(EvidenceRecord.owner_id == owner_id)))
    for record in records:
        record.salt = record.record = None
        record.destroyed_at = now
    return len(records)
