"""The recounted figures in plain values, as ``wanjia audit --json`` prints them under ``result``."""

from typing import Any

from wanjia.audit.case import Case
from wanjia.audit.checks.decision import has_majority, has_quorum, roll_total
from wanjia.audit.meetings import Meeting
from wanjia.audit.recount import Sum
from wanjia.audit.secret.opened import AGAINST, FOR, Opened


def result_of(case: Case) -> dict[str, Any]:
    """Addresses, chain, blocks read and every audited meeting. Areas in 0.01 m², times in UTC seconds."""
    history = case.history
    return {
        "chainId": history.chain_id,
        "registry": history.contracts.registry,
        "openMeeting": history.contracts.open_meeting,
        "secretMeeting": history.contracts.secret_meeting,
        "trusteeBoard": history.contracts.trustee_board,
        "notary": history.contracts.notary,
        "factory": history.contracts.factory,
        "forwarder": history.contracts.forwarder,
        "blocks": {"first": min(history.blocks, default=0), "last": history.head},
        "meetings": [_meeting(case, meeting) for meeting in case.meetings],
    }


def _meeting(case: Case, meeting: Meeting) -> dict[str, Any]:
    count, total = case.counts[meeting.number], roll_total(meeting)
    convening = meeting.convening
    quorum = has_quorum(total, count.part)
    return {
        "meeting": meeting.number,
        "conveneHash": "0x" + meeting.convene_hash.hex(),
        "opensAt": convening.opens_at if convening else 0,
        "closesAt": max((event.args["closesAt"] for event in meeting.named("MeetingExtended")), default=None)
        or (convening.closes_at if convening else 0),
        "declared": bool(meeting.named("ResultDeclared")),
        "final": bool(meeting.named("ResultFinal")),
        "void": bool(meeting.named("MeetingVoided")),
        "ballots": {"counted": count.counted, "skipped": count.skipped},
        "total": _weight(total),
        "part": _weight(count.part),
        "quorum": quorum,
        "motions": [
            {
                "motion": at,
                "matter": motion.matter,
                "special": motion.special,
                "inFavour": _weight(count.in_favour[at]),
                "against": _weight(count.against[at]),
                "passed": quorum and has_majority(motion, count.part, count.in_favour[at]),
                **_areas(count.opened, at),
            }
            for at, motion in enumerate(convening.motions if convening else ())
        ],
    }


def _areas(opened: Opened | None, motion: int) -> dict[str, Any]:
    """Of a secret meeting's motion: the ends between which each area lies."""
    if opened is None:
        return {}
    sides = {"inFavour": opened.area(motion, FOR), "against": opened.area(motion, AGAINST)}
    return {
        "areas": {name: {"lower": ends.lower, "upper": ends.upper} for name, ends in sides.items()},
    }


def _weight(value: Sum) -> dict[str, int]:
    return {"area": value.area, "heads": value.heads}
