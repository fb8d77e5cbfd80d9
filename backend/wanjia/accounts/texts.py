"""Texts of the accounts' commands and exports (``accounts.*.json``); refusals have theirs with the others."""

import json
from functools import cache
from importlib.resources import files

from wanjia.domain.errors import Value


@cache
def _texts(lang: str) -> dict[str, str]:
    source = files("wanjia.locales").joinpath(f"accounts.{lang}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(source)
    return texts


def label(key: str, lang: str, **values: Value) -> str:
    """Give a text. Raises ``KeyError`` for a key without one."""
    return _texts(lang)[key].format(**values)
