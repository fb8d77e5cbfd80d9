"""Every record of every batch. The recount did the work; here each check says what it found."""

from wanjia.audit.abi import CAST, Malformed
from wanjia.audit.case import Case
from wanjia.audit.checks.carried import carried
from wanjia.audit.checks.roles import hidden
from wanjia.audit.findings import Saw
from wanjia.audit.history import Event


def calldata(case: Case, saw: Saw) -> None:
    """The records of each event are those of the transaction that carried them, where it called ``cast``."""
    _report(case, saw, "ballot.calldata")
    direct = indirect = 0
    for meeting in case.meetings:
        for event in meeting.named("BallotsCast"):
            if any(_brings(data, event) for data in carried(case.history, event)):
                direct += 1
            elif hidden(case.history, event):
                indirect += 1
            else:
                where = f"{event.block}/{event.position}"
                saw.fault(
                    f"批次 {where} 与交易内容不符", f"batch {where} is not what its transaction carried"
                )
    saw.note(
        f"{direct} 批与交易一致，{indirect} 批经其他合约",
        f"{direct} batches as sent, {indirect} through other contracts",
    )


def _brings(data: bytes, event: Event) -> bool:
    try:
        return CAST.arguments(data) == (event.meeting, event.args["records"])
    except Malformed:
        return False


def window(case: Case, saw: Saw) -> None:
    """Every ballot's block lies in ``[opensAt, closesAt)``."""
    _report(case, saw, "ballot.window")
    batches = sum(count.batches for count in case.counts.values())
    saw.note(f"{batches} 批", f"{batches} batches")


def signature(case: Case, saw: Saw) -> None:
    """Every counted ballot is signed by a key."""
    _say_counted(case, saw, "ballot.signature")


def registered(case: Case, saw: Saw) -> None:
    """That key was the voter's at that moment."""
    _say_counted(case, saw, "ballot.registered")


def on_roll(case: Case, saw: Saw) -> None:
    """Every counted voter is on the sealed roll."""
    _say_counted(case, saw, "ballot.on-roll")


def once(case: Case, saw: Saw) -> None:
    """No voter is counted twice."""
    _say_counted(case, saw, "ballot.once")


def choice(case: Case, saw: Saw) -> None:
    """Every counted choice is abstain, for or against, with no stray bits."""
    _say_counted(case, saw, "ballot.choice")


def cap(case: Case, saw: Saw) -> None:
    """No counted ballot is over a group's cap."""
    _say_counted(case, saw, "ballot.cap")


def skips(case: Case, saw: Saw) -> None:
    """Every skipped record deserved its skip, for the reason given."""
    _report(case, saw, "ballot.skips")
    skipped = sum(count.skipped for count in case.counts.values())
    saw.note(f"{skipped} 条被跳过", f"{skipped} records skipped")


def _say_counted(case: Case, saw: Saw, check: str) -> None:
    _report(case, saw, check)
    counted = sum(count.counted for count in case.counts.values())
    saw.note(f"{counted:,} 张计入的选票", f"{counted:,} counted ballots")


def _report(case: Case, saw: Saw, check: str) -> None:
    for count in case.counts.values():
        saw.faults.extend(count.faults.get(check, ()))
