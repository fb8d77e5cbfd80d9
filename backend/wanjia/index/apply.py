"""Events to rows. An event that does not fit what came before raises ``IndexProblem`` and stops the index."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from wanjia.domain.rollwords import AREAS_A_WORD, unpack_roll
from wanjia.index.cast_records import IndexProblem, records_cast
from wanjia.index.models import IndexedBallot, IndexedKey, IndexedMeeting, IndexedRoll, IndexedSkip

__all__ = ["STEPS", "Happening", "IndexProblem", "Skips", "apply", "plain"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One decoded event of a community's contract, with the time of its block (UTC seconds)."""

    community_id: int
    contract: str
    address: str
    name: str
    values: Mapping[str, Any]
    block: int
    time: int
    transaction: bytes


Skips = dict[tuple[bytes, int, int], dict[int, int]]
"""Skips seen before the batch they belong to: (transaction, community, meeting) -> position -> reason."""


def apply(session: Session, chain_id: int, event: Happening, skips: Skips) -> None:
    """Change the rows as ``event`` says. Raises ``IndexProblem``."""
    if event.name == "BallotSkipped":
        key = (event.transaction, event.community_id, event.values["meeting"])
        skips.setdefault(key, {})[event.values["position"]] = event.values["reason"]
    elif event.name == "BallotsCast":
        key = (event.transaction, event.community_id, event.values["meeting"])
        _ballots_cast(session, chain_id, event, skips.pop(key, {}))
    elif event.name in STEPS:
        STEPS[event.name](session, event)


def _ballots_cast(session: Session, chain_id: int, event: Happening, skipped: dict[int, int]) -> None:
    meeting = _meeting(session, event)
    voters = set(session.scalars(_roll(event).with_only_columns(IndexedRoll.voter)))
    counted, refused = [], []
    records = records_cast(meeting, chain_id, event.address, event.values["records"])
    for position, record in enumerate(records):
        row: dict[str, Any] = {
            "community_id": event.community_id,
            "meeting": meeting.number,
            "voter": record.voter,
            "ballot_hash": record.ballot_hash,
            "block": event.block,
            "transaction": event.transaction,
            "position": position,
        }
        if position in skipped:
            refused.append(row | {"reason": skipped[position]})
        elif record.voter not in voters:
            raise IndexProblem(f"counted voter {record.voter} is not on the roll of meeting {meeting.number}")
        else:
            counted.append(row | {"choices": record.choices})
    if counted:
        session.execute(insert(IndexedBallot), counted)
    if refused:
        session.execute(insert(IndexedSkip), refused)


def _convened(session: Session, event: Happening) -> None:
    convening = event.values["convening"]
    session.add(
        IndexedMeeting(
            community_id=event.community_id,
            number=event.values["meeting"],
            ballots="secret" if event.contract == "secret_meeting" else "open",
            convene_hash=event.values["conveneHash"],
            convening=plain(convening),
            convener=event.values["convener"],
            convened_at=event.time,
            opens_at=convening["opensAt"],
            closes_at=convening["closesAt"],
            block=event.block,
        )
    )
    session.flush()


def _consented(session: Session, event: Happening) -> None:
    _meeting(session, event).consented_at = event.time


def _roll_published(session: Session, event: Happening) -> None:
    meeting = _meeting(session, event)
    words, first = event.values["words"], event.values["firstWord"]
    lanes = (first * AREAS_A_WORD, (first + len(words)) * AREAS_A_WORD)
    mine = (IndexedRoll.community_id == event.community_id, IndexedRoll.meeting == meeting.number)
    session.execute(delete(IndexedRoll).where(*mine, IndexedRoll.voter.between(lanes[0], lanes[1] - 1)))
    areas = unpack_roll(words, first)
    if areas:
        same = {"community_id": event.community_id, "meeting": meeting.number}
        session.execute(insert(IndexedRoll), [same | {"voter": v, "area": a} for v, a in areas.items()])
    area, heads = session.execute(
        select(func.coalesce(func.sum(IndexedRoll.area), 0), func.count()).where(*mine)
    ).one()
    if (int(area), heads) != (event.values["areaTotal"], event.values["headsTotal"]):
        raise IndexProblem(f"the roll of meeting {meeting.number} does not add up to the contract's totals")
    meeting.roll_area, meeting.roll_heads = int(area), heads
    meeting.roll_digest, meeting.roll_published_at = event.values["digest"], event.time


