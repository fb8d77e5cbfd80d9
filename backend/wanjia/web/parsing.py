"""Reading JSON that anyone may have written: bounded in depth, strict in form."""

import base64
import binascii
import sys
from typing import Any

from flask.json.provider import DefaultJSONProvider
from pydantic_core import from_json

FRAMES = 1_000
"""Python's own limit. py_ecc, which comes with web3, raises it to 100,000, and then nested input overflows the C
stack: one small request would end the process.
"""


class BoundedJson(DefaultJSONProvider):
    """Parses with pydantic's parser, which refuses deep nesting, lone surrogates and NaN; writes UTF-8 as it is."""

    ensure_ascii = False

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """Parse. Raises ``ValueError``."""
        return from_json(s, allow_inf_nan=False)


def bound_recursion() -> None:
    """Put the recursion limit back to Python's own."""
    sys.setrecursionlimit(FRAMES)


def decoded_base64(text: str) -> bytes | None:
    """Decode strict base64; ``None`` for what is not."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
