"""Claims that did not match: their claimants send evidence, the supervisor of the community judges it."""

from collections.abc import Callable, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.claim_models import Claim
from wanjia.identity.claims import live_claim, opened
from wanjia.identity.files import EvidenceFile, recognised
from wanjia.identity.limits import DAY, Limits
from wanjia.identity.matching import acting_titles, find_owner
from wanjia.identity.review_models import Review, ReviewFile
from wanjia.identity.sender import APPROVED_TEXT, REFUSED_TEXT, CodeSender
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.staff_log import log_act
from wanjia.identity.vault import Vault

PENDING, APPROVED, REFUSED = "pending", "approved", "refused"


class Reviews:
    """Takes evidence from claimants and decisions from supervisors."""

    def __init__(
        self, database: Database, vault: Vault, sender: CodeSender, limits: Limits, clock: Callable[[], int]
    ) -> None:
        self._database = database
        self._vault = vault
        self._sender = sender
        self._limits = limits
        self._clock = clock

    def ask(self, token: str, note: str, contents: Sequence[bytes]) -> None:
        """Send a claim to the supervisor with its evidence, whether or not it matched.

        Raises ``Refusal``: ``CLAIM_UNKNOWN``, ``REVIEW_EXISTS``, ``TOO_MANY_REQUESTS``, and what is wrong with
        the files.
        """
        now = self._clock()
        files = recognised(contents)
        sealed = [self._vault.seal_bytes(file.content) for file in files]
        with self._database.write() as session:
            claim = live_claim(session, token, now)
            if session.scalar(select(Review.id).where(Review.claim_id == claim.id)) is not None:
                raise Refusal("REVIEW_EXISTS")
            self._check_limits(session, claim, now)
            review = Review(
                claim_id=claim.id,
                community_id=claim.community_id,
                state=PENDING,
                note=self._vault.seal(note),
                created_at=now,
            )
            session.add(review)
            session.flush()
            for number, (file, content) in enumerate(zip(files, sealed, strict=True), start=1):
                session.add(
                    ReviewFile(
                        review_id=review.id,
                        number=number,
                        media_type=file.media_type,
                        size=len(file.content),
                        content=content,
                    )
                )
            claim.expires_at = now + self._limits.review_seconds

    def _check_limits(self, session: Session, claim: Claim, now: int) -> None:
        """Bound what made-up claims can put before one supervisor and on the disk."""
        reviews = select(func.count()).select_from(Review).join(Claim, Claim.id == Review.claim_id)
        of_this_community = reviews.where(Review.community_id == claim.community_id, Review.state == PENDING)
        if (session.scalar(of_this_community) or 0) >= self._limits.reviews_waiting:
            raise Refusal("TOO_MANY_REQUESTS")
        for column, value in ((Claim.person_hash, claim.person_hash), (Claim.phone_hash, claim.phone_hash)):
            today = session.scalar(reviews.where(column == value, Review.created_at > now - DAY)) or 0
            if today >= self._limits.reviews_a_day:
                raise Refusal("TOO_MANY_REQUESTS")

    def state(self, token: str) -> tuple[str, str]:
        """Give a claim's review as its claimant sees it: "none" or the state, and the supervisor's words."""
        with self._database.read() as session:
            claim = live_claim(session, token, self._clock())
            review = session.scalar(select(Review).where(Review.claim_id == claim.id))
            if review is None:
                return "none", ""
            return review.state, self._vault.open(review.answer) if review.answer else ""

    def approve(self, review_id: int, supervisor: StaffLogin, note: str) -> None:
        """Accept a claim: its claimant may then ask for a code to the phone they gave, which a person has checked.

        Raises ``Refusal``: ``NOT_FOUND`` (also for another community's), ``REVIEW_DECIDED``,
        ``REVIEW_UNIT_UNKNOWN`` when the roll has no such unit or nobody who acts for its owner.
        """
        now = self._clock()
        with self._database.write() as session:
            claim = self._decide(session, review_id, supervisor, APPROVED, note, now)
            details = opened(self._vault, claim)
            owner = find_owner(session, claim.community_id, details)
            acting = acting_titles(session, owner.id) if owner else []
            if owner is None or not acting:
                raise Refusal("REVIEW_UNIT_UNKNOWN")
            claim.owner_id, claim.title_id = owner.id, acting[0].id
            claim.person_hash = acting[0].id_number_key
            self._sender.send(session, details.phone, APPROVED_TEXT, withheld=False, now=now)

    def refuse(self, review_id: int, supervisor: StaffLogin, note: str) -> None:
        """Turn a claim down; its claimant reads the note. Raises as ``approve``."""
        now = self._clock()
        with self._database.write() as session:
            claim = self._decide(session, review_id, supervisor, REFUSED, note, now)
            phone = opened(self._vault, claim).phone
            self._sender.send(session, phone, REFUSED_TEXT, withheld=False, now=now)

    def _decide(
        self, session: Session, review_id: int, supervisor: StaffLogin, state: str, note: str, now: int
    ) -> Claim:
        review = own_review(session, review_id, supervisor)
        decided = session.execute(
            update(Review)
            .where(Review.id == review.id, Review.state == PENDING)
            .values(
                state=state, answer=self._vault.seal(note), decided_by=supervisor.staff_id, decided_at=now
            )
            .returning(Review.id)
        ).all()
        if not decided:
            raise Refusal("REVIEW_DECIDED")
        log_act(session, supervisor, now, f"review.{state}", f"review {review.id}")
        claim = session.get(Claim, review.claim_id)
        if claim is None or claim.details is None:
            raise Refusal("NOT_FOUND")
        claim.expires_at = now + self._limits.review_seconds
        return claim

    def file(self, review_id: int, number: int, supervisor: StaffLogin) -> EvidenceFile:
        """Open one evidence file (from 1); who looked at it is logged. Raises ``Refusal("NOT_FOUND")``."""
        with self._database.write() as session:
            review = own_review(session, review_id, supervisor)
            file = session.scalar(
                select(ReviewFile).where(ReviewFile.review_id == review.id, ReviewFile.number == number)
            )
            if file is None or file.content is None:
                raise Refusal("NOT_FOUND")
            log_act(
                session, supervisor, self._clock(), "review.file", f"review {review.id} file {file.number}"
            )
            return EvidenceFile(file.media_type, self._vault.open_bytes(file.content))


def own_review(session: Session, review_id: int, supervisor: StaffLogin) -> Review:
    """Find a review of the supervisor's own community. Raises ``Refusal("NOT_FOUND")``."""
    review = session.get(Review, review_id)
    if review is None or review.community_id != supervisor.community_id:
        raise Refusal("NOT_FOUND")
    return review
