"""One concern whole: its words, every entry the reader may read, photographs, who stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.deliberation.lines import Line, Reader, lines_of
from wanjia.deliberation.models import Concern, ConcernEntry, ConcernPhoto, ConcernSupport
from wanjia.deliberation.resident_models import Resident
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import address_order
from wanjia.identity.files import EvidenceFile
from wanjia.identity.staff_models import Staff
from wanjia.identity.vault import Vault


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photograph of an entry; its picture is fetched by ``number``."""

    number: int
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry. ``by`` is a kind of resident, a staff role, or "rule"; ``text`` is empty where there is none to show."""

    id: int
    at: int
    kind: str
    by: str
    building: str
    mine: bool
    level: int
    text: str | None
    hidden: bool
    reason: str | None
    """Why it was hidden."""
    about: int | None
    photos: Sequence[PhotoView]


@dataclass(frozen=True, slots=True)
class BuildingSupport:
    """How many of a building stand behind a concern."""

    building: str
    supports: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A concern with its course. ``reason`` says why its words were hidden."""

    line: Line
    text: str | None
    reason: str | None
    entries: Sequence[EntryView]
    buildings: Sequence[BuildingSupport]


def whole_of(
    session: Session, vault: Vault, concern: Concern, reader: Reader, now: int, *, talk: bool
) -> Whole:
    """Show a concern; ``talk`` says whether the reader reads what was said in private."""
    (line,) = lines_of(session, vault, [concern], reader, now)
    entries = session.scalars(
        select(ConcernEntry).where(ConcernEntry.concern_id == concern.id).order_by(ConcernEntry.id)
    ).all()
    people = {
        row.id: row
        for row in session.scalars(
            select(Resident).where(Resident.id.in_({e.resident_id for e in entries if e.resident_id}))
        )
    }
    roles = {
        row.id: row.role
        for row in session.scalars(
            select(Staff).where(Staff.id.in_({e.staff_id for e in entries if e.staff_id}))
        )
    }
    photos: dict[int, list[PhotoView]] = {}
    for photo in session.scalars(
        select(ConcernPhoto)
        .where(ConcernPhoto.entry_id.in_([e.id for e in entries]), ConcernPhoto.content.is_not(None))
        .order_by(ConcernPhoto.entry_id, ConcernPhoto.number)
    ):
        photos.setdefault(photo.entry_id, []).append(PhotoView(photo.number, photo.media_type, photo.size))
    reasons = {
        e.about: vault.open(e.text) for e in entries if e.kind == "hidden" and e.about is not None and e.text
    }
    views = []
    for e in entries:
        if not reads_entry(e, reader, talk=talk):
            continue
        shown = reader.shows(e.hidden_at, e.resident_id)
        person = people.get(e.resident_id or 0)
        views.append(
            EntryView(
                id=e.id,
                at=e.at,
                kind=e.kind,
                by=person.kind if person else roles.get(e.staff_id or 0, "rule"),
                building=person.building if person else "",
                mine=e.resident_id is not None and e.resident_id == reader.resident_id,
                level=e.level,
                text=vault.open(e.text) if shown and e.text else None,
                hidden=e.hidden_at is not None,
                reason=reasons.get(e.id) if e.hidden_at is not None else None,
                about=e.about,
                photos=photos.get(e.id, []) if shown else [],
            )
        )
    shown = reader.shows(concern.hidden_at, concern.resident_id)
    return Whole(
        line=line,
        text=vault.open(concern.text) if shown and concern.text else None,
        reason=reasons.get(entries[0].id) if concern.hidden_at is not None else None,
        entries=views,
        buildings=_buildings(session, concern),
    )


def reads_entry(entry: ConcernEntry, reader: Reader, *, talk: bool) -> bool:
    """Tell whether a reader of the concern reads this entry: talks and appeals are not for neighbours."""
    if entry.kind == "talk":
        return talk
    own = entry.resident_id is not None and entry.resident_id == reader.resident_id
    return entry.kind != "appeal" or reader.staff or own


def photo_of(
    session: Session, vault: Vault, entry: ConcernEntry, number: int, reader: Reader, *, talk: bool
) -> EvidenceFile:
    """Open a photograph. Raises ``Refusal("NOT_FOUND")``, also for one that is hidden from the reader."""
    if not reads_entry(entry, reader, talk=talk) or not reader.shows(entry.hidden_at, entry.resident_id):
        raise Refusal("NOT_FOUND")
    photo = session.scalar(
        select(ConcernPhoto).where(ConcernPhoto.entry_id == entry.id, ConcernPhoto.number == number)
    )
    if photo is None or photo.content is None:
        raise Refusal("NOT_FOUND")
    return EvidenceFile(photo.media_type, vault.open_bytes(photo.content))


def _buildings(session: Session, concern: Concern) -> list[BuildingSupport]:
    rows = session.execute(
        select(Resident.building, func.count())
        .join(ConcernSupport, ConcernSupport.resident_id == Resident.id)
        .where(ConcernSupport.concern_id == concern.id)
        .group_by(Resident.building)
    )
    return [BuildingSupport(row[0], row[1]) for row in sorted(rows, key=lambda row: address_order(row[0]))]
