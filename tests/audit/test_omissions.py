"""Nothing that matters can be left out or answered otherwise without a check that fails."""

import copy
from typing import Any

import pytest
from tampering import Tampered

from second_verifier import BothVerifiers
from wanjia.audit.abi import EVENTS, SUMMARY_OF

pytestmark = pytest.mark.chain

HARMLESS = {"Initialized", "Anchored", "RegistrationSkipped"}
"""Events that change no key, no office, no ballot and no result."""


def test_no_event_can_be_hidden(recorded: dict[str, Any], both: BothVerifiers) -> None:
    """Each event left out alone fails a check, save those that change nothing."""
    unnoticed = []
    for name in sorted({event.name for event in EVENTS.values()} - HARMLESS):
        for at, log in enumerate(Tampered(recorded).logs(name)):
            tampered = Tampered(copy.deepcopy(recorded))
            tampered.drop(tampered.logs(name)[at])
            if not both.failed(tampered.recording):
                unnoticed.append((name, tampered.args(log).get("voter")))
    # The approvals of two changes that were stopped afterwards: what was stopped may as well never have been approved.
    assert [("KeyChangeApproved", 6), ("KeyChangeApproved", 7)] == unnoticed


def test_no_answer_of_a_contract_can_differ(recorded: dict[str, Any], both: BothVerifiers) -> None:
    """One bit changed in any word that a contract answered fails a check."""
    asked = 0
    for contract, answers in recorded["calls"].items():
        for question, answer in answers.items():
            for last in range(65, len(answer or ""), 64):
                asked += 1
                tampered = copy.deepcopy(recorded)
                flipped = answer[:last] + format(int(answer[last], 16) ^ 1, "x") + answer[last + 1 :]
                tampered["calls"][contract][question] = flipped
                assert both.failed(tampered), f"word {last // 64} of {question[:10]}"
    assert asked > len(SUMMARY_OF.outputs[0].split(","))
