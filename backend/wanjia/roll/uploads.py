"""Roll files at the desk: taken in, checked in the background, put in force when confirmed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal, Value
from wanjia.domain.premises import CountingRule
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault
from wanjia.roll.placing import lock_roll
from wanjia.roll.service import last_import
from wanjia.roll.table import MAX_BYTES
from wanjia.roll.upload_models import RollUpload
from wanjia.roll.upload_work import UploadWork

CHECKING, CHECKED, IMPORTING, IMPORTED, REFUSED = "checking", "checked", "importing", "imported", "refused"
KEPT_SECONDS = 3_600
"""How long a file that nobody confirms is kept."""
KEPT_FILES = 4
"""How many such files of one community are kept."""
SILENT_SECONDS = 120
"""Work that takes longer than this was interrupted: 20,000 rows take less than a minute."""


@dataclass(frozen=True, slots=True)
class UploadView:
    """Where one file stands."""

    id: int
    state: str
    digest: bytes
    size: int
    rule: CountingRule
    since: int
    result: dict[str, Any] | None
    refusal: tuple[str, dict[str, Value]] | None


class Uploads:
    """Takes rolls from the committee of their community."""

    def __init__(
        self, database: Database, vault: Vault, clock: Callable[[], int], patience: float = 1.5
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._patience = patience
        self._work = UploadWork(database, vault, clock)

    def take(self, staff: StaffLogin, slug: str, content: bytes, rule: CountingRule) -> UploadView:
        """Keep a file sealed and begin to check it; small files are checked when this returns.

        Raises ``Refusal``: ``NOT_FOUND`` (also for another community), ``TOO_LARGE``.
        """
        if len(content) > MAX_BYTES:
            raise Refusal("TOO_LARGE", limit=f"{MAX_BYTES // 2**20} MB")
        sealed = self._vault.seal_bytes(content)
        now = self._clock()
        with self._database.write() as session:
            community = own_community(session, staff, slug)
            _destroy_old(session, community.id, now)
            basis = last_import(session, community.id)
            upload = RollUpload(
                community_id=community.id,
                staff_id=staff.staff_id,
                state=CHECKING,
                digest=hashlib.sha256(content).digest(),
                size=len(content),
                content=sealed,
                parking=rule.parking,
                storerooms=rule.storerooms,
                basis=basis.id if basis else None,
                created_at=now,
                since=now,
            )
            session.add(upload)
            session.flush()
            log_act(session, staff, now, "roll.check", f"upload {upload.id}")
            number = upload.id
        self._run(self._work.check, number)
        return self.read(staff, slug, number)

    def read(self, staff: StaffLogin, slug: str, number: int) -> UploadView:
        """Tell where a file stands. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.read() as session:
            return _view(_own(session, staff, slug, number), self._clock())

    def confirm(self, staff: StaffLogin, slug: str, number: int, digest: bytes) -> UploadView:
        """Begin to put a checked file in force; once it is, confirming again changes nothing.

        Raises ``Refusal``: ``NOT_FOUND``, ``ROLL_UPLOAD_DIFFERENT`` when ``digest`` is another file's,
        ``ROLL_UPLOAD_NOT_READY`` for a file with errors, ``ROLL_UPLOAD_GONE``, ``ROLL_CHANGED_SINCE`` when
        another roll was put in force after the check.
        """
        with self._database.write() as session:
            lock_roll(session, own_community(session, staff, slug).id)
            upload = _own(session, staff, slug, number)
            if upload.digest != digest:
                raise Refusal("ROLL_UPLOAD_DIFFERENT")
            if upload.state in (IMPORTING, IMPORTED):
                return _view(upload, self._clock())
            if upload.state != CHECKED or upload.result is None or upload.result["errors"]:
                raise Refusal("ROLL_UPLOAD_NOT_READY")
            if upload.content is None:
                raise Refusal("ROLL_UPLOAD_GONE")
            basis = last_import(session, upload.community_id)
            if (basis.id if basis else None) != upload.basis:
                raise Refusal("ROLL_CHANGED_SINCE")
            upload.state, upload.since = IMPORTING, self._clock()
        self._run(self._work.put_in_force, number, staff)
        return self.read(staff, slug, number)

    def _run(self, work: Callable[..., None], *arguments: object) -> None:
        """Work on a thread of its own; wait for it as long as a person waits without asking."""
        thread = Thread(target=work, args=arguments, daemon=True)
        thread.start()
        thread.join(self._patience)


def own_community(session: Session, staff: StaffLogin, slug: str) -> Community:
    """Find the community of a member of staff. Raises ``Refusal("NOT_FOUND")``, also for any other."""
    community = session.scalar(select(Community).where(Community.slug == slug))
    if community is None or community.id != staff.community_id:
        raise Refusal("NOT_FOUND")
    return community


def _own(session: Session, staff: StaffLogin, slug: str, number: int) -> RollUpload:
    community = own_community(session, staff, slug)
    upload = session.get(RollUpload, number, populate_existing=True)
    if upload is None or upload.community_id != community.id:
        raise Refusal("NOT_FOUND")
    return upload


def _destroy_old(session: Session, community_id: int, now: int) -> None:
    """Destroy files that were not confirmed in time, and the oldest where there are many."""
    kept = session.scalars(
        select(RollUpload)
        .where(RollUpload.community_id == community_id, RollUpload.content.is_not(None))
        .order_by(RollUpload.id.desc())
    ).all()
    for place, upload in enumerate(kept):
        if place >= KEPT_FILES - 1 or upload.created_at < now - KEPT_SECONDS:
            upload.content = None


def _view(upload: RollUpload, now: int) -> UploadView:
    state, refusal = upload.state, upload.refusal
    if state in (CHECKING, IMPORTING) and upload.since < now - SILENT_SECONDS:
        state, refusal = REFUSED, {"code": "ROLL_UPLOAD_INTERRUPTED", "values": {}}
    return UploadView(
        upload.id,
        state,
        upload.digest,
        upload.size,
        CountingRule(upload.parking, upload.storerooms),
        upload.since,
        upload.result,
        (refusal["code"], refusal["values"]) if refusal else None,
    )
