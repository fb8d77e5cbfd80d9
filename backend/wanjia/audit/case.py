"""Everything the checks look at: history, meetings, recounts, and what the contract's views say."""

from dataclasses import dataclass
from typing import Any

from wanjia.audit.abi import (
    DECISION_OF,
    KEY_CHANGE_OF,
    KEYS_OF,
    MEETING_CONTRACT_OF,
    MEETING_COUNT,
    MOTION_OF,
    SUMMARY_OF,
    Call,
    Malformed,
)
from wanjia.audit.history import History
from wanjia.audit.loading import Progress, ask
from wanjia.audit.meetings import Meeting, areas
from wanjia.audit.reader import ChainReader
from wanjia.audit.recount import Count, Sum
from wanjia.audit.secret.views import SecretViews

MOST_MOTIONS = 32
MOST_MEETINGS = 10_000
"""A community that claims to have held more is not believed."""
VOTERS_A_CALL = 500


@dataclass(frozen=True, slots=True)
class Summary:
    """``summaryOf``: what the contract says about a meeting."""

    state: int
    convene_hash: bytes
    opens_at: int
    closes_at: int
    steps: tuple[int, ...]
    """When consent, last publication of the roll, seal and declaration came, when objections end; 0 for not yet."""
    open_objections: int
    motions: int
    roll_digest: bytes
    total: Sum
    part: Sum
    rules: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class MotionView:
    """``decisionOf``: the contract's decision on one motion."""

    quorum: bool
    passed: bool
    special: bool
    total: Sum
    part: Sum
    in_favour: Sum
    against: Sum


@dataclass(frozen=True, slots=True)
class Views:
    """What the contract answers about one meeting; ``None`` where it refused."""

    summary: Summary | None
    motions: tuple[tuple[Any, ...] | None, ...]
    decisions: tuple[MotionView | None, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One community, and the meetings that are audited."""

    history: History
    meetings: tuple[Meeting, ...]
    every_meeting: dict[int, Meeting]
    counts: dict[int, Count]
    views: dict[int, Views]
    secret_views: dict[int, SecretViews]
    """Of secret meetings alone."""
    holders: tuple[str, ...] | None
    """The contract that holds each meeting from 1 on as the registry answers, lower case; ``None`` without an answer."""
    codes: dict[str, Any]
    """Code by lower-case address, of the contracts and of what they are clones of."""
    links: dict[str, str]
    """The registry that each other clone names, by its address."""
    keys_now: dict[int, str]
    """Key in force by voter as the registry answers, lower case; empty for voters it did not answer for."""
    changes_now: dict[int, tuple[str, int]]
    """Change of key under way by voter as the registry answers: new key (lower case, zero for none), when it takes effect."""
    community: bytes
    """``community()`` of the registry; empty when it did not answer."""
    asked: int | None = None
    """The one meeting that was asked for."""


def read_views(
    reader: ChainReader, history: History, meetings: list[Meeting], progress: Progress
) -> dict[int, Views]:
    """Ask each meeting's contract about it."""
    found = {}
    for done, meeting in enumerate(meetings):
        progress("views", done, len(meetings))
        motions = range(len(meeting.convening.motions[:MOST_MOTIONS]) if meeting.convening else 0)
        summary = ask(reader, history, meeting.contract, SUMMARY_OF, meeting.number)
        found[meeting.number] = Views(
            _summary(summary[0]) if summary else None,
            tuple(_ask_each(reader, history, MOTION_OF, meeting, motions)),
            tuple(
                MotionView(*one[:3], *(Sum(*weight) for weight in one[3:])) if one else None
                for one in _ask_each(reader, history, DECISION_OF, meeting, motions)
            ),
        )
    return found


def read_holders(reader: ChainReader, history: History) -> tuple[str, ...] | None:
    """Ask the registry how many meetings there are, and which contract holds each."""
    registry = history.contracts.registry
    count = ask(reader, history, registry, MEETING_COUNT)
    if count is None or count[0] > MOST_MEETINGS:
        return None
    questions = [MEETING_CONTRACT_OF.ask(number) for number in range(1, count[0] + 1)]
    try:
        return tuple(
            str(MEETING_CONTRACT_OF.answer(one)[0]).lower()
            for one in reader.calls(registry, questions, history.head)
        )
    except Malformed:
        return None


def read_keys(reader: ChainReader, history: History) -> dict[int, str]:
    """Ask the registry for the key of every owner that was ever registered, and of everyone on a published roll.

    A registration that the node hides shows there: the owner has a key that no event gave.
    """
    voters = sorted(
        {event.args["voter"] for event in history.named("OwnerRegistered", "KeyChanged")}
        | {
            voter
            for event in history.named("RollPublished")
            for voter in areas(dict(enumerate(event.args["words"], start=event.args["firstWord"])))
        }
    )
    found = dict.fromkeys(voters, "")
    for at in range(0, len(voters), VOTERS_A_CALL):
        page = voters[at : at + VOTERS_A_CALL]
        packed = b"".join(voter.to_bytes(4, "big") for voter in page)
        answer = ask(reader, history, history.contracts.registry, KEYS_OF, packed)
        if answer and len(answer[0]) == len(page):
            found.update(zip(page, (key.lower() for key in answer[0]), strict=True))
    return found


def read_changes(reader: ChainReader, history: History) -> dict[int, tuple[str, int]]:
    """Ask the registry for the change of key under way of every owner that ever requested one."""
    found = {}
    for voter in sorted({event.args["voter"] for event in history.named("KeyChangeRequested")}):
        if answer := ask(reader, history, history.contracts.registry, KEY_CHANGE_OF, voter):
            found[voter] = (str(answer[0]).lower(), int(answer[1]))
    return found


def _ask_each(
    reader: ChainReader, history: History, call: Call, meeting: Meeting, motions: range
) -> list[tuple[Any, ...] | None]:
    questions = [call.ask(meeting.number, motion) for motion in motions]
    answers: list[tuple[Any, ...] | None] = []
    for one in reader.calls(meeting.contract, questions, history.head):
        try:
            answers.append(call.answer(one)[0])
        except Malformed:
            answers.append(None)
    return answers


def _summary(value: Any) -> Summary:
    state, convene_hash, opens_at, closes_at, *steps = value[:9]
    open_objections, motions, roll_digest, total, part, rules = value[9:]
    return Summary(
        state,
        convene_hash,
        opens_at,
        closes_at,
        tuple(steps),
        open_objections,
        motions,
        roll_digest,
        Sum(*total),
        Sum(*part),
        rules,
    )
