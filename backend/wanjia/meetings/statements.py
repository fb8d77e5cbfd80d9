"""Free texts of a meeting's course: reasons of an extension or a voiding, objections and their answers.

The chain holds a hash only. It stands for a document: the text, an empty line, a random salt as 32 hex digits.
The salt keeps a short text from being guessed from its hash once the document is taken down (PIPL 47).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils import keccak
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain import contracts
from wanjia.chain.interface import Log
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.index.models import IndexedBlock, IndexedEvent
from wanjia.index.rollback import CONTRACTS
from wanjia.meetings.documents import Attachment, keep
from wanjia.meetings.lookup import find_community, find_meeting
from wanjia.meetings.models import Document

_SALTED = re.compile(r"\n\n[0-9a-f]{32}\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """What an event's hash stands for; ``text`` is ``None`` when this system does not have it."""

    hash: bytes
    text: str | None
    at: int
    """Chain time of the event."""


@dataclass(frozen=True, slots=True)
class Extension:
    """An announced extension and its reason."""

    closes_at: int
    reason: Statement


@dataclass(frozen=True, slots=True)
class Objection:
    """An owner's objection and the supervisor's answer."""

    number: int
    content: Statement
    answer: Statement | None


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything that was said in a meeting's course, as events in order tell it."""

    extensions: tuple[Extension, ...]
    objections: tuple[Objection, ...]
    voided: Statement | None


def statement_document(text: str, salt: str) -> Attachment:
    """Make the document a hash stands for; ``salt`` is 32 lower-case hex digits."""
    return Attachment("", "text/plain", f"{unicodedata.normalize('NFC', text)}\n\n{salt}".encode())


def publish_statement(
    database: Database, staff: StaffLogin, slug: str, number: int, document: Attachment, now: int
) -> bytes:
    """Store an official's text as a published document and give its hash, before the act is signed.

    Raises ``Refusal("NOT_FOUND")``, also for another community's meeting.
    """
    with database.write() as session:
        if find_community(session, slug).id != staff.community_id:
            raise Refusal("NOT_FOUND")
        find_meeting(session, slug, number)
        keep(session, document)
        log_act(session, staff, now, "meeting.statement", f"meeting {number} 0x{document.hash.hex()[:16]}")
    return document.hash


def read_statements(database: Database, slug: str, number: int) -> Statements:
    """Give what was said in a meeting's course. Raises ``Refusal("NOT_FOUND")``."""
    with database.read() as session:
        community, meeting = find_meeting(session, slug, number)
        events = [(decoded(event), at) for event, at in meeting_events(session, community.id, meeting.number)]
        named = [(name, values, at) for (name, values), at in events]
        answers = {
            values["objection"]: _statement(session, values["answerHash"], at)
            for name, values, at in named
            if name == "ObjectionAnswered"
        }
        voided = [
            _statement(session, values["reasonHash"], at)
            for name, values, at in named
            if name == "MeetingVoided"
        ]
        return Statements(
            tuple(
                Extension(values["closesAt"], _statement(session, values["reasonHash"], at))
                for name, values, at in named
                if name == "MeetingExtended"
            ),
            tuple(
                Objection(
                    values["objection"],
                    _statement(session, values["contentHash"], at),
                    answers.get(values["objection"]),
                )
                for name, values, at in named
                if name == "ObjectionRaised"
            ),
            voided[0] if voided else None,
        )


def meeting_events(session: Session, community_id: int, number: int) -> list[tuple[IndexedEvent, int]]:
    """Give the events of a meeting's course in order, ballots left out, with the time of their blocks."""
    rows = session.execute(
        select(IndexedEvent, IndexedBlock.time)
        .join(IndexedBlock, IndexedBlock.number == IndexedEvent.block)
        .where(
            IndexedEvent.community_id == community_id,
            IndexedEvent.contract.in_(("open_meeting", "secret_meeting")),
            IndexedEvent.meeting == number,
            IndexedEvent.name.not_in(("BallotsCast", "BallotSkipped")),
        )
        .order_by(IndexedEvent.block, IndexedEvent.log_index)
    )
    return [(event, at) for event, at in rows]


def decoded(event: IndexedEvent) -> tuple[str, Mapping[str, Any]]:
    """Decode a stored event by name."""
    topics = tuple(event.topics[at : at + 32] for at in range(0, len(event.topics), 32))
    log = Log(
        event.address, topics, event.data, event.block, event.block_hash, event.transaction, event.log_index
    )
    return contracts.interface(CONTRACTS[event.contract]).decode_event(log)


def text_behind(session: Session, given: bytes) -> str | None:
    """Give the text that a hash stands for, ``None`` when this system does not have it."""
    document = session.get(Document, given)
    if document is None or keccak(document.content) != given:
        return None
    return _SALTED.sub("", document.content.decode("utf-8", "replace"))


def _statement(session: Session, given: bytes, at: int) -> Statement:
    return Statement(given, text_behind(session, given), at)
