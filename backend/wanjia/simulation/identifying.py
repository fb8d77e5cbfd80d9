"""A simulated owner proves to be one and registers a key, as a phone does: claim, code, possession."""

import re
from collections.abc import Callable
from typing import Any

from wanjia.chain.eip712 import possession_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.simulation.api import Api
from wanjia.simulation.visitors import Visitor

_CODE = re.compile(r"\b(\d{6})\b")


def log_in(api: Api, slug: str, visitor: Visitor, newest_message: Callable[[], str]) -> dict[str, Any]:
    """Claim to be ``visitor`` and enter the code of the message that came; gives the owner's profile.

    ``newest_message`` reads the last message sent to any phone, so claims must come one after the other.
    Raises ``LookupError`` when the message holds no code.
    """
    consent = api.get("/identity/consent")["version"]
    claim = api.post(
        "/identity/claims",
        {
            "community": slug,
            "building": visitor.building,
            "entrance": visitor.entrance,
            "number": visitor.number,
            "name": visitor.name,
            "id_number": visitor.id_number,
            "phone": visitor.phone,
            "consent": consent,
        },
    )["claim"]
    found = _CODE.search(newest_message())
    if found is None:
        raise LookupError("no code was sent")
    profile: dict[str, Any] = api.post(f"/identity/claims/{claim}/code", {"code": found.group(1)})
    return profile


def register_key(api: Api, slug: str, profile: dict[str, Any], key: bytes) -> str:
    """Register ``key`` for the logged-in owner; gives the key's state."""
    chain = api.get(f"/communities/{slug}")["chain"]
    address = address_of(key)
    digest = possession_digest(
        chain["chain_id"],
        chain["registry"],
        profile["voter"],
        address,
        bytes.fromhex(profile["evidence"].removeprefix("0x")),
    )
    state: str = api.post("/owner/key", {"key": address, "signature": "0x" + sign_digest(key, digest).hex()})[
        "key_state"
    ]
    return state
