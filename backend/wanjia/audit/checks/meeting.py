"""What was frozen, and every step in its order and its time."""

from eth_abi.abi import encode
from eth_hash.auto import keccak

from wanjia.audit.abi import CONSENT, CONVENING
from wanjia.audit.case import Case
from wanjia.audit.checks.carried import calls_to
from wanjia.audit.checks.roles import hidden
from wanjia.audit.findings import Saw
from wanjia.audit.history import Event
from wanjia.audit.meetings import Convening, Meeting

DAY = 86400
LEAST_NOTICE, LEAST_VOTING, LONGEST_VOTING = 15 * DAY, 5 * DAY, 60 * DAY
MOST_MOTIONS = 32
MATTERS = range(1, 10)
REACHED = {"MeetingVoided": 8, "ResultFinal": 6, "ResultDeclared": 5}
"""States that an event reaches; the others come and go with chain time, which nodes give views differently."""
ONCE = (
    *("MeetingConvened", "ConsentGiven", "RollSealed", "KeysAdopted", "BallotsSealed"),
    *("ResultDeclared", "ResultFinal", "MeetingVoided"),
)


def convene_hash(case: Case, saw: Saw) -> None:
    """The frozen content hashes to the ``conveneHash`` that was consented to."""
    history, agreed = case.history, 0
    for meeting in case.meetings:
        if meeting.convening is None:
            saw.fault(
                f"第 {meeting.number} 次会议没有召集记录", f"meeting {meeting.number} was never convened"
            )
            continue
        content = ["uint256", "address", "uint256", CONVENING]
        values = [history.chain_id, meeting.contract, meeting.number, meeting.convening.encoded]
        if keccak(encode(content, values)) != meeting.convene_hash:
            saw.fault(
                f"第 {meeting.number} 次会议内容与哈希不符",
                f"the content of meeting {meeting.number} hashes otherwise",
            )
        views = case.views[meeting.number]
        if views.summary is None or views.summary.convene_hash != meeting.convene_hash:
            saw.fault(
                f"第 {meeting.number} 次会议合约存的哈希不同",
                f"the contract keeps another hash of meeting {meeting.number}",
            )
        frozen = [(one.matter, one.group, one.cap, one.text_hash) for one in meeting.convening.motions]
        if list(views.motions) != frozen[: len(views.motions)]:
            saw.fault(
                f"第 {meeting.number} 次会议合约存的议题不同",
                f"the contract keeps other motions of meeting {meeting.number}",
            )
        for event in meeting.named("ConsentGiven"):
            consents = calls_to(history, event, CONSENT)
            if consents or not hidden(history, event):
                agreed += 1
                if (meeting.number, meeting.convene_hash) not in consents:
                    saw.fault(
                        f"第 {meeting.number} 次会议同意的是另一内容",
                        f"the consent to meeting {meeting.number} names other content",
                    )
    count = len(case.meetings)
    saw.note(f"{count} 次会议的内容，{agreed} 份同意", f"content of {count} meetings, {agreed} consents read")


def lifecycle(case: Case, saw: Saw) -> None:
    """Every step came in order and in its time, extensions within their limits."""
    shown = {number: meeting.contract for number, meeting in case.every_meeting.items()}
    held = dict(enumerate(case.holders, start=1)) if case.holders is not None else None
    if shown != held:
        saw.fault(
            f"登记合约称有会议 {list(held or ())}，事件里有 {list(shown)}，或所在合约不同",
            f"the registry names meetings {list(held or ())}, the events show {list(shown)}, or other contracts",
        )
    if case.asked is not None and not case.meetings:
        saw.fault(f"没有第 {case.asked} 次会议", f"there is no meeting {case.asked}")
    for meeting in case.meetings:
        steps = _Steps(meeting, saw)
        for event in meeting.events:
            steps.take(event)
        for event in meeting.strays:
            saw.fault(
                f"第 {meeting.number} 次会议另有合约 {event.contract} 的事件",
                f"meeting {meeting.number} has events of another contract, {event.contract}",
            )
        steps.compare(case)
        saw.note(
            f"第 {meeting.number} 次会议：{len(meeting.events)} 个事件，{steps.state(case.history.now)}",
            f"meeting {meeting.number}: {len(meeting.events)} events, {steps.state(case.history.now)}",
        )


