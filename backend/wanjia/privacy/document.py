"""The privacy check as a document of its meeting: Chinese, English, and the figures for programs.

The same roll gives the same bytes, so that whoever signs can compare what was shown with what is frozen.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from string import Template
from typing import Final

from wanjia.domain.scope import WHOLE
from wanjia.privacy import judging
from wanjia.privacy.figures import Figures, Lone, Two

DOCUMENT_NAME: Final = "保密检查.md"
FORMAT: Final = "wanjia-privacy-1"
LANGUAGES: Final = ("zh-CN", "en")
FOR_PROGRAMS: Final = "# 供程序核对的数字 / The figures once more, for programs\n"
_CHINA = timedelta(hours=8)
_BLOCK = re.compile(r"```json\n(.+?)\n```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose roll was checked, for which part of the community, and from when it is (UTC seconds)."""

    community: str
    scope: str
    roll_at: int


def document(subject: Subject, figures: Figures) -> str:
    """Write the document: Markdown."""
    parts = [report(subject, figures, language) for language in LANGUAGES]
    said = json.dumps({"format": FORMAT, **asdict(figures)})
    return "\n".join([*parts, FOR_PROGRAMS, f"```json\n{said}\n```", ""])


def read_back(text: str) -> Figures | None:
    """Read the figures out of a document; ``None`` for any other text."""
    found = _BLOCK.search(text)
    try:
        said = json.loads(found[1]) if found else {}
        if said.pop("format", "") != FORMAT:
            return None
        said |= {name: Lone(**said[name]) for name in _LONE}
        figures = Figures(**said | {"two": Two(**said["two"]), "crowds": tuple(said["crowds"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return figures if _whole(asdict(figures)) else None


_LONE = ("rounded_all", "rounded_quorum", "exact_all", "exact_quorum")


def _whole(said: object) -> bool:
    """Tell whether all that was read are integers."""
    if isinstance(said, dict):
        return all(map(_whole, said.values()))
    return all(map(_whole, said)) if isinstance(said, tuple) else isinstance(said, int)


def verdict_words(figures: Figures, language: str) -> str:
    """The verdict in a word."""
    return _texts()[language][f"verdict.{judging.verdict(figures)}"]


def reason_words(figures: Figures, language: str) -> list[str]:
    """Every reason of the verdict with what to do about it, a sentence or two each."""
    names = [reason.value for reason in judging.reasons(figures)] or ["fine"]
    return [_texts()[language][f"reason.{name}"] for name in names]


def tenths(thousandths: int) -> str:
    """Thousandths as percent with at most one decimal: 13 is 1.3, 100 is 10."""
    whole, tenth = divmod(thousandths, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def square_metres(area: int) -> str:
    """An area in 0.01 m² with two decimals."""
    return f"{area // 100:,}.{area % 100:02}"


def scope_words(scope: str, language: str) -> str:
    """A meeting's scope: all owners, or the buildings and entrances as they are frozen."""
    texts = _texts()[language]
    return texts["scope.whole"] if scope == WHOLE else _plain(texts["scope.comma"].join(scope.split(",")))


def roll_date(at: int) -> str:
    """The day in China."""
    return (datetime.fromtimestamp(at, UTC) + _CHINA).strftime("%Y-%m-%d")


def report(subject: Subject, figures: Figures, language: str) -> str:
    """Write one language's part of the document."""
    values: dict[str, object] = {
        "community": _plain(subject.community),
        "scope": scope_words(subject.scope, language),
        "date": roll_date(subject.roll_at),
        "verdict": verdict_words(figures, language),
        "reasons": "\n".join(f"- {line}" for line in reason_words(figures, language)),
        "owners": f"{figures.owners:,}",
        "area": square_metres(figures.area),
        "largest": figures.largest,
        "unique_exact": figures.unique_exact,
        "unique_rounded": figures.unique_rounded,
        "quorum": f"{figures.quorum:,}",
        "two_both_named": tenths(figures.two.both_named),
        "two_one_named": tenths(figures.two.one_named),
        "two_alike": f"{figures.two.alike:,}",
        **{f"crowd_{at}": number for at, number in enumerate(figures.crowds)},
        **_thresholds(),
    }
    for name in _LONE:
        lone: Lone = getattr(figures, name)
        values[f"{name}_named"], values[f"{name}_guessed"] = tenths(lone.named), tenths(lone.guessed)
        values[f"{name}_alike"] = lone.alike
    return _template(language).substitute(values)


def _thresholds() -> dict[str, object]:
    return {
        "named_care": tenths(judging.NAMED_CARE),
        "named_unfit": tenths(judging.NAMED_UNFIT),
        "guessed_care": tenths(judging.GUESSED_CARE),
        "guessed_unfit": tenths(judging.GUESSED_UNFIT),
        "large": judging.LARGE,
        "min_owners": judging.MIN_OWNERS,
        "max_largest": judging.MAX_LARGEST,
        "min_mean": tenths(judging.MIN_MEAN // 10),
    }


def _plain(name: str) -> str:
    """A name that Markdown cannot read as anything else."""
    return re.sub(r"([\\`*_{}\[\]<>()#+\-.!|~])", r"\\\1", name)


@cache
def _template(language: str) -> Template:
    source = files("wanjia.locales").joinpath(f"privacy.{language}.md")
    return Template(source.read_text(encoding="utf-8"))


@cache
def _texts() -> dict[str, dict[str, str]]:
    source = files("wanjia.locales").joinpath("privacy.json").read_text(encoding="utf-8")
    texts: dict[str, dict[str, str]] = json.loads(source)
    return texts
