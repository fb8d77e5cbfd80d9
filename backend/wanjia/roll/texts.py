"""Texts of the roll's findings (the shared locale files) and of its commands and template (``roll.*.json``)."""

import json
from functools import cache
from importlib.resources import files

from wanjia.domain.errors import Value

ZH = "zh-CN"
EN = "en"


@cache
def _texts(name: str) -> dict[str, str]:
    source = files("wanjia.locales").joinpath(f"{name}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(source)
    return texts


def text(key: str, lang: str, **values: Value) -> str:
    """Text of a finding or refusal. Raises ``KeyError`` for a key without text."""
    return _texts(lang)[key].format(**values)


def label(key: str, lang: str, **values: Value) -> str:
    """Text of the roll's commands and template. Raises ``KeyError`` for a key without text."""
    return _texts(f"roll.{lang}")[key].format(**values)
