"""Reviews as the supervisor reads them: the claim unsealed, beside what of it agrees with the roll."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.identity.claim_models import Claim
from wanjia.identity.claims import opened
from wanjia.identity.matching import compare
from wanjia.identity.review_models import Review, ReviewFile
from wanjia.identity.reviews import own_review
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault

SHOWN = 500


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of the queue, without personal data."""

    id: int
    state: str
    created_at: int
    decided_at: int | None


class ReviewViews:
    """Reads reviews for the supervisor of their community."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def queue(self, supervisor: StaffLogin) -> Sequence[ReviewLine]:
        """Give the community's reviews, the undecided ones first, oldest first."""
        with self._database.read() as session:
            rows = session.scalars(
                select(Review)
                .where(Review.community_id == supervisor.community_id)
                .order_by(Review.decided_at.is_not(None), Review.id)
                .limit(SHOWN)
            )
            return [ReviewLine(row.id, row.state, row.created_at, row.decided_at) for row in rows]

    def read(self, review_id: int, supervisor: StaffLogin) -> dict[str, Any]:
        """Open one review; that it was read is logged. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.write() as session:
            review = own_review(session, review_id, supervisor)
            claim = session.get_one(Claim, review.claim_id)
            details = opened(self._vault, claim)
            log_act(session, supervisor, self._clock(), "review.read", f"review {review.id}")
            return {
                "id": review.id,
                "state": review.state,
                "created_at": review.created_at,
                "decided_at": review.decided_at,
                "claim": asdict(details),
                "agrees": asdict(compare(session, self._vault, claim.community_id, details)),
                "note": self._vault.open(review.note) if review.note else "",
                "answer": self._vault.open(review.answer) if review.answer else "",
                "files": self._files(session, review.id),
            }

    def _files(self, session: Session, review_id: int) -> list[dict[str, Any]]:
        files = session.scalars(
            select(ReviewFile).where(ReviewFile.review_id == review_id).order_by(ReviewFile.number)
        )
        return [{"number": file.number, "media_type": file.media_type, "size": file.size} for file in files]
