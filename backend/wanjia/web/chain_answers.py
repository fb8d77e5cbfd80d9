"""Answers JSON-RPC calls from the chain: those that may be asked together, all others with their error."""

from typing import Any

from wanjia.chain.reading import AnswerTooLarge, ChainReading, Question, Refused
from wanjia.web.chain_questions import PARAMETERS_INVALID, Unasked, gas_of, question_of

MOST_GAS = 500_000_000
"""That the calls of contracts in one request may use up together."""
LIMIT_EXCEEDED, NODE_REFUSED, REVERTED = -32005, -32603, 3


def answers(reading: ChainReading, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give one JSON-RPC answer a call, in order. Raises ``ChainUnavailable``."""
    checked = [_checked(call) for call in calls]
    asked = [one for one in checked if not isinstance(one, Unasked)]
    if sum(map(gas_of, asked)) > MOST_GAS:
        found: list[Any] = [Unasked(PARAMETERS_INVALID, f"gas of one request is at most {MOST_GAS}")] * len(
            asked
        )
    else:
        found = _found(reading, asked)
    rest = iter(found)
    return [
        {"jsonrpc": "2.0", "id": _id(call), **_told(one if isinstance(one, Unasked) else next(rest))}
        for call, one in zip(calls, checked, strict=True)
    ]


def _checked(call: dict[str, Any]) -> Question | Unasked:
    try:
        return question_of(call)
    except Unasked as error:
        return error


def _found(reading: ChainReading, asked: list[Question]) -> list[Any]:
    try:
        return reading.ask(asked)
    except AnswerTooLarge:
        return [Unasked(LIMIT_EXCEEDED, "the answer is too large: ask for less at once")] * len(asked)


def _told(found: Any) -> dict[str, Any]:
    match found:
        case Unasked():
            return {"error": {"code": found.code, "message": found.text}}
        case Refused(reverted=True):
            data = {"data": "0x" + found.data.hex()} if found.data is not None else {}
            return {"error": {"code": REVERTED, "message": "execution reverted", **data}}
        case Refused():
            return {"error": {"code": NODE_REFUSED, "message": "the node does not answer this question"}}
        case _:
            return {"result": found}


def _id(call: dict[str, Any]) -> str | int | float | None:
    """The id to answer with: nothing that is no id comes back."""
    given = call.get("id")
    return given if isinstance(given, (str, int, float)) and not isinstance(given, bool) else None
