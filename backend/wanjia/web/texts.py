"""Texts in the reader's language: Chinese unless English is asked for."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.resources import files

from flask import request

from wanjia.domain.errors import Value

LANGUAGES = ("zh-CN", "en")
CHINA_TIME = timezone(timedelta(hours=8))
_TIMES = ("_at", "earliest")


def language() -> str:
    """Give the language of the request's ``Accept-Language``."""
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def text_of(code: str, values: Mapping[str, Value]) -> str:
    """Give an error's text in the request's language, times as Beijing time."""
    shown = {name: _shown(name, value) for name, value in values.items()}
    return _texts(language())[code].format_map(_Named(shown))


class _Named(dict[str, str]):
    """Shows the name of a value that was not given."""

    def __missing__(self, name: str) -> str:
        return name


def _shown(name: str, value: Value) -> str:
    if isinstance(value, int) and name.endswith(_TIMES):
        try:
            return datetime.fromtimestamp(value, CHINA_TIME).strftime("%Y-%m-%d %H:%M")
        except (OverflowError, ValueError, OSError):
            return str(value)
    return str(value)


@cache
def _texts(which: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads(
        files("wanjia.locales").joinpath(f"{which}.json").read_text(encoding="utf-8")
    )
    return texts
