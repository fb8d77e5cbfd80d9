"""Codes of secret ballots: the operator countersigns a ballot's hash before its owner casts or checks it.

Cast as intended, a Benaloh challenge (docs/secret-ballots.md): whoever shows a code first and decides afterwards
cannot show another ballot for it. Nothing is kept: the signature itself proves that the ballot was shown.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from wanjia.chain.eip712 import ballot_code_digest
from wanjia.chain.signing import KeptKey, SignatureError, address_of, recover_signer
from wanjia.db.base import Database
from wanjia.domain.errors import Refusal
from wanjia.index.models import IndexedRoll
from wanjia.intake.facts import FactsCache, MeetingFacts


@dataclass(frozen=True, slots=True)
class ShownCode:
    """The operator's word that the ballot with this hash existed at ``shown_at`` (chain time, UTC seconds)."""

    shown_at: int
    operator: str
    signature: bytes


class BallotCodes:
    """Countersigns with the operator's key, and knows its own countersignature again."""

    def __init__(
        self,
        database: Database,
        *,
        operator_key: str,
        margin: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        key = bytes.fromhex(operator_key.removeprefix("0x"))
        self._database = database
        self._facts = FactsCache(database)
        self._key = KeptKey(key)
        self._margin = margin
        self._clock = clock
        self.operator = address_of(key)

    def sign(self, slug: str, meeting: int, voter: int, ballot_hash: bytes) -> ShownCode:
        """Countersign a hash for a voter on the roll of an open secret meeting. Raises a ``BALLOT_*`` refusal."""
        facts = self.facts(slug, meeting)
        shown_at = self.now(facts)
        facts.require_open(shown_at, self._margin)
        with self._database.read() as session:
            if session.get(IndexedRoll, (facts.community_id, meeting, voter)) is None:
                raise Refusal("BALLOT_NOT_ON_ROLL")
        digest = _digest(facts, voter, ballot_hash, shown_at)
        return ShownCode(shown_at, self.operator, self._key.sign(digest))

    def require_shown(
        self, facts: MeetingFacts, voter: int, ballot_hash: bytes, shown_at: int, signature: bytes
    ) -> None:
        """Raise ``OPENING_NOT_SHOWN`` unless the signature is this operator's over exactly this ballot."""
        try:
            signer = recover_signer(_digest(facts, voter, ballot_hash, shown_at), signature)
        except SignatureError:
            raise Refusal("OPENING_NOT_SHOWN") from None
        if signer != self.operator:
            raise Refusal("OPENING_NOT_SHOWN")

    def facts(self, slug: str, meeting: int) -> MeetingFacts:
        """Give a secret meeting's facts. Raises ``BALLOT_MEETING_UNKNOWN``, ``BALLOT_KIND_WRONG``."""
        facts = self._facts.of(slug, meeting)
        if facts.row.ballots != "secret":
            raise Refusal("BALLOT_KIND_WRONG")
        return facts

    def now(self, facts: MeetingFacts) -> int:
        """Chain time."""
        return int(self._clock()) + facts.clock_offset


def _digest(facts: MeetingFacts, voter: int, ballot_hash: bytes, shown_at: int) -> bytes:
    return ballot_code_digest(facts.chain_id, facts.contract, facts.meeting, voter, ballot_hash, shown_at)
