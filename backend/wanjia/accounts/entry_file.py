"""An entry as a person writes it down: JSON with sums in yuan, spelt out or to be shared by area."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wanjia.accounts.chart import EntryKind
from wanjia.accounts.entries import Draft, Place, Posting
from wanjia.accounts.sharing import areas_in, shared
from wanjia.accounts.statements.amounts import fen
from wanjia.domain.errors import Refusal
from wanjia.roll.service import find_unit

_FIELDS = frozenset({"day", "kind", "words", "reference", "payment", "documents", "postings", "share"})
_KINDS = frozenset(EntryKind) - {EntryKind.REVERSAL}


def draft_from_json(session: Session, community_id: int, text: str) -> Draft:
    """Read an entry (docs/accounts.md). Raises ``Refusal("ENTRY_FILE")`` naming the field that is wrong.

    Units are looked up on the roll, so that a misspelt address does not become a unit of its own.
    """
    try:
        given = json.loads(text)
    except ValueError:
        raise Refusal("ENTRY_FILE", field="JSON") from None
    if not isinstance(given, dict) or set(given) - _FIELDS or ("postings" in given) == ("share" in given):
        raise Refusal("ENTRY_FILE", field="postings / share")
    day = _field(given, "day", date.fromisoformat)
    kind = _field(given, "kind", EntryKind)
    if kind not in _KINDS:
        raise Refusal("ENTRY_FILE", field="kind")
    words = _field(given, "words", _text)
    if "share" in given:
        postings = _field(given, "share", lambda share: _shared(session, community_id, share))
    else:
        postings = _field(
            given, "postings", lambda rows: tuple(_posting(session, community_id, row) for row in rows)
        )
    return Draft(
        day,
        kind,
        words,
        postings,
        _field(given, "reference", _text, ""),
        _field(given, "documents", lambda each: tuple(map(_hash, each)), ()),
        None,
        _field(given, "payment", _hash, None),
    )


def _field(given: dict[str, Any], name: str, read: Callable[[Any], Any], missing: Any = ...) -> Any:
    if name not in given and missing is not ...:
        return missing
    try:
        return read(given[name])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refusal("ENTRY_FILE", field=name) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _hash(value: Any) -> bytes:
    found = bytes.fromhex(_text(value).removeprefix("0x"))
    if len(found) != 32:  # noqa: PLR2004  keccak256, or an id
        raise ValueError
    return found


def _yuan(value: Any) -> int:
    amount = fen(_text(value))
    if amount is None:
        raise ValueError
    return amount


def _posting(session: Session, community_id: int, row: dict[str, Any]) -> Posting:
    if set(row) - {"account", "yuan", "building", "entrance", "number"}:
        raise ValueError
    address = [_text(row.get(part, "")) for part in ("building", "entrance", "number")]
    place = Place(*address)
    if place.is_unit:
        unit = find_unit(session, community_id, *address)
        if unit is None:
            raise ValueError
        place = Place(unit.building, unit.entrance, unit.number)
    return Posting(_text(row["account"]), _yuan(row["yuan"]), place)


def _shared(session: Session, community_id: int, share: dict[str, Any]) -> tuple[Posting, ...]:
    if set(share) - {"bank", "yuan", "scope"}:
        raise ValueError
    weights = areas_in(session, community_id, _text(share.get("scope", "*")))
    made = shared(EntryKind.COST, date.min, "-", _text(share["bank"]), _yuan(share["yuan"]), weights)
    return made.postings
