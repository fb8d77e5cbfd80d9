"""From the right code to a log-in: tries are counted before anything is compared, and survive a refusal."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.identity.claim_models import Claim, CodeTry, OneTimeCode
from wanjia.identity.claims import live_claim
from wanjia.identity.evidence import record_evidence
from wanjia.identity.limits import DAY, HOUR, Limits
from wanjia.identity.sessions import open_owner_session
from wanjia.identity.tokens import code_hash
from wanjia.identity.vault import Vault


@dataclass(frozen=True, slots=True)
class _Tried:
    """Outcome of one try: a session's token, or the refusal to raise once the try is committed."""

    session_token: str | None
    refusal: Refusal | None


class Entry:
    """Checks codes and opens sessions."""

    def __init__(self, database: Database, vault: Vault, limits: Limits, clock: Callable[[], int]) -> None:
        self._database = database
        self._vault = vault
        self._limits = limits
        self._clock = clock

    def enter(self, token: str, code: str) -> str:
        """Try a code for a claim; give the token of the owner's new session.

        Raises ``Refusal``: ``CODE_WRONG`` with the tries left, ``CODE_LOCKED`` when there are none,
        ``CODE_EXPIRED`` when no code is live, ``CLAIM_UNKNOWN``, ``TOO_MANY_REQUESTS``. The same for
        claims that match nobody.
        """
        with self._database.write() as session:
            outcome = self._try(session, token, code)
        if outcome.refusal is not None:
            raise outcome.refusal
        if outcome.session_token is None:
            raise AssertionError("a try without refusal opens a session")
        return outcome.session_token

    def _try(self, session: Session, token: str, code: str) -> _Tried:
        now = self._clock()
        claim = live_claim(session, token, now)
        self._check_guessing(session, now)
        unexpired = (
            OneTimeCode.claim_id == claim.id,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > now,
        )
        counted = session.execute(
            update(OneTimeCode)
            .where(*unexpired, OneTimeCode.tries < self._limits.tries_a_code)
            .values(tries=OneTimeCode.tries + 1)
            .returning(OneTimeCode.id, OneTimeCode.code_hash, OneTimeCode.tries)
        ).all()
        this = CodeTry(claim_id=claim.id, live=claim.owner_id is not None and bool(counted), at=now)
        session.add(this)
        if not counted:
            spent = session.scalar(select(func.count()).where(*unexpired)) or 0
            return _Tried(None, Refusal("CODE_LOCKED" if spent else "CODE_EXPIRED"))
        given = code_hash(token, code)
        right = [row.id for row in counted if hmac.compare_digest(row.code_hash, given)]
        if not right or claim.owner_id is None or not self._use(session, right, now):
            left = max(self._limits.tries_a_code - row.tries for row in counted)
            return _Tried(None, Refusal("CODE_WRONG", left=left))
        this.live = False  # no guess: hundreds of owners may log in within the hour a meeting opens
        return _Tried(self._open(session, claim, claim.owner_id, now), None)

    def _use(self, session: Session, codes: list[int], now: int) -> bool:
        """Use up a code; of two at the same time one succeeds."""
        used = session.execute(
            update(OneTimeCode)
            .where(OneTimeCode.id.in_(codes), OneTimeCode.used_at.is_(None))
            .values(used_at=now)
            .returning(OneTimeCode.id)
        ).all()
        return bool(used)

    def _open(self, session: Session, claim: Claim, owner_id: int, now: int) -> str:
        record_evidence(session, self._vault, claim, owner_id, now)
        return open_owner_session(session, claim.id, now, self._limits.session_seconds)

    def _check_guessing(self, session: Session, now: int) -> None:
        for period, limit in ((HOUR, self._limits.wrong_an_hour), (DAY, self._limits.wrong_a_day)):
            tried = session.scalar(
                select(func.count()).where(CodeTry.live.is_(True), CodeTry.at > now - period)
            )
            if (tried or 0) >= limit:
                raise Refusal("TOO_MANY_REQUESTS")
