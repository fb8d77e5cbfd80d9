"""Forgeries of a recorded chain, each caught by its own named check."""

import copy
from typing import Any

import forgeries_of_ballots  # noqa: F401  importing them is naming them
import forgeries_of_meetings  # noqa: F401
import forgeries_of_offices  # noqa: F401
import pytest
from forging import FORGERIES
from tampering import Tampered

from second_verifier import BothVerifiers
from wanjia.audit.checks import CHECKS

pytestmark = pytest.mark.chain


@pytest.mark.parametrize("name", FORGERIES)
def test_each_forgery_is_caught_by_its_own_check(
    name: str, recording: dict[str, Any], both: BothVerifiers
) -> None:
    """The named check fails for the forgery, in words of both languages; the browser's verifier finds the same."""
    expected, forge = FORGERIES[name]
    forge(Tampered(recording))
    report = both.replay(recording)
    caught = next(check for check in report.checks if check.id == expected)
    assert not caught.ok, f"failing: {[check.id for check in report.checks if not check.ok]}"
    assert caught.detail("zh") != caught.detail("en")
    assert not report.ok


def test_every_check_has_a_forgery() -> None:
    """No check goes untested."""
    assert set(CHECKS) == {check for check, _ in FORGERIES.values()}


def test_which_checks_a_forgery_touches(recorded: dict[str, Any], both: BothVerifiers) -> None:
    """A forgery in a view or a declared event touches that check alone: the others do not echo it."""
    alone = {
        "votes_moved": {"tally.motions"},
        "quorum_denied": {"decision.quorum"},
        "special_matter_passed": {"decision.motions"},
        "other_result_declared": {"result.declared"},
    }
    for name, expected in alone.items():
        tampered = copy.deepcopy(recorded)
        FORGERIES[name][1](Tampered(tampered))
        assert expected == both.failed(tampered), name
