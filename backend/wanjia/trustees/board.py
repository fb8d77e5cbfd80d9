"""What a meeting's trustees said on their board so far: a fold over its events, so replaced blocks need no care."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.contracts import trustee_board
from wanjia.chain.interface import Log
from wanjia.index.models import IndexedEvent
from wanjia.wsb.ceremony import COMMIT, DEAL, REVEAL, Run, commit_hash, reveal_hash, transcript_of
from wanjia.wsb.context import Keys, TrusteeSet
from wanjia.wsb.group import Point
from wanjia.wsb.hashing import keccak

Values = Sequence[Any]
"""An event's values in the order docs/secret-ballots.md names them, the meeting left out."""


@dataclass
class KeyRun:
    """One attempt at a meeting's keys; trustees by number, from 1."""

    place: Run
    trustees: TrusteeSet
    commitments: dict[int, tuple[bytes, Point]] = field(default_factory=dict)
    """Commitment and enrolled key."""
    reveals: dict[int, tuple[Point, ...]] = field(default_factory=dict)
    dealings: dict[int, bytes] = field(default_factory=dict)
    approvals: set[int] = field(default_factory=set)
    entries: list[tuple[int, int, bytes]] = field(default_factory=list)
    """The transcript's entries in the order they came."""
    keys: Keys | None = None
    """The meeting's keys, once the last trustee approved."""

    @property
    def transcript(self) -> bytes:
        """What an approval names."""
        return transcript_of(self.place, self.trustees, self.entries)

    @property
    def step(self) -> str:
        """What the run waits for: commit, reveal, deal, approve; or complete."""
        done = {"commit": len(self.commitments), "reveal": len(self.reveals), "deal": len(self.dealings)}
        for name, given in done.items():
            if given < len(self.trustees.accounts):
                return name
        return "complete" if self.keys else "approve"

    def number_of(self, account: str) -> int | None:
        """The trustee's number, or ``None`` for anybody else."""
        accounts = self.trustees.accounts
        return accounts.index(account) + 1 if account in accounts else None


@dataclass(frozen=True, slots=True)
class Restart:
    """Why a run was given up: said by a trustee or, against nobody, by the supervisor."""

    run: int
    """The run that began with it."""
    by: str
    against: int
    """The trustee complained of; 0 nobody."""
    reason_hash: bytes


@dataclass
class Board:
    """Everything the board holds of one meeting."""

    chain_id: int
    address: str
    meeting: int
    proposal: TrusteeSet | None = None
    run: KeyRun | None = None
    """The latest run."""
    restarts: list[Restart] = field(default_factory=list)
    shares: dict[tuple[int, int], list[Point]] = field(default_factory=dict)
    """(stage, trustee) -> the points posted, one an aggregate, in their order."""
    opened: dict[int, dict[int, int]] = field(default_factory=dict)
    """Stage -> number of the aggregate -> value."""

    def take(self, name: str, values: Values) -> None:
        """Take in one event."""
        step = _STEPS.get(name)
        if step is not None:
            step(self, values)

    def begin(self, run: int, trustees: TrusteeSet | None) -> None:
        """Begin a run of these trustees."""
        if trustees is None:
            raise ValueError("a run of trustees nobody proposed")
        self.run = KeyRun(Run(self.chain_id, self.address, self.meeting, run), trustees)


def read_board(session: Session, chain_id: int, community_id: int, address: str, meeting: int) -> Board:
    """Fold the board's events of a meeting, as far as the index has read the chain."""
    board = Board(chain_id, address, meeting)
    rows = session.scalars(
        select(IndexedEvent)
        .where(
            IndexedEvent.community_id == community_id,
            IndexedEvent.contract == "trustee_board",
            IndexedEvent.meeting == meeting,
        )
        .order_by(IndexedEvent.block, IndexedEvent.log_index)
    )
    for row in rows:
        topics = tuple(row.topics[at : at + 32] for at in range(0, len(row.topics), 32))
        log = Log(row.address, topics, row.data, row.block, row.block_hash, row.transaction, row.log_index)
        name, values = trustee_board().decode_event(log)
        board.take(name, list(values.values())[1:])
    return board


def _proposed(board: Board, values: Values) -> None:
    accounts, threshold, _ = values
    board.proposal = TrusteeSet(board.chain_id, board.address, board.meeting, threshold, tuple(accounts))


def _confirmed(board: Board, values: Values) -> None:
    board.begin(values[0], board.proposal)


def _restarted(board: Board, values: Values) -> None:
    board.begin(values[0], _current(board).trustees)
    board.restarts.append(Restart(*values))


def _committed(board: Board, values: Values) -> None:
    run, trustee, (commitment, key) = _current(board), values[1], values[2:]
    run.commitments[trustee] = commitment, _point(key)
    run.entries.append((COMMIT, trustee, commit_hash(commitment, _point(key))))


def _revealed(board: Board, values: Values) -> None:
    run, (_, trustee, coefficients, _) = _current(board), values
    points = points_of(coefficients)
    run.reveals[trustee] = points
    run.entries.append((REVEAL, trustee, reveal_hash(points)))


def _dealt(board: Board, values: Values) -> None:
    run, (_, trustee, shares) = _current(board), values
    run.dealings[trustee] = shares
    run.entries.append((DEAL, trustee, keccak(shares)))


def _approved(board: Board, values: Values) -> None:
    _current(board).approvals.add(values[1])


def _completed(board: Board, values: Values) -> None:
    _current(board).keys = Keys(_point(values[1]), _point(values[2]))


def _posted(board: Board, values: Values) -> None:
    stage, trustee, _, words = values
    posted = [(words[at], words[at + 1]) for at in range(0, len(words), 4)]
    board.shares.setdefault((stage, trustee), []).extend(posted)


def _opened(board: Board, values: Values) -> None:
    stage, first, _, opened = values
    board.opened.setdefault(stage, {}).update(dict(enumerate(opened, start=first)))


_STEPS: Mapping[str, Callable[[Board, Values], None]] = {
    "TrusteesProposed": _proposed,
    "TrusteesConfirmed": _confirmed,
    "KeysRestarted": _restarted,
    "KeysCommitted": _committed,
    "KeysRevealed": _revealed,
    "SharesDealt": _dealt,
    "KeysApproved": _approved,
    "KeysCompleted": _completed,
    "SharesPosted": _posted,
    "SumsOpened": _opened,
}


def _current(board: Board) -> KeyRun:
    if board.run is None:
        raise ValueError("a step of a run that never began")
    return board.run


def _point(coordinates: Sequence[int]) -> Point:
    x, y = coordinates
    return x, y


def points_of(words: Sequence[int]) -> tuple[Point, ...]:
    """Points from their coordinates, two words each."""
    return tuple((words[at], words[at + 1]) for at in range(0, len(words), 2))
