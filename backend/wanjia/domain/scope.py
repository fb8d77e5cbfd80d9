"""The part of a community a meeting is for: all of it, or some buildings and entrances (rulebook 2).

The text of a scope is what ``scopeHash`` is taken over (docs/protocol.md): ``*``, or the entries in code point
order joined by commas, an entry being ``building`` or ``building/entrance``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

WHOLE = "*"
RESERVED = "*,/"
"""Characters that a building or an entrance may not contain."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of entries; the empty set stands for the whole community.

    Raises ``ValueError`` for an entry that is empty or holds a reserved character.
    """

    entries: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for entry in self.entries:
            building, slash, entrance = entry.partition("/")
            parts = (building, entrance) if slash else (building,)
            if not all(part.strip() == part and part for part in parts) or any(
                character in part for part in parts for character in RESERVED
            ):
                raise ValueError(f"not a building or building/entrance: {entry!r}")

    @classmethod
    def of(cls, entries: Iterable[str]) -> "Scope":
        """Build a scope of some entries. Raises ``ValueError`` for none at all."""
        scope = cls(frozenset(entries))
        if not scope.entries:
            raise ValueError("a scope of parts names at least one")
        return scope

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Read the text of a scope. Raises ``ValueError`` for one that is not in its canonical form."""
        scope = cls() if text == WHOLE else cls.of(text.split(","))
        if scope.text != text:
            raise ValueError("a scope lists its entries once, in order, without spaces")
        return scope

    @property
    def text(self) -> str:
        """Canonical text: what is hashed and signed."""
        return ",".join(sorted(self.entries)) if self.entries else WHOLE

    def covers(self, building: str, entrance: str) -> bool:
        """Tell whether a unit of that building and entrance belongs to the meeting."""
        return not self.entries or building in self.entries or f"{building}/{entrance}" in self.entries
