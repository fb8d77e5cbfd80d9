"""An owner objects to a declared result: the text is published, the signed hash carried to the chain."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from wanjia.chain.deployment import Deployment
from wanjia.chain.eip712 import objection_digest
from wanjia.chain.signing import SignatureError, recover_signer, to_compact
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.domain.states import MeetingState
from wanjia.identity.locks import lock_subject
from wanjia.index.models import IndexedMeeting, IndexedRoll
from wanjia.index.views import chain_time, key_of, meeting_state
from wanjia.meetings.documents import keep
from wanjia.meetings.lookup import contract_of, find_meeting
from wanjia.meetings.statements import statement_document
from wanjia.relay.models import ItemKind, ItemState
from wanjia.relay.service import enqueue_call, status_by_reference


class Objections:
    """Takes objections from anyone who brings the owner's signature."""

    def __init__(
        self, database: Database, deployment: Callable[[], Deployment], clock: Callable[[], int]
    ) -> None:
        self._database = database
        self._deployment = deployment
        self._clock = clock

    def raise_objection(
        self, slug: str, number: int, voter: int, text: str, salt: str, signature: bytes
    ) -> bytes:
        """Publish the text and queue the call; give the content's hash. One objection an owner.

        Raises ``Refusal``: ``NOT_FOUND``, ``OBJECTION_NOT_NOW``, ``OBJECTION_NOT_ON_ROLL``,
        ``OBJECTION_SIGNATURE_INVALID``, ``OBJECTION_EXISTS``.
        """
        document = statement_document(text, salt)
        with self._database.write() as session:
            community, meeting = find_meeting(session, slug, number)
            self._check_time(session, meeting)
            if session.get(IndexedRoll, (community.id, number, voter)) is None:
                raise Refusal("OBJECTION_NOT_ON_ROLL")
            contract = contract_of(community, meeting.ballots)
            digest = objection_digest(
                *(self._deployment().chain_id, contract.address, number, voter, document.hash),
                name=contract.domain,
            )
            key = key_of(session, community.id, voter)
            if key is None or _signer(digest, signature) != key:
                raise Refusal("OBJECTION_SIGNATURE_INVALID")
            reference = f"objection:{community.id}:{number}:{voter}"
            lock_subject(session, reference.encode())
            before = status_by_reference(session, ItemKind.CALL, reference)
            if before is not None and before.state != ItemState.REFUSED:
                raise Refusal("OBJECTION_EXISTS")
            keep(session, document)
            call = contract.interface.encode(
                "raiseObjection", number, voter, document.hash, *to_compact(signature)
            )
            enqueue_call(
                session,
                ItemKind.CALL,
                contract.address,
                call,
                reference,
                community_id=community.id,
            )
        return document.hash

    def _check_time(self, session: Session, meeting: IndexedMeeting) -> None:
        now = chain_time(session, self._clock())
        ends_at = meeting.objections_end_at
        if meeting_state(meeting, now) is not MeetingState.DECLARED or ends_at is None or now >= ends_at:
            raise Refusal("OBJECTION_NOT_NOW")


def _signer(digest: bytes, signature: bytes) -> str:
    try:
        return recover_signer(digest, signature)
    except SignatureError:
        raise Refusal("OBJECTION_SIGNATURE_INVALID") from None
