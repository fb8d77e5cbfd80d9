"""The encrypted sums of a secret meeting: checks `ballot.fresh`, `tally.electorate`, `tally.sums`, `tally.seal`."""

from wanjia.audit.case import Case
from wanjia.audit.checks.decision import has_quorum, roll_total
from wanjia.audit.findings import Saw
from wanjia.audit.secret.opened import Opened
from wanjia.audit.secret.trustees import secret_meetings
from wanjia.wsb.tally import seal_hash

LEAST_HEADS, LEAST_SHARES = 50, 5
LEAST_MEAN_AREA = 750
"""Below it, owners whose areas round to nothing could be two thirds of the area: sums of nothing cannot be opened."""


def opened_of(case: Case, number: int) -> Opened:
    """What the recount of a secret meeting found."""
    found = case.counts[number].opened
    assert found is not None, "a secret meeting is recounted as one"  # noqa: S101  the type cannot say it
    return found


def fresh(case: Case, saw: Saw) -> None:
    """No ``A`` occurs twice among the counted ballots."""
    for meeting in secret_meetings(case):
        count = case.counts[meeting.number]
        saw.faults.extend(count.faults.get("ballot.fresh", ()))
        saw.note(
            f"第 {meeting.number} 次会议 {len(count.good):,} 张密票",
            f"meeting {meeting.number}: {len(count.good):,} secret ballots",
        )


def electorate(case: Case, saw: Saw) -> None:
    """The sealed roll has at least 50 owners, 7.5 m² for each, and nobody above 20 % of the area."""
    for meeting in secret_meetings(case):
        if not meeting.named("RollSealed"):
            continue
        roll = meeting.sealed_roll()
        total, largest = roll_total(meeting), max(roll.values(), default=0)
        if total.heads < LEAST_HEADS or LEAST_SHARES * largest > total.area:
            saw.fault(
                f"第 {meeting.number} 次会议名册太小或有一户过大，守不住秘密",
                f"meeting {meeting.number}: the roll is too small or uneven to keep a secret",
            )
        if total.area < LEAST_MEAN_AREA * total.heads:
            saw.fault(
                f"第 {meeting.number} 次会议各户面积太小，取整后的合计可能打不开",
                f"meeting {meeting.number}: areas so small that rounded sums might not open",
            )
        saw.note(
            f"第 {meeting.number} 次会议 {total.heads:,} 户，最大一户占 {1000 * largest // max(total.area, 1) / 10} %",
            f"meeting {meeting.number}: {total.heads:,} owners, the largest has "
            f"{1000 * largest // max(total.area, 1) / 10} %",
        )


def sums(case: Case, saw: Saw) -> None:
    """The sums of the good ballots' ciphertexts and the rounding counters are the contract's."""
    for meeting in secret_meetings(case):
        number, opened, views = (
            meeting.number,
            opened_of(case, meeting.number),
            case.secret_views[meeting.number],
        )
        wrong = [
            f"{motion + 1}.{level}"
            for motion, levels in enumerate(opened.sums.of)
            for level, ciphertext in enumerate(levels)
            if views.aggregates.get((motion, level)) != ciphertext.points
        ]
        if wrong:
            saw.fault(
                f"第 {number} 次会议的密文合计 {wrong} 不同",
                f"meeting {number}: the contract has other encrypted sums {wrong}",
            )
        if views.rounding != (opened.rounding.above, opened.rounding.below):
            saw.fault(
                f"第 {number} 次会议的取整计数不同", f"meeting {number}: the contract rounded otherwise"
            )
        saw.note(
            f"第 {number} 次会议 {3 * len(opened.sums.of)} 个密文合计",
            f"meeting {number}: {3 * len(opened.sums.of)} encrypted sums",
        )


def seal(case: Case, saw: Saw) -> None:
    """The seal names the recomputed sums; no share came before it, without a quorum, or after the meeting was voided."""
    for meeting in secret_meetings(case):
        number, opened = meeting.number, opened_of(case, meeting.number)
        said, event = case.secret_views[number].seal_hash, meeting.first("BallotsSealed")
        shared = [one for one in meeting.board if one.name in ("SharesPosted", "SumsOpened")]
        if event is None:
            if shared or said not in (None, bytes(32)):
                saw.fault(f"第 {number} 次会议未封存就有份额", f"meeting {number}: shares without a seal")
            continue
        adopted = meeting.first("KeysAdopted")
        context = adopted.args["context"] if adopted else bytes(32)
        ours = seal_hash(context, opened.part, opened.rounding, opened.sums)
        if event.args["sealHash"] != ours or said != ours:
            saw.fault(
                f"第 {number} 次会议封存的不是重算的合计",
                f"meeting {number}: what was sealed is not what the recount sums up to",
            )
        if not has_quorum(roll_total(meeting), case.counts[number].part):
            saw.fault(
                f"第 {number} 次会议未达法定参与却封存", f"meeting {number} was sealed without a quorum"
            )
        if any((one.block, one.position) < (event.block, event.position) for one in shared):
            saw.fault(
                f"第 {number} 次会议封存之前就有份额", f"meeting {number}: a share came before the seal"
            )
        voided = meeting.first("MeetingVoided")
        if voided and any((one.block, one.position) > (voided.block, voided.position) for one in shared):
            saw.fault(
                f"第 {number} 次会议作废之后还有份额", f"meeting {number}: a share came after it was voided"
            )
        saw.note(f"第 {number} 次会议 0x{ours.hex()}", f"meeting {number}: 0x{ours.hex()}")
