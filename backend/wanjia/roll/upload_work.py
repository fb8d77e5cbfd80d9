"""The work on a roll file: checking it, putting it in force. Its outcome is written beside the file."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import structlog

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import CountingRule, address_order
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault
from wanjia.roll.changes import LINES, Changes, compare
from wanjia.roll.checking import check_roll
from wanjia.roll.models import RollImport
from wanjia.roll.parsed import ParsedRoll, RollCheck, Totals
from wanjia.roll.placing import import_roll, lock_roll
from wanjia.roll.service import last_import
from wanjia.roll.upload_models import RollUpload

_CHINA = timedelta(hours=8)

log = structlog.get_logger()


class UploadWork:
    """Works on one file at a time; whatever goes wrong becomes the file's refusal."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def check(self, number: int) -> None:
        """Check a file and write down what was found."""
        self._attempt(number, lambda: self._check(number))

    def put_in_force(self, number: int, staff: StaffLogin) -> None:
        """Check a confirmed file once more and import it, all of it or nothing."""
        self._attempt(number, lambda: self._import(number, staff))

    def _attempt(self, number: int, work: Callable[[], None]) -> None:
        """Work; write down why it failed. What was not foreseen is logged by its kind: a value may be personal."""
        try:
            work()
        except Refusal as refusal:
            self._refuse(number, refusal)
        except Exception as error:  # noqa: BLE001  nobody else hears of what happens on this thread
            log.error("roll.upload", upload=number, error=type(error).__name__)  # noqa: TRY400  see above
            self._refuse(number, Refusal("INTERNAL"))

    def _check(self, number: int) -> None:
        upload, content = self._open(number)
        rule = _rule(upload)
        checked = check_roll(content, self._today())
        result = _found(checked)
        if checked.roll is not None:
            with self._database.read() as session:
                changes = compare(session, upload.community_id, checked.roll, rule, self._vault)
            result |= {"totals": _totals(checked.roll, rule), "changes": _changes(changes)}
        self._end(number, "checked", result=result)

    def _import(self, number: int, staff: StaffLogin) -> None:
        upload, content = self._open(number)
        roll = check_roll(content, self._today()).roll
        if roll is None:
            raise Refusal("ROLL_UPLOAD_NOT_READY")
        with self._database.write() as session:
            lock_roll(session, upload.community_id)
            basis = last_import(session, upload.community_id)
            if (basis.id if basis else None) != upload.basis:
                raise Refusal("ROLL_CHANGED_SINCE")
            community = session.get_one(Community, upload.community_id)
            now, rule = self._clock(), _rule(upload)
            made = _same(basis, roll, rule) or import_roll(
                session, community, roll, self._vault, rule=rule, now=now
            )
            row = session.get_one(RollUpload, number)
            row.state, row.since, row.content, row.import_id = "imported", now, None, made.id
            log_act(session, staff, now, "roll.import", f"import {made.id} of upload {number}")

    def _open(self, number: int) -> tuple[RollUpload, bytes]:
        with self._database.read() as session:
            upload = session.get_one(RollUpload, number)
        if upload.content is None:
            raise Refusal("ROLL_UPLOAD_GONE")
        return upload, self._vault.open_bytes(upload.content)

    def _end(self, number: int, state: str, **outcome: Any) -> None:
        with self._database.write() as session:
            upload = session.get_one(RollUpload, number)
            upload.state, upload.since = state, self._clock()
            for name, value in outcome.items():
                setattr(upload, name, value)

    def _refuse(self, number: int, refusal: Refusal) -> None:
        told = {"code": refusal.code, "values": refusal.values}
        self._end(number, "refused", refusal=told, content=None)

    def _today(self) -> date:
        """The date in China, which decides who is of age."""
        return (datetime.fromtimestamp(self._clock(), UTC) + _CHINA).date()


def _same(basis: RollImport | None, roll: ParsedRoll, rule: CountingRule) -> RollImport | None:
    """Give the import in force when it is this very roll: nothing is written again."""
    if basis is None or CountingRule(basis.parking_counts, basis.storerooms_count) != rule:
        return None
    return basis if basis.file_hash == roll.file_hash else None


def _rule(upload: RollUpload) -> CountingRule:
    return CountingRule(upload.parking, upload.storerooms)


def _found(checked: RollCheck) -> dict[str, Any]:
    errors = len(checked.errors)
    return {
        "errors": errors,
        "warnings": len(checked.findings) - errors,
        "findings": [asdict(finding) for finding in checked.findings],
        "totals": None,
        "changes": None,
    }


def _totals(roll: ParsedRoll, rule: CountingRule) -> dict[str, Any]:
    parts = roll.by_building(rule)
    return {
        "whole": _sums(roll.totals(rule)),
        "owners": len(roll.owners),
        "buildings": [{"name": name, **_sums(parts[name])} for name in sorted(parts, key=address_order)],
    }


def _sums(totals: Totals) -> dict[str, int]:
    return {
        "units": totals.units,
        "counted": totals.counted_units,
        "heads": totals.weight.heads,
        "area": totals.weight.area,
        "excluded": totals.excluded_area,
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "counts": dict(changes.counts),
        "owners_new": changes.owners_new,
        "owners_gone": changes.owners_gone,
        "people": changes.people,
        "counting": changes.counting,
        "nothing": changes.nothing,
        "changed": len(changes.lines),
        "lines": [asdict(line) for line in changes.lines[:LINES]],
    }
