"""The published roll: its sums, its digest, its time."""

from eth_abi.abi import encode
from eth_hash.auto import keccak

from wanjia.audit.case import Case
from wanjia.audit.findings import Saw, square_metres
from wanjia.audit.meetings import areas
from wanjia.audit.recount import Sum


def sums(case: Case, saw: Saw) -> None:
    """The published words add up to the sealed totals."""
    for meeting in case.meetings:
        words: dict[int, int] = {}
        total = Sum()
        number = meeting.number
        for event in meeting.events:
            if event.name == "RollPublished":
                words.update(enumerate(event.args["words"], start=event.args["firstWord"]))
                roll = areas(words)
                total = Sum(sum(roll.values()), len(roll))
                if 0 in roll:
                    saw.fault(
                        f"第 {number} 次会议名册给 0 号记了面积", f"meeting {number}: voter 0 has an area"
                    )
            if event.name in ("RollPublished", "RollSealed"):
                said = Sum(event.args["areaTotal"], event.args["headsTotal"])
                if said != total:
                    saw.fault(
                        f"第 {number} 次会议 {event.name} 称 {said}，实加 {total}",
                        f"meeting {number}: {event.name} says {said}, the words add up to {total}",
                    )
        summary = case.views[number].summary
        if summary is None or summary.total != total:
            saw.fault(
                f"第 {number} 次会议合约的总数不同", f"meeting {number}: the contract keeps other totals"
            )
        area = square_metres(total.area)
        state = (
            ("与封册一致", "equal to the seal") if meeting.named("RollSealed") else ("未封册", "not sealed")
        )
        saw.note(
            f"第 {number} 次会议：{total.heads:,} 户，{area}，{state[0]}",
            f"meeting {number}: {total.heads:,} lines, {area}, {state[1]}",
        )


def digest(case: Case, saw: Saw) -> None:
    """The published words hash to the sealed digest."""
    for meeting in case.meetings:
        number, chained, words = meeting.number, bytes(32), 0
        for event in meeting.events:
            if event.name == "RollPublished":
                values = [chained, event.args["firstWord"], event.args["words"]]
                chained = keccak(encode(["bytes32", "uint256", "uint256[]"], values))
                words += len(event.args["words"])
            if event.name in ("RollPublished", "RollSealed") and event.args["digest"] != chained:
                where = f"{event.name} {event.block}/{event.position}"
                saw.fault(
                    f"第 {number} 次会议 {where} 摘要不符", f"meeting {number}: {where} has another digest"
                )
        summary = case.views[number].summary
        if summary is None or summary.roll_digest != chained:
            saw.fault(
                f"第 {number} 次会议合约的摘要不同", f"meeting {number}: the contract keeps another digest"
            )
        saw.note(
            f"第 {number} 次会议：{words} 字，0x{chained.hex()}",
            f"meeting {number}: {words} words, 0x{chained.hex()}",
        )


def period(case: Case, saw: Saw) -> None:
    """Nothing was published after the seal, and the seal waited ``rollPeriod``."""
    for meeting in case.meetings:
        number, last, seal = meeting.number, None, None
        for event in meeting.events:
            if event.name == "RollPublished":
                if seal or (meeting.convening and event.time >= meeting.convening.opens_at):
                    saw.fault(
                        f"第 {number} 次会议封册或开会后改名册",
                        f"meeting {number}: the roll was changed too late",
                    )
                last = event
            elif event.name == "RollSealed":
                seal = event
                waited = event.time - last.time if last else -1
                if not meeting.convening or waited < meeting.convening.roll_period:
                    saw.fault(
                        f"第 {number} 次会议公示只有 {waited} 秒",
                        f"meeting {number}: the seal waited {waited} s only",
                    )
                saw.note(
                    f"第 {number} 次会议公示 {waited:,} 秒", f"meeting {number}: published for {waited:,} s"
                )
