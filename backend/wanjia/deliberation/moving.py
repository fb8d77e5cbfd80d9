"""Moves a concern by one step, with its entry and its next term: whoever takes the step, residents, the grid, the rule."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from wanjia.deliberation.entries import Author, add_entry
from wanjia.deliberation.models import Concern, ConcernEntry
from wanjia.deliberation.photos import Photo
from wanjia.domain.concerns import (
    RATING_TERM,
    ConcernState,
    Level,
    Step,
    above,
    next_state,
    term,
)
from wanjia.identity.vault import Vault

_KINDS: Final = {
    Step.TAKE: "taken",
    Step.NOTE: "note",
    Step.ANSWER: "answer",
    Step.CLIMB: "climbed",
    Step.RATE_SETTLED: "settled",
    Step.RATE_UNSETTLED: "unsettled",
    Step.WITHDRAW: "withdrawn",
    Step.LAPSE: "lapsed",
}


def move(
    session: Session,
    vault: Vault,
    concern: Concern,
    step: Step,
    author: Author,
    now: int,
    *,
    text: str = "",
    photos: Sequence[Photo] = (),
) -> ConcernEntry:
    """Take a step on a concern whose row is held.

    Raises ``Refusal``: ``CONCERN_NOT_NOW``, ``CONCERN_AT_TOP``.
    """
    state = next_state(ConcernState(concern.state), step)
    if step is Step.CLIMB or (step is Step.RATE_UNSETTLED and concern.level < Level.CENTRE):
        concern.level = above(Level(concern.level))
    concern.state = state
    if step is Step.TAKE:
        concern.taken_by = author.staff_id
    elif step in (Step.CLIMB, Step.RATE_UNSETTLED):
        concern.taken_by = None
        concern.due_at = now + term(Level(concern.level), urgent=concern.urgent)
    elif step is Step.ANSWER:
        concern.first_answer_at = concern.first_answer_at or now
        concern.due_at = now + RATING_TERM
    elif state in (ConcernState.CLOSED, ConcernState.WITHDRAWN):
        concern.due_at, concern.ended_at = None, now
    return add_entry(session, vault, concern, _KINDS[step], author, now, text=text, photos=photos)
