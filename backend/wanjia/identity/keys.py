"""Owners' voting keys: registered once, changed only through two parties and a wait (docs/protocol.md)."""

from collections.abc import Callable

from eth_utils import to_checksum_address
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wanjia.chain import contracts
from wanjia.chain.deployment import Deployment
from wanjia.chain.eip712 import key_change_veto_digest, possession_digest
from wanjia.chain.signing import SignatureError, recover_signer, to_compact
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.identity.limits import Limits
from wanjia.identity.locks import lock_subject
from wanjia.identity.proof_models import EvidenceRecord, KeyRequest
from wanjia.identity.sender import KEY_CHANGE_TEXT, CodeSender
from wanjia.identity.sessions import OwnerLogin
from wanjia.identity.vault import Vault
from wanjia.index.views import key_of
from wanjia.relay import registrations
from wanjia.relay.models import ItemKind
from wanjia.relay.service import enqueue_call, item_status
from wanjia.roll.models import Owner
from wanjia.roll.service import titles_of

REGISTER, CHANGE = "register", "change"


class Keys:
    """Takes keys from logged-in owners and queues what the registry has to hear of them."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        sender: CodeSender,
        deployment: Callable[[], Deployment],
        limits: Limits,
        clock: Callable[[], int],
    ) -> None:
        self._database = database
        self._vault = vault
        self._sender = sender
        self._deployment = deployment
        self._limits = limits
        self._clock = clock

    def register(self, login: OwnerLogin, key: str, evidence: bytes | None, signature: bytes) -> str:
        """Queue the owner's first key; give the key's state. The same key again changes nothing.

        Raises ``Refusal``: ``KEY_PROOF_INVALID``, ``KEY_EXISTS``, ``KEY_TAKEN``.
        """
        with self._database.write() as session:
            owner, community = self._owner(session, login)
            held, state = key_state(session, community.id, owner.voter)
            if held is not None and state != "refused":
                if held == key:
                    return state
                raise Refusal("KEY_EXISTS")
            proof = self._proven(session, login, community, owner.voter, key, evidence, signature)
            job = registrations.enqueue(session, community.id, owner.voter, key, proof, signature)
            self._keep(session, owner, REGISTER, key, proof, signature, job)
            return "submitted"

    def change(self, login: OwnerLogin, key: str, evidence: bytes | None, signature: bytes) -> str:
        """Ask for another key; the supervisor approves, then 48 hours pass in which the old key can veto.

        Everybody behind the owner whose phone is on the roll is told, in the same unit of work (T18).

        The proof of identity must be fresh. Raises ``Refusal``: ``PROOF_STALE``, ``KEY_NONE``,
        ``KEY_CHANGE_PENDING``, ``KEY_PROOF_INVALID``, ``KEY_TAKEN``.
        """
        if self._clock() - login.proven_at > self._limits.fresh_seconds:
            raise Refusal("PROOF_STALE")
        with self._database.write() as session:
            owner, community = self._owner(session, login)
            held = key_of(session, community.id, owner.voter)
            if held is None:
                raise Refusal("KEY_NONE")
            if held == key:
                raise Refusal("KEY_EXISTS")
            if _change_waits(session, community.id, owner.voter):
                raise Refusal("KEY_CHANGE_PENDING")
            proof = self._proven(session, login, community, owner.voter, key, evidence, signature)
            r, vs = to_compact(signature)
            data = contracts.registry().encode("requestKeyChange", owner.voter, key, proof, r, vs)
            job = enqueue_call(
                session,
                ItemKind.CALL,
                community.registry_address,
                data,
                f"key-change:{owner.voter}",
                community_id=community.id,
            )
            self._keep(session, owner, CHANGE, key, proof, signature, job)
            self._announce(session, owner)
            return "submitted"

    def veto(self, slug: str, voter: int, new_key: str, effective_at: int, signature: bytes) -> None:
        """Carry the old key's veto of a change to the chain, for anyone who brings its signature.

        Raises ``Refusal``: ``NOT_FOUND``, ``KEY_VETO_INVALID``.
        """
        with self._database.write() as session:
            community = session.scalar(select(Community).where(Community.slug == slug))
            held = key_of(session, community.id, voter) if community else None
            if community is None or held is None:
                raise Refusal("NOT_FOUND")
            digest = key_change_veto_digest(
                self._deployment().chain_id, community.registry_address, voter, new_key, effective_at
            )
            if _signer(digest, signature, "KEY_VETO_INVALID") != held:
                raise Refusal("KEY_VETO_INVALID")
            data = contracts.registry().encode("vetoKeyChange", voter, *to_compact(signature))
            enqueue_call(
                session,
                ItemKind.CALL,
                community.registry_address,
                data,
                f"key-veto:{voter}",
                community_id=community.id,
            )

    def _announce(self, session: Session, owner: Owner) -> None:
        phones = [title.phone for title in titles_of(session, owner.id) if title.phone is not None]
        for phone in phones:
            self._sender.send(
                session, self._vault.open(phone), KEY_CHANGE_TEXT, withheld=False, now=self._clock()
            )

    def _owner(self, session: Session, login: OwnerLogin) -> tuple[Owner, Community]:
        owner = session.get(Owner, login.owner_id)
        if owner is None:
            raise Refusal("LOGIN_REQUIRED")
        lock_subject(session, f"key/{owner.id}".encode())
        return owner, session.get_one(Community, owner.community_id)

    def _proven(
        self,
        session: Session,
        login: OwnerLogin,
        community: Community,
        voter: int,
        key: str,
        evidence: bytes | None,
        signature: bytes,
    ) -> bytes:
        """Give the evidence hash that the key signed together with voter and key, or refuse."""
        record = session.scalar(select(EvidenceRecord).where(EvidenceRecord.claim_id == login.claim_id))
        if record is None or record.destroyed_at is not None:
            raise Refusal("LOGIN_REQUIRED")
        if evidence is not None and evidence != record.evidence:
            raise Refusal("KEY_PROOF_INVALID")
        digest = possession_digest(
            self._deployment().chain_id, community.registry_address, voter, key, record.evidence
        )
        if _signer(digest, signature, "KEY_PROOF_INVALID") != key:
            raise Refusal("KEY_PROOF_INVALID")
        return record.evidence

    def _keep(
        self,
        session: Session,
        owner: Owner,
        kind: str,
        key: str,
        evidence: bytes,
        signature: bytes,
        job: int,
    ) -> None:
        known = session.scalar(
            select(KeyRequest).where(KeyRequest.community_id == owner.community_id, KeyRequest.key == key)
        )
        if known is not None and known.owner_id != owner.id:
            raise Refusal("KEY_TAKEN")
        row = known or KeyRequest(community_id=owner.community_id, owner_id=owner.id, key=key)
        row.voter, row.kind, row.evidence, row.signature = owner.voter, kind, evidence, signature
        row.job_id, row.created_at = job, self._clock()
        session.add(row)
        try:
            session.flush()
        except IntegrityError:
            raise Refusal("KEY_TAKEN") from None


def key_state(session: Session, community_id: int, voter: int) -> tuple[str | None, str]:
    """Give a voter's key and where it stands: "none", "submitted", "registered" or "refused"."""
    registered = key_of(session, community_id, voter)
    if registered is not None:
        return registered, "registered"
    request = _latest(session, community_id, voter, REGISTER)
    if request is None:
        return None, "none"
    status = item_status(session, request.job_id)
    return request.key, "refused" if status is not None and status.state == "refused" else "submitted"


def checked_key(text: str) -> str:
    """Bring an address to its checksummed form."""
    return to_checksum_address(text)


def _change_waits(session: Session, community_id: int, voter: int) -> bool:
    request = _latest(session, community_id, voter, CHANGE)
    status = item_status(session, request.job_id) if request else None
    return status is not None and status.state in ("queued", "submitted")


def _latest(session: Session, community_id: int, voter: int, kind: str) -> KeyRequest | None:
    return session.scalars(
        select(KeyRequest)
        .where(KeyRequest.community_id == community_id, KeyRequest.voter == voter, KeyRequest.kind == kind)
        .order_by(KeyRequest.job_id.desc())
        .limit(1)
    ).one_or_none()


def _signer(digest: bytes, signature: bytes, code: str) -> str:
    try:
        return recover_signer(digest, signature)
    except SignatureError:
        raise Refusal(code) from None
