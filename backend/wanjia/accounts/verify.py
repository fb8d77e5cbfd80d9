"""Recomputes the ledger from its rows and names the first entry that is wrong."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wanjia.accounts.chart import Account
from wanjia.accounts.entries import Draft, Sealed, entry_hash, first_previous, reversal_of, words_hash
from wanjia.accounts.ledger import PostedEntry, chart_of, draft_of, entries_of, find_entry
from wanjia.accounts.posting import Head
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. ``wrong`` is the number of the first wrong entry and ``fault`` what is wrong with it.

    Faults: ``number`` (missing or twice), ``previous`` (does not follow the one before), ``changed`` (something of the
    entry differs from its hash), ``words``, ``sum`` (a fund does not balance), ``account`` (unknown), ``reversal``
    (not the mirror image of what it takes back), ``anchor`` (not what was anchored).
    """

    entries: int
    head: bytes
    wrong: int | None = None
    fault: str = ""
    taken_down: int = 0
    """Entries whose words were taken down: their hash stands, the words cannot be checked any more."""

    @property
    def holds(self) -> bool:
        """Tell whether everything holds."""
        return self.wrong is None


def verify_ledger(session: Session, community: Community, anchored: Head | None = None) -> Verdict:
    """Recompute every hash and sum; with an anchored head, also that the ledger still begins with what it stands for.

    Without an anchor, entries cut off at the end are not missed: give the head that was anchored.
    """
    chart = chart_of(session, community.id)
    head, count, taken_down = first_previous(community.registry_address), 0, 0
    for count, posted in enumerate(entries_of(session, community.id), start=1):
        fault = _fault(session, posted, count, head, chart)
        if not fault and anchored and anchored.number == count and anchored.hash != posted.row.hash:
            fault = "anchor"
        if fault:
            return Verdict(count - 1, head, count, fault, taken_down)
        taken_down += posted.salt is None
        head = posted.row.hash
    if anchored and anchored.number > count:
        return Verdict(count, head, count + 1, "anchor", taken_down)
    return Verdict(count, head, taken_down=taken_down)


def _fault(
    session: Session, posted: PostedEntry, number: int, head: bytes, chart: Mapping[str, Account]
) -> str:
    row = posted.row
    if row.number != number:
        return "number"
    if row.previous != head:
        return "previous"
    try:
        draft = posted.draft
    except (ValueError, AttributeError, TypeError):  # a kind or a document that is none
        return "changed"
    if entry_hash(draft, Sealed(row.number, row.at, row.by, row.words_hash, row.previous)) != row.hash:
        return "changed"
    if posted.salt is not None and words_hash(posted.salt, posted.words) != row.words_hash:
        return "words"
    return _sum_fault(draft, chart) or _reversal_fault(session, posted, draft)


def _sum_fault(draft: Draft, chart: Mapping[str, Account]) -> str:
    sums: dict[str, int] = defaultdict(int)
    for posting in draft.postings:
        if posting.account not in chart:
            return "account"
        sums[chart[posting.account].fund] += posting.amount
    return "sum" if any(sums.values()) or not draft.postings else ""


def _reversal_fault(session: Session, posted: PostedEntry, draft: Draft) -> str:
    if draft.reverses is None:
        return ""
    try:
        original = find_entry(session, posted.row.community_id, draft.reverses)
    except Refusal:
        return "reversal"
    mirror = reversal_of(draft_of(session, original, ""), original.number, draft.day, "")
    same = mirror.postings == draft.postings and original.number < posted.row.number
    return "" if same else "reversal"
