"""A meeting's board as anyone may read it, and trustees work from it."""

from typing import Any

from wanjia.chain.client import Chain
from wanjia.db.base import Database
from wanjia.meetings.lookup import contract_of, find_meeting
from wanjia.meetings.statements import text_behind
from wanjia.trustees.acts import find_board
from wanjia.trustees.board import Board, KeyRun, Restart
from wanjia.trustees.decryption import Decryption, Stage
from wanjia.trustees.seats import seating_of
from wanjia.wsb.context import Keys, TrusteeSet
from wanjia.wsb.group import encode


class BoardViews:
    """Reads boards."""

    def __init__(self, database: Database, chain: Chain) -> None:
        self._database = database
        self._decryption = Decryption(chain)

    def board(self, slug: str, number: int) -> dict[str, Any]:
        """Give who the trustees are, how far the ceremony is, and which sums wait for shares.

        Raises ``Refusal("NOT_FOUND")`` for an open meeting, ``ChainUnavailable``.
        """
        with self._database.read() as session:
            community, meeting = find_meeting(session, slug, number)
            _, board = find_board(session, slug, number)
            contract = contract_of(community, meeting.ballots)
            seating = seating_of(session, community.id, number)
            restarts = [_restart(one, text_behind(session, one.reason_hash)) for one in board.restarts]
        stage = self._decryption.stage(contract.address, meeting, board)
        return {
            "chain_id": board.chain_id,
            "board": board.address,
            "meeting": number,
            "threshold": seating.threshold,
            "seats": [
                {"seat": one.seat, "label": one.label, "account": one.account} for one in seating.seats
            ],
            "proposal": _trustees(board.proposal) if board.proposal else None,
            "run": _run(board.run) if board.run else None,
            "restarts": restarts,
            "context": _hex(meeting.context) if meeting.context else None,
            "seal_hash": _hex(meeting.seal_hash) if meeting.seal_hash else None,
            "stage": _stage(board, stage) if stage else None,
        }


def _run(run: KeyRun) -> dict[str, Any]:
    return {
        "run": run.place.run,
        **_trustees(run.trustees),
        "step": run.step,
        "transcript": _hex(run.transcript),
        "entries": [{"step": step, "trustee": trustee} for step, trustee, _ in run.entries],
        "trustees": [_trustee(run, number) for number in range(1, len(run.trustees.accounts) + 1)],
        "keys": _keys(run.keys) if run.keys else None,
    }


def _restart(restart: Restart, reason: str | None) -> dict[str, Any]:
    return {
        "run": restart.run,
        "by": restart.by,
        "against": restart.against,
        "reason_hash": _hex(restart.reason_hash),
        "reason": reason,
    }


def _trustee(run: KeyRun, number: int) -> dict[str, Any]:
    commitment, key = run.commitments.get(number, (None, None))
    coefficients, dealt = run.reveals.get(number), run.dealings.get(number)
    return {
        "trustee": number,
        "account": run.trustees.accounts[number - 1],
        "commitment": _hex(commitment) if commitment else None,
        "encryption_key": _hex(encode(key)) if key else None,
        "coefficients": [_hex(encode(point)) for point in coefficients] if coefficients else None,
        "shares": _hex(dealt) if dealt is not None else None,
        "approved": number in run.approvals,
    }


def _stage(board: Board, stage: Stage) -> dict[str, Any]:
    values = board.opened.get(stage.number, {})
    return {
        "stage": stage.number,
        "aggregates": [
            {
                "motion": aggregate.motion,
                "level": aggregate.level,
                "side": aggregate.side,
                "a": _hex(encode(a)),
                "b": _hex(encode(b)),
                "value": values.get(at),
            }
            for at, (aggregate, (a, b)) in enumerate(zip(stage.aggregates, stage.pairs, strict=True))
        ],
        "posted": [
            {"trustee": trustee, "shares": len(points)}
            for (number, trustee), points in sorted(board.shares.items())
            if number == stage.number
        ],
    }


def _trustees(trustees: TrusteeSet) -> dict[str, Any]:
    return {
        "accounts": list(trustees.accounts),
        "threshold": trustees.threshold,
        "trustee_set_hash": _hex(trustees.hash),
    }


def _keys(keys: Keys) -> dict[str, str]:
    return {"in_favour": _hex(encode(keys.in_favour)), "against": _hex(encode(keys.against))}


def _hex(value: bytes) -> str:
    return "0x" + value.hex()
