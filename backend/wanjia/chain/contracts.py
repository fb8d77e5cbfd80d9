"""The interfaces of this release's contracts, read once from the artifacts."""

from functools import cache

from wanjia.chain.artifacts import load
from wanjia.chain.interface import Interface


@cache
def interface(name: str) -> Interface:
    """Interface of the contract ``name``. Raises ``ArtifactMissing`` when it was not compiled."""
    return Interface(load(name).abi)


def registry() -> Interface:
    """Owners' keys and officials' roles."""
    return interface("OwnerRegistry")


def open_meeting() -> Interface:
    """Meetings, rolls, ballots and results."""
    return interface("OpenMeeting")


def secret_meeting() -> Interface:
    """Meetings with encrypted ballots: rolls, ballots, sealed sums and results."""
    return interface("SecretMeeting")


def trustee_board() -> Interface:
    """Key ceremonies and decryption of secret meetings."""
    return interface("TrusteeBoard")


def notary() -> Interface:
    """Anchored Merkle roots."""
    return interface("Notary")


def forwarder() -> Interface:
    """Officials' signed requests (ERC-2771)."""
    return interface("ERC2771Forwarder")


@cache
def every_error() -> Interface:
    """All custom errors of the release in one interface, for reverts that come from deeper down."""
    contracts = (registry(), open_meeting(), secret_meeting(), trustee_board(), notary(), forwarder())
    entries = [e for c in contracts for e in c.abi]
    return Interface([e for e in entries if e["type"] == "error"])
