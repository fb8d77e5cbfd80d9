"""Simulated people: officials with log-ins and keys, owners with keys. Their keys follow from a seed."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from eth_utils import keccak

from wanjia.chain.signing import address_of


@dataclass(frozen=True, slots=True)
class Official:
    """A staff account: how it logs in and the key it signs with (hex; the operator's account signs nothing)."""

    role: str
    username: str
    password: str
    totp_secret: str
    key: str

    @property
    def address(self) -> str:
        """Address of the official's key."""
        return address_of(bytes.fromhex(self.key))


@dataclass(frozen=True, slots=True)
class Voter:
    """A simulated owner: voter index, area (0.01 m²) and the key that stands for them."""

    voter: int
    area: int
    key: bytes


def owner_key(seed: str, voter: int) -> bytes:
    """Give the key of a simulated owner. Simulated owners only: a real one is made on a phone."""
    return keccak(text=f"wanjia simulated owner {seed} {voter}")


def new_key() -> str:
    """Make a fresh private key, as hex."""
    return secrets.token_hex(32)


def new_password() -> str:
    """Make a password a person can type: four groups of four letters and digits."""
    return "-".join(secrets.token_hex(2) for _ in range(4))


def save_officials(path: Path, officials: list[Official]) -> None:
    """Write the demonstration log-ins (mode 600)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(official) for official in officials], file, indent=2)


def read_officials(path: Path) -> dict[str, Official]:
    """Read the demonstration log-ins by role."""
    return {official.role: official for official in read_accounts(path)}


def read_accounts(path: Path) -> list[Official]:
    """Read demonstration log-ins of which several may have one role; empty when there are none."""
    if not path.exists():
        return []
    return [Official(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
