"""The adopted keys of a secret meeting, ready to check its ballots with."""

from wanjia.index.models import IndexedMeeting
from wanjia.wsb.context import Keys
from wanjia.wsb.form import Form
from wanjia.wsb.group import read_point


def form_of(meeting: IndexedMeeting) -> Form | None:
    """Give the form of a secret meeting's ballots, or ``None`` of an open one or while keys are missing."""
    if meeting.ballots != "secret" or meeting.context is None or meeting.keys is None:
        return None
    sides = (meeting.keys["in_favour"], meeting.keys["against"])
    return Form(
        meeting.context,
        Keys(*(read_point(bytes.fromhex(side.removeprefix("0x"))) for side in sides)),
        tuple((motion["group"], motion["cap"]) for motion in meeting.convening["motions"]),
    )
