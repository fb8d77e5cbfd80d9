"""The trustees' shares and what they open: checks `tally.shares`, `tally.opened`."""

from wanjia.audit.case import Case
from wanjia.audit.checks.roles import callers, hidden
from wanjia.audit.findings import Saw
from wanjia.audit.history import Event
from wanjia.audit.meetings import Meeting
from wanjia.audit.secret.opened import STAGES, Opened
from wanjia.audit.secret.sums import opened_of
from wanjia.audit.secret.trustees import completed, secret_meetings
from wanjia.wsb.decryption import SHARE_WORDS, Aggregate, Sealed, opened, read_share
from wanjia.wsb.group import G, Point, Unreadable, multiply

Shares = dict[tuple[Aggregate, int], Point]
"""Every share that was read, by aggregate and trustee."""


def shares(case: Case, saw: Saw) -> None:
    """Every share is of a trustee of the run, over an aggregate of its stage, posted once, and its proof holds."""
    for meeting in secret_meetings(case):
        posted = _Posted(case, meeting)
        for event in meeting.board:
            if event.name == "SharesPosted":
                posted.take(event, saw)
        saw.note(
            f"第 {meeting.number} 次会议 {len(posted.found)} 份解密份额",
            f"meeting {meeting.number}: {len(posted.found)} decryption shares",
        )


def opening(case: Case, saw: Saw) -> None:
    """Every value opened is what the threshold's shares decrypt its sum to, each once, exact areas where needed."""
    for meeting in secret_meetings(case):
        number, result = meeting.number, opened_of(case, meeting.number)
        posted = _Posted(case, meeting)
        for event in meeting.board:
            if event.name == "SharesPosted":
                posted.take(event, Saw())
        seen: set[Aggregate] = set()
        for event in meeting.board:
            if event.name == "SumsOpened":
                _open(saw, meeting, event, result, posted, seen)
        saw.note(f"第 {number} 次会议打开 {len(seen)} 个合计", f"meeting {number}: {len(seen)} sums opened")


class _Posted:
    """The shares of one meeting, as they come."""

    def __init__(self, case: Case, meeting: Meeting) -> None:
        self.run = completed(case, meeting)
        self.found: Shares = {}
        self._case, self._meeting = case, meeting
        self._result = opened_of(case, meeting.number)
        adopted, sealed = meeting.first("KeysAdopted"), meeting.first("BallotsSealed")
        self._sealed = Sealed(
            adopted.args["context"] if adopted else bytes(32),
            sealed.args["sealHash"] if sealed else bytes(32),
        )

    def take(self, event: Event, saw: Saw) -> None:
        """Judge what one trustee posted."""
        trustee, stage, first = (event.args[name] for name in ("trustee", "stage", "first"))
        run, numbers = self.run, event.args["words"]
        accounts = run.trustees.accounts if run else ()
        if run is None or not 1 <= trustee <= len(accounts) or stage not in STAGES:
            self._blame(saw, event, "不是受托人的份额", "is no trustee's")
            return
        history = self._case.history
        if not hidden(history, event) and accounts[trustee - 1].lower() not in callers(history, event):
            self._blame(saw, event, "不是受托人本人交的", "was not posted by the trustee itself")
        aggregates = self._result.aggregates(stage)[first : first + len(numbers) // SHARE_WORDS]
        if len(numbers) != SHARE_WORDS * len(aggregates) or not aggregates:
            self._blame(saw, event, "与该阶段的合计不符", "does not fit the sums of its stage")
        for at, aggregate in enumerate(aggregates):
            self._one(event, saw, aggregate, numbers[SHARE_WORDS * at : SHARE_WORDS * (at + 1)])

    def _one(self, event: Event, saw: Saw, aggregate: Aggregate, numbers: tuple[int, ...]) -> None:
        trustee = event.args["trustee"]
        if (aggregate, trustee) in self.found:
            self._blame(saw, event, "重复交份额", "posts a share twice")
            return
        try:
            share = read_share(numbers)
        except (Unreadable, ValueError):
            self._blame(saw, event, "含有无法读取的份额", "holds a share that may not be read")
            return
        assert self.run is not None  # noqa: S101  take() left without a run
        a, _ = self._result.sums.pair(aggregate.motion, aggregate.level, aggregate.side)
        key = self.run.share_key(trustee, aggregate.side)
        if not self._sealed.share_holds(trustee, aggregate, key, a, share):
            self._blame(saw, event, f"对 {aggregate} 的证明不成立", f"has no valid proof for {aggregate}")
        self.found[aggregate, trustee] = share.point

    def _blame(self, saw: Saw, event: Event, zh: str, en: str) -> None:
        where = f"{event.name} {event.block}/{event.position}"
        number, trustee = self._meeting.number, event.args["trustee"]
        saw.fault(
            f"第 {number} 次会议受托人 {trustee} 的 {where} {zh}",
            f"meeting {number}: {where} of trustee {trustee} {en}",
        )


def _open(
    saw: Saw, meeting: Meeting, event: Event, result: Opened, posted: _Posted, seen: set[Aggregate]
) -> None:
    stage, first, values = (event.args[name] for name in ("stage", "first", "values"))
    openers = tuple(event.args["trustees"])
    aggregates = result.aggregates(stage)[first : first + len(values)] if stage in STAGES else []
    where = f"{event.name} {event.block}/{event.position}"

    def blame(zh: str, en: str) -> None:
        saw.fault(f"第 {meeting.number} 次会议 {where} {zh}", f"meeting {meeting.number}: {where} {en}")

    threshold = posted.run.trustees.threshold if posted.run else 0
    if len(set(openers)) != len(openers) or len(openers) != threshold or not openers:
        blame("不是约定人数的受托人", "is not by the threshold of trustees")
        return
    if len(aggregates) != len(values):
        blame("打开了不该打开的合计", "opens sums that the stage does not have")
    for aggregate, value in zip(aggregates, values, strict=False):
        if aggregate in seen:
            blame(f"重复打开 {aggregate}", f"opens {aggregate} twice")
        seen.add(aggregate)
        points = {one: posted.found.get((aggregate, one)) for one in openers}
        known = {one: point for one, point in points.items() if point is not None}
        _, b = result.sums.pair(aggregate.motion, aggregate.level, aggregate.side)
        if len(known) != len(openers) or opened(b, known) != multiply(value, G):
            blame(f"{aggregate} 解出的不是 {value}", f"{aggregate} does not decrypt to {value}")