def _roll_sealed(session: Session, event: Happening) -> None:
    meeting = _meeting(session, event)
    if event.values["digest"] != meeting.roll_digest:
        raise IndexProblem(f"the sealed roll of meeting {meeting.number} is not the one published")
    meeting.sealed_at = event.time


def _keys_adopted(session: Session, event: Happening) -> None:
    meeting = _meeting(session, event)
    _, context, trustee_set_hash, threshold, trustees, key_for, key_against = event.values.values()
    meeting.context = context
    meeting.keys = {
        "trustee_set_hash": plain(trustee_set_hash),
        "threshold": threshold,
        "trustees": trustees,
        "in_favour": _point(key_for),
        "against": _point(key_against),
    }


def _ballots_sealed(session: Session, event: Happening) -> None:
    _meeting(session, event).seal_hash = event.values["sealHash"]


def _extended(session: Session, event: Happening) -> None:
    _meeting(session, event).closes_at = event.values["closesAt"]


def _declared(session: Session, event: Happening) -> None:
    meeting = _meeting(session, event)
    meeting.declared_at, meeting.objections_end_at = event.time, event.values["objectionsEndAt"]
    meeting.result, meeting.result_transaction = plain(event.values), event.transaction


def _final(session: Session, event: Happening) -> None:
    _meeting(session, event).final_at = event.time


def _voided(session: Session, event: Happening) -> None:
    meeting = _meeting(session, event)
    meeting.void_at, meeting.void_reason = event.time, event.values["reasonHash"]


def _registered(session: Session, event: Happening) -> None:
    _new_key(session, event, event.values["key"], replaces=None)


def _key_changed(session: Session, event: Happening) -> None:
    _new_key(session, event, event.values["newKey"], replaces=event.values["oldKey"])


def _new_key(session: Session, event: Happening, key: str, *, replaces: str | None) -> None:
    voter = event.values["voter"]
    current = session.scalars(
        select(IndexedKey).where(
            IndexedKey.community_id == event.community_id,
            IndexedKey.voter == voter,
            IndexedKey.until_block.is_(None),
        )
    ).one_or_none()
    if (current.key if current else None) != replaces:
        raise IndexProblem(f"voter {voter} has another key than the registry's event says")
    if current:
        current.until_block = event.block
    session.add(IndexedKey(community_id=event.community_id, voter=voter, key=key, from_block=event.block))
    session.flush()


STEPS: Final[Mapping[str, Callable[[Session, Happening], None]]] = {
    "MeetingConvened": _convened,
    "ConsentGiven": _consented,
    "RollPublished": _roll_published,
    "RollSealed": _roll_sealed,
    "KeysAdopted": _keys_adopted,
    "BallotsSealed": _ballots_sealed,
    "MeetingExtended": _extended,
    "ResultDeclared": _declared,
    "ResultFinal": _final,
    "MeetingVoided": _voided,
    "OwnerRegistered": _registered,
    "KeyChanged": _key_changed,
}
"""Events that change a row by themselves; the rest are kept raw only."""


def plain(value: Any) -> Any:
    """Make decoded values fit for JSON: bytes become 0x-hex."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, Mapping):
        return {name: plain(v) for name, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list | tuple) else value


def _point(coordinates: Sequence[int]) -> str:
    return "0x" + b"".join(each.to_bytes(32, "big") for each in coordinates).hex()


def _meeting(session: Session, event: Happening) -> IndexedMeeting:
    meeting = session.get(IndexedMeeting, (event.community_id, event.values["meeting"]))
    if meeting is None:
        raise IndexProblem(f"{event.name} of a meeting that was never convened: {event.values['meeting']}")
    return meeting


def _roll(event: Happening) -> Any:
    return select(IndexedRoll).where(
        IndexedRoll.community_id == event.community_id, IndexedRoll.meeting == event.values["meeting"]
    )
