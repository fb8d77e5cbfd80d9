"""The privacy check of a meeting in preparation: its roll's figures, and the document that is frozen with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wanjia.db.community import Community
from wanjia.domain.coarse import rounded
from wanjia.domain.errors import Refusal
from wanjia.domain.scope import WHOLE
from wanjia.meetings.documents import Attachment
from wanjia.privacy.document import DOCUMENT_NAME, Subject, document
from wanjia.privacy.figures import Figures, figures_of
from wanjia.roll.service import areas, last_import


@dataclass(frozen=True, slots=True)
class PrivacyCheck:
    """Figures of the roll in force, and the document that says them."""

    subject: Subject
    figures: Figures
    bars: Sequence[tuple[int, int]]
    """(area in units of 10 m², owners whose area rounds to it), the smallest first: the committee's alone."""
    document: Attachment


def check_privacy(session: Session, community_id: int, scope: str) -> PrivacyCheck:
    """Check the roll in force within a scope, given in its canonical text.

    Raises ``Refusal``: ``SCOPE_INVALID`` where nobody is in it, ``ROLL_SCOPE_UNKNOWN``.
    """
    roll = last_import(session, community_id)
    if roll is None:
        raise Refusal("SCOPE_INVALID", part=WHOLE)
    try:
        voters = areas(session, community_id, scope)
    except ValueError:
        raise Refusal("SCOPE_INVALID", part=scope) from None
    if not voters:
        raise Refusal("SCOPE_INVALID", part=scope)
    figures = figures_of(voters.values())
    subject = Subject(session.get_one(Community, community_id).name, scope, roll.imported_at)
    text = document(subject, figures)
    return PrivacyCheck(
        subject=subject,
        figures=figures,
        bars=bars_of(voters),
        document=Attachment(DOCUMENT_NAME, "text/markdown", text.encode()),
    )


def privacy_document(session: Session, community_id: int, scope: str, shown: bytes | None) -> Attachment:
    """Make the document anew for the roll as it is now.

    Raises ``Refusal("PLAN_PRIVACY_CHANGED")`` where another one was ``shown``, and what ``check_privacy`` refuses.
    """
    made = check_privacy(session, community_id, scope).document
    if shown not in {None, made.hash}:
        raise Refusal("PLAN_PRIVACY_CHANGED")
    return made


def bars_of(voters: Mapping[int, int]) -> Sequence[tuple[int, int]]:
    """Count the owners of each rounded area, given voter index -> area (0.01 m²)."""
    return sorted(Counter(map(rounded, voters.values())).items())
