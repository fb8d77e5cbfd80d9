"""What a check saw: figures and faults, in Chinese and English side by side."""

from dataclasses import dataclass, field

SHOWN = 5
"""Faults named one by one in a check's detail; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Give the sentence in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


@dataclass(slots=True)
class Saw:
    """Collects what one check sees. A check without faults holds."""

    notes: list[Text] = field(default_factory=list)
    faults: list[Text] = field(default_factory=list)

    def note(self, zh: str, en: str) -> None:
        """Say a figure."""
        self.notes.append(Text(zh, en))

    def fault(self, zh: str, en: str) -> None:
        """Say what is wrong."""
        self.faults.append(Text(zh, en))


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of docs/protocol.md's table, made."""

    id: str
    notes: tuple[Text, ...]
    faults: tuple[Text, ...]

    @property
    def ok(self) -> bool:
        """Whether the check holds."""
        return not self.faults

    def detail(self, language: str) -> str:
        """What was seen, faults first."""
        shown = [one.in_language(language) for one in self.faults[:SHOWN]]
        if (more := len(self.faults) - SHOWN) > 0:
            shown.append(f"and {more} more" if language == "en" else f"另有 {more} 处")
        shown += [one.in_language(language) for one in self.notes]
        return ("; " if language == "en" else "；").join(shown)


def square_metres(area: int) -> str:
    """Write an area of 0.01 m² units in m²: ``98,765.43 m²``."""
    return f"{area // 100:,}.{area % 100:02d} m²"
