"""Quorum and majorities (Civil Code 278) recomputed in integers."""

from wanjia.audit.case import Case
from wanjia.audit.findings import Saw
from wanjia.audit.meetings import Meeting, Motion
from wanjia.audit.recount import Sum


def has_quorum(total: Sum, part: Sum) -> bool:
    """Two thirds or more of heads and of area took part; never of nobody."""
    return (
        total.area > 0
        and total.heads > 0
        and 3 * part.area >= 2 * total.area
        and 3 * part.heads >= 2 * total.heads
    )


def has_majority(motion: Motion, part: Sum, in_favour: Sum) -> bool:
    """More than half of those who took part, or three quarters or more for matters 6, 7 and 8."""
    if motion.special:
        return 4 * in_favour.area >= 3 * part.area and 4 * in_favour.heads >= 3 * part.heads
    return 2 * in_favour.area > part.area and 2 * in_favour.heads > part.heads


def roll_total(meeting: Meeting) -> Sum:
    """Total of the sealed roll."""
    roll = meeting.sealed_roll()
    return Sum(sum(roll.values()), len(roll))


def quorum(case: Case, saw: Saw) -> None:
    """Quorum recomputed equals the contract's."""
    for meeting in case.meetings:
        number, total = meeting.number, roll_total(meeting)
        part = case.counts[number].part
        ours = has_quorum(total, part)
        for at, view in enumerate(case.views[number].decisions):
            if view and (view.quorum != ours or view.total != total):
                saw.fault(
                    f"第 {number} 次会议议题 {at + 1}：合约的法定参与判断不同",
                    f"meeting {number}, motion {at + 1}: the contract sees the quorum otherwise",
                )
        saw.note(
            f"第 {number} 次会议：{part} / {total}，{'达到' if ours else '未达到'}三分之二",
            f"meeting {number}: {part} of {total}, quorum {'reached' if ours else 'not reached'}",
        )


def motions(case: Case, saw: Saw) -> None:
    """Each motion's verdict recomputed equals the contract's."""
    for meeting in case.meetings:
        number, count = meeting.number, case.counts[meeting.number]
        reached = has_quorum(roll_total(meeting), count.part)
        passed = 0
        for at, motion in enumerate(meeting.convening.motions if meeting.convening else ()):
            ours = reached and has_majority(motion, count.part, count.in_favour[at])
            passed += ours
            view = case.views[number].decisions[at] if at < len(case.views[number].decisions) else None
            if view and (view.passed, view.special) != (ours, motion.special):
                saw.fault(
                    f"第 {number} 次会议议题 {at + 1}：重算{'通过' if ours else '未通过'}，合约相反",
                    f"meeting {number}, motion {at + 1}: {'passed' if ours else 'not passed'} by the recount only",
                )
        saw.note(
            f"第 {number} 次会议：{count.motions} 个议题中 {passed} 个通过",
            f"meeting {number}: {passed} of {count.motions} motions passed",
        )
