"""What the contracts answer about a secret meeting beyond what every meeting has."""

from dataclasses import dataclass
from typing import Any

from wanjia.audit.abi import (
    AGGREGATE_OF,
    BOARD_KEYS_OF,
    CONTEXT_OF,
    INTERVAL_OF,
    ROUNDING_OF,
    SEAL_HASH_OF,
    SHARE_KEY_OF,
    Call,
)
from wanjia.audit.history import History
from wanjia.audit.loading import ask
from wanjia.audit.meetings import Meeting
from wanjia.audit.reader import ChainReader
from wanjia.domain.coarse import Interval
from wanjia.wsb.form import SIDES
from wanjia.wsb.group import Point
from wanjia.wsb.tally import LEVELS

MOST_MOTIONS = 32
MOST_TRUSTEES = 15


@dataclass(frozen=True, slots=True)
class SecretViews:
    """Answers of one secret meeting's contract and of the board; ``None`` where one refused."""

    context: bytes | None
    seal_hash: bytes | None
    rounding: tuple[int, int] | None
    aggregates: dict[tuple[int, int], tuple[Point, Point, Point] | None]
    """By motion and level."""
    intervals: tuple[tuple[Interval, Interval] | None, ...]
    """By motion: for, against."""
    keys: tuple[bytes, int, int, tuple[int, ...]] | None
    """Hash of the trustees' set, threshold, trustees, both keys' coordinates."""
    share_keys: dict[tuple[int, int], Point | None]
    """By trustee and side."""


def read_secret_views(reader: ChainReader, history: History, meeting: Meeting) -> SecretViews:
    """Ask about one secret meeting."""
    number, board = meeting.number, history.contracts.trustee_board

    def say(contract: str, call: Call, *values: int) -> tuple[Any, ...] | None:
        return ask(reader, history, contract, call, *values) if contract else None

    motions = range(len(meeting.convening.motions[:MOST_MOTIONS]) if meeting.convening else 0)
    context, seal = (say(meeting.contract, call, number) for call in (CONTEXT_OF, SEAL_HASH_OF))
    rounding, keys = say(meeting.contract, ROUNDING_OF, number), say(board, BOARD_KEYS_OF, number)
    trustees = range(1, 1 + (min(keys[2], MOST_TRUSTEES) if keys else 0))
    return SecretViews(
        context=context[0] if context else None,
        seal_hash=seal[0] if seal else None,
        rounding=(rounding[0], rounding[1]) if rounding else None,
        aggregates={
            (motion, level): _points(say(meeting.contract, AGGREGATE_OF, number, motion, level))
            for motion in motions
            for level in range(LEVELS)
        },
        intervals=tuple(_intervals(say(meeting.contract, INTERVAL_OF, number, motion)) for motion in motions),
        keys=(keys[0], keys[1], keys[2], tuple(keys[3])) if keys else None,
        share_keys={
            (trustee, side): (answer[0][0], answer[0][1])
            if (answer := say(board, SHARE_KEY_OF, number, trustee, side))
            else None
            for trustee in trustees
            for side in range(SIDES)
        },
    )


def _points(answer: tuple[Any, ...] | None) -> tuple[Point, Point, Point] | None:
    if answer is None:
        return None
    ax, ay, bx, by, cx, cy = answer[0]
    return (ax, ay), (bx, by), (cx, cy)


def _intervals(answer: tuple[Any, ...] | None) -> tuple[Interval, Interval] | None:
    return (Interval(*answer[0]), Interval(*answer[1])) if answer else None
