"""Writes the table of error codes as Markdown: ``python -m wanjia.locales.table > docs/errors.md``."""

import json
import sys
from importlib.resources import files

from wanjia.domain.error_codes import HTTP_STATUS

_HEAD = """# Error codes

Every refusal has one of these codes. The API answers with `application/problem+json` (RFC 9457): `type`, `title`, `status`,
`code`, `values`, and `detail`, the text below in the language of `Accept-Language` (zh-CN, or en). Codes are never reused.
Written by `python -m wanjia.locales.table`; a test keeps it true.

| code | status | 中文 | English |
|---|---|---|---|
"""


def texts(language: str) -> dict[str, str]:
    """Read one locale file: code -> text."""
    loaded: dict[str, str] = json.loads(
        files("wanjia.locales").joinpath(f"{language}.json").read_text(encoding="utf-8")
    )
    return loaded


def table() -> str:
    """Give the table, in the order of the codes."""
    chinese, english = texts("zh-CN"), texts("en")
    rows = (
        f"| `{code}` | {status} | {_cell(chinese[code])} | {_cell(english[code])} |"
        for code, status in HTTP_STATUS.items()
    )
    return _HEAD + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(table())
