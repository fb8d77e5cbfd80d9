"""Claims to be an owner.

Everything must match one acting person of the roll, and the answer never says whether.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.domain.identity_numbers import NumberFault, identity_fault, is_mobile
from wanjia.identity.claim_models import Claim, OneTimeCode
from wanjia.identity.consent import CONSENT_VERSION
from wanjia.identity.limits import DAY, HOUR, Limits
from wanjia.identity.locks import lock_subject
from wanjia.identity.matching import match_acting
from wanjia.identity.sender import CODE_TEXT, CodeSender
from wanjia.identity.tokens import code_hash, new_code, new_token, token_hash
from wanjia.identity.vault import Vault, normalised


@dataclass(frozen=True, slots=True, repr=False)
class ClaimDetails:
    """What somebody says: who they are and which unit is theirs. No repr: it must not reach a log."""

    building: str
    entrance: str
    number: str
    name: str
    id_number: str
    phone: str


class Claims:
    """Takes claims and sends codes for them."""

    def __init__(
        self, database: Database, vault: Vault, sender: CodeSender, limits: Limits, clock: Callable[[], int]
    ) -> None:
        self._database = database
        self._vault = vault
        self._sender = sender
        self._limits = limits
        self._clock = clock

    def open(self, community_slug: str, details: ClaimDetails, consent: str) -> str:
        """Keep a claim, send a code to the roll's phone if all of it matches, and give the claim's token.

        The same rows are written and the same hashes computed whether it matches or not. Raises
        ``Refusal`` for what anyone could see is wrong (form of the numbers, consent, community) and for
        the limits.
        """
        now = self._clock()
        if consent != CONSENT_VERSION:
            raise Refusal("CONSENT_REQUIRED", version=CONSENT_VERSION)
        details = checked(details, now)
        token = new_token()
        with self._database.write() as session:
            community = session.scalar(select(Community).where(Community.slug == community_slug))
            if community is None:
                raise Refusal("NOT_FOUND")
            title = match_acting(session, self._vault, community.id, details)
            claim = Claim(
                token_hash=token_hash(token),
                community_id=community.id,
                owner_id=title.owner_id if title else None,
                title_id=title.id if title else None,
                person_hash=self._vault.lookup(details.id_number),
                phone_hash=self._vault.lookup(details.phone),
                details=self._vault.seal(json.dumps(asdict(details), ensure_ascii=False)),
                consent_version=consent,
                created_at=now,
                expires_at=now + self._limits.claim_seconds,
            )
            session.add(claim)
            session.flush()
            self._send_code(session, claim, token, details.phone, now)
        return token

    def send_again(self, token: str) -> None:
        """Send one more code for a claim; the earlier codes stay good until they expire."""
        now = self._clock()
        with self._database.write() as session:
            claim = live_claim(session, token, now)
            self._send_code(session, claim, token, opened(self._vault, claim).phone, now)

    def _send_code(self, session: Session, claim: Claim, token: str, phone: str, now: int) -> None:
        """Make a code and send it, or only seem to when the claim matches nobody.

        ``phone`` is the claimed one: without a review it is also the roll's, or else the claim did not
        match; after a review the supervisor has checked it.
        """
        self._check_limits(session, claim, now)
        code = new_code()
        session.add(
            OneTimeCode(
                claim_id=claim.id,
                person_hash=claim.person_hash,
                phone_hash=claim.phone_hash,
                code_hash=code_hash(token, code),
                sent_at=now,
                expires_at=now + self._limits.code_seconds,
            )
        )
        text = CODE_TEXT.format(code=code, minutes=self._limits.code_seconds // 60)
        self._sender.send(session, phone, text, withheld=claim.owner_id is None, now=now)

    def _check_limits(self, session: Session, claim: Claim, now: int) -> None:
        for subject in sorted((claim.person_hash, claim.phone_hash)):
            lock_subject(session, subject)
        since = OneTimeCode.sent_at > now - DAY
        for column, value in (
            (OneTimeCode.person_hash, claim.person_hash),
            (OneTimeCode.phone_hash, claim.phone_hash),
        ):
            sent = session.scalar(select(func.count()).where(column == value, since)) or 0
            if sent >= self._limits.codes_a_day:
                raise Refusal("CODE_LIMIT", limit=self._limits.codes_a_day)
        for period, limit in (
            (HOUR, self._limits.codes_an_hour_in_all),
            (DAY, self._limits.codes_a_day_in_all),
        ):
            sent = session.scalar(select(func.count()).where(OneTimeCode.sent_at > now - period)) or 0
            if sent >= limit:
                raise Refusal("TOO_MANY_REQUESTS")


_MAINLAND_NUMBER = re.compile(r"\d{15}|\d{17}[\dX]|.{18}")
_OTHER_NUMBER = re.compile(r"[A-Z0-9()/-]{5,24}")
"""Passports and permits; an 18-character one would be a mistyped mainland number."""


def checked(details: ClaimDetails, now: int) -> ClaimDetails:
    """Bring the numbers to one form and check what needs no roll (GB 11643 checksum, form of the phone)."""
    id_number, phone = normalised(details.id_number), normalised(details.phone).removeprefix("+86")
    if _MAINLAND_NUMBER.fullmatch(id_number):
        fault = identity_fault(id_number, datetime.fromtimestamp(now, UTC).date())
        if fault is not None:
            raise Refusal("IDENTITY_NUMBER_INVALID", fault=fault.value)
    elif not _OTHER_NUMBER.fullmatch(id_number):
        raise Refusal("IDENTITY_NUMBER_INVALID", fault=NumberFault.FORM.value)
    if not is_mobile(phone):
        raise Refusal("PHONE_INVALID")
    return replace(details, name=details.name.strip(), id_number=id_number, phone=phone)


def live_claim(session: Session, token: str, now: int) -> Claim:
    """Find a claim by its token. Raises ``Refusal("CLAIM_UNKNOWN")`` for none and for one that is over."""
    claim = session.scalar(select(Claim).where(Claim.token_hash == token_hash(token)))
    if claim is None or claim.expires_at <= now or claim.details is None:
        raise Refusal("CLAIM_UNKNOWN")
    return claim


def opened(vault: Vault, claim: Claim) -> ClaimDetails:
    """Unseal what was claimed. Raises ``Refusal("CLAIM_UNKNOWN")`` when it was deleted."""
    if claim.details is None:
        raise Refusal("CLAIM_UNKNOWN")
    return ClaimDetails(**json.loads(vault.open(claim.details)))
