"""Entries and their hashes: what is posted, what makes it right, what binds it to the one before (docs/accounts.md)."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from eth_utils import keccak

from wanjia.accounts.chart import Account, EntryKind
from wanjia.domain.errors import Refusal

SALT_BYTES: Final = 32
HASH_BYTES: Final = 32
MAX_POSTINGS: Final = 50_000
MAX_WORDS: Final = 500
MAX_REFERENCE: Final = 64
MAX_DOCUMENTS: Final = 20
MAX_AMOUNT: Final = 10**15
"""Fen: ten trillion yuan."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A unit by its address in the roll, or a building (the rest empty), or neither."""

    building: str = ""
    entrance: str = ""
    number: str = ""

    @property
    def is_unit(self) -> bool:
        """Tell whether it names one unit."""
        return bool(self.number)


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: fen to an account, debit positive."""

    account: str
    amount: int
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be posted.

    ``documents`` are salted hashes of what proves it, and ``payment`` is the id of the ``FundLedger`` payment it
    enters: both as docs/funds.md says, so that the chain's and the bank's side of one payment meet here.
    """

    day: date
    kind: EntryKind
    words: str
    postings: tuple[Posting, ...]
    reference: str = ""
    documents: tuple[bytes, ...] = ()
    reverses: int | None = None
    payment: bytes | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """What of an entry is hashed besides its draft; ``words`` is the salted hash of its words."""

    number: int
    at: int
    by: int
    words: bytes
    previous: bytes


def check_draft(draft: Draft, chart: Mapping[str, Account]) -> None:
    """Check an entry before it is posted. Raises ``Refusal`` with the first thing wrong."""
    if len(draft.postings) < 2 or len(draft.postings) > MAX_POSTINGS:  # noqa: PLR2004  one side is no entry
        raise Refusal("ENTRY_POSTINGS", limit=MAX_POSTINGS)
    if not draft.words.strip() or len(draft.words) > MAX_WORDS:
        raise Refusal("ENTRY_WORDS", limit=MAX_WORDS)
    if len(draft.reference) > MAX_REFERENCE or len(draft.documents) > MAX_DOCUMENTS:
        raise Refusal("ENTRY_REFERENCE", limit=MAX_REFERENCE, documents=MAX_DOCUMENTS)
    if any(len(each) != HASH_BYTES for each in (*draft.documents, draft.payment or bytes(HASH_BYTES))):
        raise ValueError("a document and a payment are given by 32 bytes each")
    for fund, left in _sums(draft, chart).items():
        if left:
            raise Refusal("ENTRY_UNBALANCED", fund=fund, left=yuan(left))


def _sums(draft: Draft, chart: Mapping[str, Account]) -> dict[str, int]:
    """Add up an entry fund by fund while its postings are checked one by one."""
    sums: dict[str, int] = defaultdict(int)
    for posting in draft.postings:
        account = chart.get(posting.account)
        if account is None:
            raise Refusal("ENTRY_ACCOUNT_UNKNOWN", account=posting.account)
        if account.by_unit and not posting.place.is_unit:
            raise Refusal("ENTRY_UNIT_NEEDED", account=posting.account)
        if posting.amount == 0 or abs(posting.amount) > MAX_AMOUNT:
            raise Refusal("ENTRY_AMOUNT", account=posting.account)
        sums[account.fund] += posting.amount
    return sums


def reversal_of(draft: Draft, number: int, day: date, words: str) -> Draft:
    """Turn every posting of entry ``number`` round."""
    turned = tuple(Posting(each.account, -each.amount, each.place) for each in draft.postings)
    return Draft(
        day, EntryKind.REVERSAL, words, turned, draft.reference, draft.documents, number, draft.payment
    )


def record(draft: Draft, sealed: Sealed) -> str:
    """Write an entry the one way it is hashed: JSON, sorted keys, no spaces, characters as they are."""
    fields = {
        "at": sealed.at,
        "by": sealed.by,
        "day": draft.day.isoformat(),
        "documents": ["0x" + each.hex() for each in draft.documents],
        "kind": draft.kind.value,
        "number": sealed.number,
        "payment": None if draft.payment is None else "0x" + draft.payment.hex(),
        "postings": [[each.account, *_parts(each.place), each.amount] for each in draft.postings],
        "previous": "0x" + sealed.previous.hex(),
        "reference": draft.reference,
        "reverses": draft.reverses,
        "words": "0x" + sealed.words.hex(),
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(draft: Draft, sealed: Sealed) -> bytes:
    """``keccak256(utf8(record))``: with ``previous`` inside, the last hash stands for all entries."""
    return keccak(record(draft, sealed).encode())


def words_hash(salt: bytes, words: str) -> bytes:
    """``keccak256(salt || utf8(words))``: words can be taken down without breaking the chain of hashes."""
    return keccak(salt + words.encode())


def first_previous(registry: str) -> bytes:
    """What stands before a community's first entry: ``keccak256("wanjia/accounts/1:" + registry address)``."""
    return keccak(f"wanjia/accounts/1:{registry}".encode())


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


def _parts(place: Place) -> tuple[str, str, str]:
    return place.building, place.entrance, place.number
