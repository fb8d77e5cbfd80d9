"""The records of a batch that was cast, open or secret, as the index writes them down."""

from collections.abc import Iterator
from dataclasses import dataclass

from wanjia.chain.eip712 import open_ballot_digest, secret_ballot_digest
from wanjia.domain import ballots
from wanjia.index.models import IndexedMeeting
from wanjia.wsb.ballot import ballot_hash
from wanjia.wsb.form import HEAD_BYTES, MOTION_BYTES, groups_of


class IndexProblem(Exception):
    """An event cannot be applied: the chain and this program disagree about the protocol."""


@dataclass(frozen=True, slots=True)
class CastRecord:
    """Whose ballot it is, the hash it is known by, and its choices where they can be read."""

    voter: int
    ballot_hash: bytes
    choices: int | None


def records_cast(meeting: IndexedMeeting, chain_id: int, contract: str, batch: bytes) -> Iterator[CastRecord]:
    """Read the records of a batch in their order. Raises ``IndexProblem`` for a batch this meeting cannot have."""
    if meeting.ballots == "secret":
        yield from _secret(meeting, chain_id, contract, batch)
        return
    for record in ballots.split_records(batch):
        digest = open_ballot_digest(
            chain_id, contract, meeting.number, meeting.convene_hash, record.voter, record.choices
        )
        yield CastRecord(record.voter, digest, record.choices)


def record_bytes(meeting: IndexedMeeting) -> int:
    """Length of every record of a secret meeting."""
    motions = [(motion["group"], motion["cap"]) for motion in meeting.convening["motions"]]
    return HEAD_BYTES + MOTION_BYTES * len(motions) + sum(group.bytes for group in groups_of(motions))


def _secret(meeting: IndexedMeeting, chain_id: int, contract: str, batch: bytes) -> Iterator[CastRecord]:
    size = record_bytes(meeting)
    if meeting.context is None or not batch or len(batch) % size:
        raise IndexProblem(f"a batch of meeting {meeting.number} that its contract cannot have taken")
    for at in range(0, len(batch), size):
        voter, body = int.from_bytes(batch[at : at + 4], "big"), batch[at + HEAD_BYTES : at + size]
        signed = ballot_hash(meeting.context, body)
        yield CastRecord(voter, secret_ballot_digest(chain_id, contract, meeting.number, voter, signed), None)
