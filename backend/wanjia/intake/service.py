"""Receiving a ballot: checked, committed, then receipted (docs/protocol.md)."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from wanjia.chain.eip712 import open_ballot_digest, secret_ballot_digest
from wanjia.chain.signing import SignatureError, recover_address
from wanjia.db.base import Database
from wanjia.domain.ballots import MAX_MOTIONS, Record, over_cap, unpack_choices
from wanjia.domain.errors import Refusal
from wanjia.intake.arrivals import Arrival
from wanjia.intake.facts import FactsCache, MeetingFacts
from wanjia.intake.receipts import Receipt, ReceiptSigner
from wanjia.intake.secret_checks import is_received, require_key, require_proofs
from wanjia.intake.store import BallotStore
from wanjia.wsb import ballot as wsb

_VOTER_LIMIT = 2**32


class Intake:
    """Receives ballots; safe to share among threads. Reads the index, never the chain: works while it is away."""

    def __init__(
        self,
        database: Database,
        *,
        operator_key: str,
        margin: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._facts = FactsCache(database)
        self._store = BallotStore(database, clock)
        self._signer = ReceiptSigner(operator_key)
        self._margin = margin
        self._clock = clock
        self._desk = threading.Lock()

    def receive(self, slug: str, meeting: int, voter: int, choices: int, signature: bytes) -> Receipt:
        """Receive one ballot of community ``slug``; the same ballot again gives the same receipt.

        ``choices`` packed two bits a motion, ``signature`` 65 bytes. Raises ``Refusal`` with a ``BALLOT_*``
        code, or ``STORAGE_UNAVAILABLE`` when nothing was kept.
        """
        facts = self._facts.of(slug, meeting)
        with self._desk:
            arrival = self._check(facts, voter, choices, signature)
        return self._keep(facts, arrival)

    def receive_secret(self, slug: str, meeting: int, voter: int, body: bytes, signature: bytes) -> Receipt:
        """Receive one encrypted ballot; otherwise as ``receive``.

        Proofs cost a hundred times what the rest does: they are looked at last, and only for the voter's own key.
        """
        facts = self._facts.of(slug, meeting)
        arrival = self._check_secret(facts, voter, body, signature)
        if not is_received(self._database, arrival):
            require_key(self._database, arrival)
            require_proofs(facts, voter, body)
        return self._keep(facts, arrival)

    def _keep(self, facts: MeetingFacts, arrival: Arrival) -> Receipt:
        kept = self._store.store(arrival)
        with self._desk:
            return self._signer.sign(
                facts.chain_id,
                facts.contract,
                domain=facts.domain,
                meeting=facts.meeting,
                voter=arrival.voter,
                ballot_hash=arrival.ballot_hash,
                sequence=kept.sequence,
                received_at=kept.received_at,
                repeated=kept.repeated,
            )

    def _check_secret(self, facts: MeetingFacts, voter: int, body: bytes, signature: bytes) -> Arrival:
        """Check form and signature of a secret ballot."""
        form = facts.form
        if facts.row.ballots != "secret":
            raise Refusal("BALLOT_KIND_WRONG")
        if form is None:
            raise Refusal("BALLOT_MEETING_NOT_OPEN", opens_at=facts.opens_at, closes_at=facts.closes_at)
        if len(body) != form.body_bytes:
            raise Refusal("BALLOT_MALFORMED")
        signed = wsb.ballot_hash(form.context, body)
        digest = secret_ballot_digest(facts.chain_id, facts.contract, facts.meeting, voter, signed)
        signer = _signer(digest, signature)
        record = wsb.Record(voter, signature, body).pack()
        return self._arrival(facts, voter, digest, signer, record, wsb.points_of(form, body))

    def _check(self, facts: MeetingFacts, voter: int, choices: int, signature: bytes) -> Arrival:
        """Check all that needs no database."""
        if facts.row.ballots != "open":
            raise Refusal("BALLOT_KIND_WRONG")
        if not 0 < voter < _VOTER_LIMIT:
            raise Refusal("BALLOT_NOT_ON_ROLL")
        if choices >> (2 * MAX_MOTIONS):
            raise Refusal("BALLOT_CHOICE_INVALID")
        try:
            unpacked = unpack_choices(choices, facts.motions)
        except ValueError:
            raise Refusal("BALLOT_CHOICE_INVALID") from None
        if over_cap(unpacked, facts.groups):
            raise Refusal("BALLOT_OVER_CAP")
        ballot_hash = open_ballot_digest(
            facts.chain_id, facts.contract, facts.meeting, facts.convene_hash, voter, choices
        )
        signer = _signer(ballot_hash, signature)
        record = Record(voter, choices, signature).pack()
        return self._arrival(facts, voter, ballot_hash, signer, record, ())

    def _arrival(
        self,
        facts: MeetingFacts,
        voter: int,
        ballot_hash: bytes,
        signer: bytes,
        record: bytes,
        points: tuple[bytes, ...],
    ) -> Arrival:
        arrival = Arrival(
            meeting=(facts.community_id, facts.meeting),
            contract=facts.contract,
            voter=voter,
            signer=signer,
            ballot_hash=ballot_hash,
            record=record,
            received_at=int(self._clock()) + facts.clock_offset,
            points=points,
        )
        try:
            facts.require_open(arrival.received_at, self._margin)
        except Refusal as refusal:
            return replace(arrival, refuse_new=refusal)
        return arrival


def _signer(ballot_hash: bytes, signature: bytes) -> bytes:
    try:
        return recover_address(ballot_hash, signature)
    except SignatureError:
        raise Refusal("BALLOT_SIGNATURE_INVALID") from None
