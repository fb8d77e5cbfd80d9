"""Forgeries by name, each with the check that must catch it."""

from collections.abc import Callable

from audited_world import account
from tampering import Tampered

from wanjia.audit.signatures import ballot_digest
from wanjia.chain.signing import sign_digest

Forgery = Callable[[Tampered], None]
FORGERIES: dict[str, tuple[str, Forgery]] = {}


def forgery(check: str) -> Callable[[Forgery], Forgery]:
    """Name the check that must catch a forgery."""

    def keep(function: Forgery) -> Forgery:
        FORGERIES[function.__name__] = (check, function)
        return function

    return keep


def resigned(tampered: Tampered, voter: int, packed: int, key: bytes) -> bytes:
    """A record as it would be if this key had signed it."""
    convened = tampered.args(tampered.logs("MeetingConvened")[0])
    contract = tampered.logs("MeetingConvened")[0]["address"]
    digest = ballot_digest(tampered.chain_id, contract, 1, convened["conveneHash"])(voter, packed)
    return voter.to_bytes(4, "big") + packed.to_bytes(8, "big") + sign_digest(key, digest)


def owner_key(voter: int) -> bytes:
    """Key of an owner of the story."""
    return bytes(account(10_000 + voter).key)
