"""The declared result, and the objections to it."""

from wanjia.audit.abi import RAISE_OBJECTION
from wanjia.audit.case import Case
from wanjia.audit.checks.carried import calls_to
from wanjia.audit.checks.decision import has_majority, has_quorum, roll_total
from wanjia.audit.checks.roles import hidden
from wanjia.audit.findings import Saw
from wanjia.audit.history import Event
from wanjia.audit.meetings import Meeting
from wanjia.audit.recount import Sum
from wanjia.audit.signatures import OPEN_MEETING, SECRET_MEETING, compact_signer, objection_digest


def declared(case: Case, saw: Saw) -> None:
    """The declared event says what the recount says."""
    for meeting in case.meetings:
        number, count, total = meeting.number, case.counts[meeting.number], roll_total(meeting)
        events = meeting.named("ResultDeclared")
        reached = has_quorum(total, count.part)
        ours = [
            (in_favour, against, reached and has_majority(motion, count.part, in_favour))
            for motion, in_favour, against in zip(
                meeting.convening.motions if meeting.convening else (),
                count.in_favour,
                count.against,
                strict=True,
            )
        ]
        for event in events:
            said = [(Sum(*one[0]), Sum(*one[1]), one[2]) for one in event.args["results"]]
            wrong = [at + 1 for at, pair in enumerate(zip(said, ours, strict=False)) if pair[0] != pair[1]]
            whole = (Sum(*event.args["total"]), Sum(*event.args["part"]), event.args["quorum"])
            if whole != (total, count.part, reached):
                saw.fault(
                    f"第 {number} 次会议公布的参与数不同",
                    f"meeting {number}: another participation was declared",
                )
            if wrong or len(said) != len(ours):
                saw.fault(
                    f"第 {number} 次会议公布的议题 {wrong} 与重计不同",
                    f"meeting {number}: declared otherwise than recounted on motions {wrong}",
                )
        state = ("结果已公布", "declared") if events else ("尚未公布", "not declared yet")
        saw.note(f"第 {number} 次会议{state[0]}", f"meeting {number} {state[1]}")


def objections(case: Case, saw: Saw) -> None:
    """A final result has no open objection and waited its period; each objection is its owner's."""
    for meeting in case.meetings:
        _objections(meeting, saw)
        for event in meeting.named("ObjectionRaised"):
            if not _is_the_owners(case, event):
                number, objection = meeting.number, event.args["objection"]
                saw.fault(
                    f"第 {number} 次会议异议 {objection} 没有业主签名",
                    f"meeting {number}: objection {objection} bears no owner's signature",
                )


def _is_the_owners(case: Case, event: Event) -> bool:
    """Tell whether the transaction carried this objection with the owner's signature, where that can be seen."""
    history = case.history
    secret = event.contract == history.contracts.secret_meeting
    digest = objection_digest(SECRET_MEETING if secret else OPEN_MEETING, history.chain_id, event.contract)
    meeting, voter, content = event.meeting, event.args["voter"], event.args["contentHash"]
    key = case.counts[meeting].objectors.get(event.args["objection"])
    return hidden(history, event) or any(
        said[:3] == (meeting, voter, content)
        and compact_signer(digest(meeting, voter, content), *said[3:]) == key
        for said in calls_to(history, event, RAISE_OBJECTION)
    )


def _objections(meeting: Meeting, saw: Saw) -> None:
    number, ends = meeting.number, None
    raised: dict[int, int] = {}
    answered: set[int] = set()
    for event in meeting.events:
        if event.name == "ResultDeclared":
            ends = event.args["objectionsEndAt"]
        elif event.name == "ObjectionRaised":
            objection, voter = event.args["objection"], event.args["voter"]
            if objection != len(raised) + 1 or voter in raised.values() or ends is None or event.time >= ends:
                saw.fault(
                    f"第 {number} 次会议异议 {objection} 无效",
                    f"meeting {number}: objection {objection} cannot stand",
                )
            raised[objection] = voter
        elif event.name == "ObjectionAnswered":
            objection = event.args["objection"]
            if objection not in raised or objection in answered:
                saw.fault(
                    f"第 {number} 次会议答复了不存在的异议 {objection}",
                    f"meeting {number}: there is no objection {objection} to answer",
                )
            answered.add(objection)
        elif event.name == "ResultFinal":
            still = sorted(set(raised) - answered)
            if still:
                saw.fault(
                    f"第 {number} 次会议异议 {still} 未答复",
                    f"meeting {number}: objections {still} had no answer",
                )
            if ends is None or event.time < ends:
                saw.fault(
                    f"第 {number} 次会议异议期未满",
                    f"meeting {number}: final before the time for objections was over",
                )
    saw.note(
        f"第 {number} 次会议：{len(raised)} 件异议，{len(answered)} 件已答复",
        f"meeting {number}: {len(raised)} objections, {len(answered)} answered",
    )
