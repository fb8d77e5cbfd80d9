"""What is looked at of a secret ballot before its commit: is it here already, is the key the voter's, do the proofs hold.

The commit decides again with the meeting locked; this keeps strangers from having proofs computed.
"""

from sqlalchemy import select

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.domain.states import SKIP_CODES, SkipReason
from wanjia.index.models import IndexedRoll
from wanjia.index.views import key_of
from wanjia.intake.arrivals import Arrival
from wanjia.intake.facts import MeetingFacts
from wanjia.intake.models import Ballot
from wanjia.wsb.checking import first_fault


def is_received(database: Database, arrival: Arrival) -> bool:
    """Tell whether these very bytes were checked and received before."""
    with database.read() as session:
        known = select(Ballot.id).where(
            Ballot.ballot_hash == arrival.ballot_hash, Ballot.record == arrival.record
        )
        return session.scalars(known.limit(1)).first() is not None


def require_key(database: Database, arrival: Arrival) -> None:
    """Raise a refusal unless the signer's key is that of a voter on the meeting's roll."""
    community, meeting = arrival.meeting
    with database.read() as session:
        line = session.get(IndexedRoll, (community, meeting, arrival.voter))
        key = key_of(session, community, arrival.voter)
    if line is None:
        raise Refusal("BALLOT_NOT_ON_ROLL")
    if key is None:
        raise Refusal("BALLOT_NOT_REGISTERED")
    if bytes.fromhex(key[2:]) != arrival.signer:
        raise Refusal("BALLOT_SIGNATURE_INVALID")
    if arrival.refuse_new is not None:
        raise arrival.refuse_new


def require_proofs(facts: MeetingFacts, voter: int, body: bytes) -> None:
    """Raise the refusal for the first thing the contract would find wrong with a body."""
    fault = first_fault(facts.form, voter, body) if facts.form else None
    if fault:
        raise Refusal(SKIP_CODES[SkipReason(fault.reason.skip)])
