"""One audit from the first question to the report."""

from dataclasses import dataclass
from typing import Any

from wanjia.audit.abi import COMMUNITY, REGISTRY, Malformed
from wanjia.audit.case import Case, read_changes, read_holders, read_keys, read_views
from wanjia.audit.checks import CHECKS, SECRET_CHECKS, Check
from wanjia.audit.checks.contracts import clone_target
from wanjia.audit.findings import CheckResult, Saw, Text
from wanjia.audit.history import History
from wanjia.audit.loading import Progress, ask, load
from wanjia.audit.meetings import meetings_of
from wanjia.audit.reader import ChainReader
from wanjia.audit.recount import Recount, recount
from wanjia.audit.secret.ballots import SecretRecount
from wanjia.audit.secret.views import read_secret_views
from wanjia.audit.summary import result_of


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit found. ``result`` holds the recounted figures in plain values."""

    checks: tuple[CheckResult, ...]
    result: dict[str, Any]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """``{"ok", "checks": [{"id", "ok", "detail"}], "result"}``."""
        checks = [{"id": one.id, "ok": one.ok, "detail": one.detail(language)} for one in self.checks]
        return {"ok": self.ok, "checks": checks, "result": self.result}


def audit(
    reader: ChainReader, registry: str, *, meeting: int | None = None, progress: Progress = lambda *_: None
) -> Report:
    """Audit the community of a registry, or one of its meetings.

    Raises ``ReaderError`` only when the chain does not answer at all: whatever it answers is judged.
    """
    case = _case(reader, registry, meeting, progress)
    results = []
    checks = {**CHECKS, **(SECRET_CHECKS if any(one.secret for one in case.meetings) else {})}
    for done, (name, check) in enumerate(checks.items()):
        progress("checks", done, len(checks))
        results.append(_make(name, check, case))
    return Report(tuple(results), result_of(case))


def _case(reader: ChainReader, registry: str, meeting: int | None, progress: Progress) -> Case:
    history = load(reader, registry, progress)
    every = meetings_of(history)
    chosen = [one for number, one in every.items() if meeting in (None, number)]
    walks = {one.number: (SecretRecount if one.secret else Recount)(history, one) for one in chosen}
    counts = recount(history, walks, progress)
    return Case(
        history=history,
        meetings=tuple(chosen),
        every_meeting=every,
        counts=counts,
        views=read_views(reader, history, chosen, progress),
        secret_views={one.number: read_secret_views(reader, history, one) for one in chosen if one.secret},
        holders=read_holders(reader, history),
        codes=_codes(reader, history),
        links=_links(reader, history),
        keys_now=read_keys(reader, history),
        changes_now=read_changes(reader, history),
        community=community[0] if (community := ask(reader, history, registry, COMMUNITY)) else b"",
        asked=meeting,
    )


def _make(name: str, check: Check, case: Case) -> CheckResult:
    saw = Saw()
    saw.faults.extend(text for concerned, text in case.history.troubles if concerned == name)
    try:
        check(case, saw)
    except Exception as error:  # noqa: BLE001  hostile data must fail a check, never end the audit
        kind = type(error).__name__
        saw.faults.append(Text(f"数据无法检查（{kind}）", f"the data could not be checked ({kind})"))
    return CheckResult(name, tuple(saw.notes), tuple(saw.faults))


def _codes(reader: ChainReader, history: History) -> dict[str, Any]:
    contracts = history.contracts
    clones = contracts.clones.values()
    codes = {
        address: reader.code(address, history.head)
        for address in (*clones, contracts.factory, contracts.forwarder)
        if address
    }
    for address in clones:
        try:
            behind = clone_target(codes.get(address))
        except Malformed:
            continue
        codes[behind] = reader.code(behind, history.head)
    return codes


def _links(reader: ChainReader, history: History) -> dict[str, str]:
    found = {}
    for address in history.contracts.bound.values():
        answer = ask(reader, history, address, REGISTRY) if address else None
        found[address] = str(answer[0]).lower() if answer else ""
    return found
