"""The recount's sums against the contract's."""

from wanjia.audit.case import Case
from wanjia.audit.findings import Saw


def participation(case: Case, saw: Saw) -> None:
    """Recounted heads and area that took part equal the contract's."""
    for meeting in case.meetings:
        number, part = meeting.number, case.counts[meeting.number].part
        views = case.views[number]
        said = [views.summary.part if views.summary else None, *(one.part for one in views.decisions if one)]
        if any(one != part for one in said):
            saw.fault(
                f"第 {number} 次会议重计参与 {part}，合约为 {said[0]}",
                f"meeting {number}: {part} took part by the recount, {said[0]} by the contract",
            )
        saw.note(f"第 {number} 次会议参与 {part}", f"meeting {number}: {part} took part")


def motions(case: Case, saw: Saw) -> None:
    """Recounted for and against of each motion equal the contract's."""
    for meeting in case.meetings:
        number, count, views = meeting.number, case.counts[meeting.number], case.views[meeting.number]
        sealed = bool(meeting.named("RollSealed"))
        for at in range(count.motions):
            view = views.decisions[at] if at < len(views.decisions) else None
            ours = (count.in_favour[at], count.against[at])
            if (view is None and sealed) or (view and (view.in_favour, view.against) != ours):
                theirs = f"{view.in_favour} | {view.against}" if view else "-"
                saw.fault(
                    f"第 {number} 次会议议题 {at + 1}：重计 {ours[0]} | {ours[1]}，合约 {theirs}",
                    f"meeting {number}, motion {at + 1}: recounted {ours[0]} | {ours[1]}, the contract says {theirs}",
                )
        if count.opened is not None:
            ends = [(count.opened.area(at, 0), count.opened.area(at, 1)) for at in range(count.motions)]
            if list(case.secret_views[number].intervals) != ends:
                saw.fault(
                    f"第 {number} 次会议合约的面积区间不同",
                    f"meeting {number}: the contract has other intervals of area",
                )
        saw.note(f"第 {number} 次会议 {count.motions} 个议题", f"meeting {number}: {count.motions} motions")