class _Steps:
    """Takes a meeting's events one after the other and says which came wrongly."""

    def __init__(self, meeting: Meeting, saw: Saw) -> None:
        self._meeting = meeting
        self._saw = saw
        self._convening = meeting.convening or Convening((), (), 0, 0, 0, 0, 0, 0)
        self._closes = self._convening.closes_at
        self._seen: dict[str, Event] = {}

    def take(self, event: Event) -> None:
        """Judge one event by those before it."""
        if event.name in ONCE and event.name in self._seen:
            self._blame(event, "出现两次", "happened twice")
        if "MeetingConvened" not in self._seen and event.name != "MeetingConvened":
            self._blame(event, "在召集之前", "came before the convening")
        if {"ResultFinal", "MeetingVoided"} & set(self._seen):
            self._blame(event, "在会议终结之后", "came after the end of the meeting")
        judge = getattr(self, f"_{event.name}", None)
        if judge is not None and not judge(event):
            self._blame(event, "不合次序或时间", "came out of order or out of time")
        self._seen[event.name] = event

    def compare(self, case: Case) -> None:
        """Compare the times, rules and state the contract keeps with those of the events."""
        number, it = self._meeting.number, self._convening
        summary = case.views[number].summary
        if summary is None:
            self._saw.fault(
                f"合约不回答第 {number} 次会议", f"the contract does not answer about meeting {number}"
            )
            return
        declared = self._seen.get("ResultDeclared")
        steps = ("ConsentGiven", "RollPublished", "RollSealed", "ResultDeclared")
        kept = (summary.opens_at, summary.closes_at, summary.motions, *summary.steps, summary.open_objections)
        ours = (
            it.opens_at,
            self._closes,
            len(it.motions),
            *(self._seen[name].time if name in self._seen else 0 for name in steps),
            declared.args["objectionsEndAt"] if declared else 0,
            len(self._meeting.named("ObjectionRaised")) - len(self._meeting.named("ObjectionAnswered")),
        )
        if kept != ours or (it.encoded and summary.rules != it.encoded[5]):
            self._saw.fault(
                f"第 {number} 次会议合约存的时间或规则不同",
                f"the contract keeps other times or rules of meeting {number}",
            )
        reached = next((state for name, state in REACHED.items() if name in self._seen), None)
        told = summary.state if summary.state in REACHED.values() else None
        if told != reached:
            self._saw.fault(
                f"第 {number} 次会议合约的状态 {told} 与事件的 {reached} 不同",
                f"the contract has meeting {number} in state {told}, the events in {reached}",
            )

    def state(self, now: int) -> str:
        """Name of the state at a time, by the events."""
        for name, state in (
            ("MeetingVoided", "void"),
            ("ResultFinal", "final"),
            ("ResultDeclared", "declared"),
        ):
            if name in self._seen:
                return state
        if now < self._convening.opens_at:
            return "notice" if "ConsentGiven" in self._seen else "convened"
        if not self._ready():
            return "lapsed"
        return "open" if now < self._closes else "closed"

    def _MeetingConvened(self, event: Event) -> bool:  # noqa: N802  named after its event
        it = self._convening
        caps: dict[int, set[int]] = {}
        for motion in it.motions:
            caps.setdefault(motion.group, set()).add(motion.cap)
        return (
            it.opens_at >= event.time + it.notice_period
            and it.notice_period >= LEAST_NOTICE
            and LEAST_VOTING <= it.closes_at - it.opens_at <= LONGEST_VOTING
            and 1 <= len(it.motions) <= MOST_MOTIONS
            and all(motion.matter in MATTERS for motion in it.motions)
            and all(len(found) == 1 and (0 in found) == (group == 0) for group, found in caps.items())
        )

    def _ConsentGiven(self, event: Event) -> bool:  # noqa: N802
        return event.time + self._convening.notice_period <= self._convening.opens_at

    def _RollSealed(self, event: Event) -> bool:  # noqa: N802
        return "ConsentGiven" in self._seen and event.time < self._convening.opens_at

    def _MeetingExtended(self, event: Event) -> bool:  # noqa: N802
        before, self._closes = self._closes, event.args["closesAt"]
        ready = event.time < self._convening.opens_at or self._ready()
        return ready and event.time < before < self._closes <= self._convening.opens_at + LONGEST_VOTING

    def _BallotsCast(self, _: Event) -> bool:  # noqa: N802
        return self._ready() and "ResultDeclared" not in self._seen

    def _ResultDeclared(self, event: Event) -> bool:  # noqa: N802
        ends = event.args["objectionsEndAt"]
        return (
            self._ready()
            and event.time >= self._closes + self._convening.paper_period
            and ends == event.time + self._convening.objection_period
        )

    def _ObjectionRaised(self, _: Event) -> bool:  # noqa: N802
        return "ResultDeclared" in self._seen

    def _ObjectionAnswered(self, _: Event) -> bool:  # noqa: N802
        return "ResultDeclared" in self._seen

    def _ResultFinal(self, _: Event) -> bool:  # noqa: N802
        return "ResultDeclared" in self._seen

    def _KeysAdopted(self, event: Event) -> bool:  # noqa: N802
        return "RollSealed" in self._seen and event.time < self._convening.opens_at

    def _BallotsSealed(self, event: Event) -> bool:  # noqa: N802
        waited = event.time >= self._closes + self._convening.paper_period
        return self._ready() and waited and "ResultDeclared" not in self._seen

    def _ready(self) -> bool:
        needed = {"ConsentGiven", "RollSealed"} | ({"KeysAdopted"} if self._meeting.secret else set())
        return needed <= set(self._seen)

    def _blame(self, event: Event, zh: str, en: str) -> None:
        where = f"{event.name} {event.block}/{event.position}"
        self._saw.fault(
            f"第 {self._meeting.number} 次会议 {where} {zh}", f"meeting {self._meeting.number}: {where} {en}"
        )
