"""Append-only table of error codes: code -> HTTP status. The code is also its text's key in ``locales/``.

A code once published keeps its meaning for ever; a retired one stays in the table.
"""

from types import MappingProxyType
from typing import Final

HTTP_STATUS: Final = MappingProxyType(
    {
        # general
        "REQUEST_INVALID": 422,
        "NOT_FOUND": 404,
        "METHOD_NOT_ALLOWED": 405,
        "LOGIN_REQUIRED": 401,
        "FORBIDDEN": 403,
        "ORIGIN_REFUSED": 403,
        "TOO_MANY_REQUESTS": 429,
        "TOO_LARGE": 413,
        "STORAGE_UNAVAILABLE": 503,
        "CHAIN_UNAVAILABLE": 503,
        "INTERNAL": 500,
        # contract skip reasons of a ballot (docs/protocol.md), in the order of the checks
        "BALLOT_NOT_ON_ROLL": 403,
        "BALLOT_ALREADY_CAST": 409,
        "BALLOT_CHOICE_INVALID": 422,
        "BALLOT_OVER_CAP": 422,
        "BALLOT_NOT_REGISTERED": 403,
        "BALLOT_SIGNATURE_INVALID": 422,
        # intake
        "BALLOT_MEETING_NOT_OPEN": 409,
        "BALLOT_MEETING_UNKNOWN": 404,
        "BALLOT_DIFFERENT_RECEIVED": 409,
        # relay
        "RELAY_CONTRACT_REFUSED": 409,
    }
)
