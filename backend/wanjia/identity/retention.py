"""What identity need not keep any longer is destroyed (PIPL 19): codes, messages, claims that came to nothing."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from wanjia.identity.claim_models import AddressedMessage, Claim, CodeTry, OneTimeCode
from wanjia.identity.limits import DAY
from wanjia.identity.proof_models import LoginSession
from wanjia.identity.review_models import Review

KEPT = 2 * DAY
"""Longer than any limit looks back."""


def sweep(session: Session, now: int) -> None:
    """Delete old codes, tries, messages and sessions; empty what was claimed once a claim is over.

    Claims that went to review stay whole: they may be evidence until the end of the next committee's term.
    """
    before = now - KEPT
    session.execute(delete(AddressedMessage).where(AddressedMessage.created_at < before))
    session.execute(delete(CodeTry).where(CodeTry.at < before))
    session.execute(delete(OneTimeCode).where(OneTimeCode.sent_at < before))
    session.execute(delete(LoginSession).where(LoginSession.expires_at < before))
    session.execute(
        update(Claim)
        .where(
            Claim.expires_at < before,
            Claim.details.is_not(None),
            Claim.id.not_in(select(Review.claim_id)),
        )
        .values(details=None)
    )
