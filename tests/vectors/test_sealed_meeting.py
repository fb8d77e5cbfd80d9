"""The recorded meeting that the trustee's tests decrypt.

``WANJIA_WRITE_VECTORS=1`` holds it anew: after every change of the contracts' code.
"""

import json
import os
from typing import Any

import pytest
import sealed_meeting
from wsb_writing import FOLDER

from wanjia.audit.reader import RecordedReader
from wanjia.audit.running import audit

FILE = FOLDER / "sealed-meeting.json"


@pytest.fixture(scope="module")
def held() -> dict[str, Any]:
    """What the file says."""
    if os.environ.get("WANJIA_WRITE_VECTORS"):
        FILE.write_text(json.dumps(sealed_meeting.build(), separators=(",", ":")) + "\n", encoding="utf-8")
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def test_the_recorded_meeting_is_of_this_release(held: dict[str, Any]) -> None:
    """Every check holds of a sealed meeting before its result: a trustee need not let one off."""
    report = audit(RecordedReader(held["sealed"]), held["sealed"]["registry"])
    assert [] == [f"{check.id}: {check.detail('en')}" for check in report.checks if not check.ok]
    (meeting,) = report.result["meetings"]
    assert (sealed_meeting.VOTERS, False) == (meeting["ballots"]["counted"], meeting["declared"])
