"""Every error code has a text in both languages, with the same values, and only those."""

import json
import string
from pathlib import Path

import pytest

import wanjia
from wanjia.domain.error_codes import HTTP_STATUS
from wanjia.domain.errors import Refusal
from wanjia.locales.table import table
from wanjia.paths import TOP

LOCALES = Path(wanjia.__file__).parent / "locales"


def texts(language: str) -> dict[str, str]:
    """Read one locale file."""
    loaded: dict[str, str] = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    return loaded


def fields(text: str) -> set[str]:
    """Names of the values a text takes."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_code_has_a_text(language: str) -> None:
    """No code without a text."""
    assert set() == set(HTTP_STATUS) - set(texts(language))


def test_both_languages_say_the_same() -> None:
    """The same keys, sorted, and the same values in both."""
    chinese, english = texts("zh-CN"), texts("en")
    assert list(chinese) == list(english) == sorted(chinese)
    assert {key: fields(text) for key, text in chinese.items()} == {
        key: fields(text) for key, text in english.items()
    }


def test_the_documented_table_is_the_table() -> None:
    """``docs/errors.md`` is what the program writes."""
    assert table() == (TOP / "docs" / "errors.md").read_text(encoding="utf-8")


def test_unknown_codes_cannot_be_raised() -> None:
    """A refusal is always one of the table."""
    with pytest.raises(LookupError, match="NO_SUCH_CODE"):
        Refusal("NO_SUCH_CODE")


def test_statuses_are_errors() -> None:
    """Every code answers with a 4xx or 5xx status."""
    assert {code: status for code, status in HTTP_STATUS.items() if not 400 <= status < 600} == {}
