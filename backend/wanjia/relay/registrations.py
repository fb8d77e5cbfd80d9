"""Registrations of owners' keys: queued one by one, sent many a transaction."""

import time
from dataclasses import dataclass

from eth_utils import to_canonical_address, to_checksum_address
from sqlalchemy.orm import Session

from wanjia.chain.signing import to_compact
from wanjia.db.community import Community
from wanjia.relay.models import ItemKind, RelayItem

BODY_BYTES = 4 + 20 + 32 + 32 + 32


@dataclass(frozen=True, slots=True)
class Registration:
    """One line of ``OwnerRegistry.register``; signature in the two words of EIP-2098."""

    voter: int
    key: str
    evidence: bytes
    r: bytes
    vs: bytes

    def pack(self) -> bytes:
        """Give the item's body."""
        return (
            self.voter.to_bytes(4, "big") + to_canonical_address(self.key) + self.evidence + self.r + self.vs
        )

    @classmethod
    def unpack(cls, body: bytes) -> "Registration":
        """Read an item's body."""
        if len(body) != BODY_BYTES:
            raise ValueError(f"a registration has {BODY_BYTES} bytes, not {len(body)}")
        return cls(
            int.from_bytes(body[:4], "big"),
            to_checksum_address(body[4:24]),
            body[24:56],
            body[56:88],
            body[88:],
        )

    def arguments(self) -> tuple[int, str, bytes, bytes, bytes]:
        """Give the tuple the contract takes."""
        return self.voter, self.key, self.evidence, self.r, self.vs


def enqueue(
    session: Session, community_id: int, voter: int, key: str, evidence: bytes, signature: bytes
) -> int:
    """Queue the registration of ``key`` (65-byte ``Possession`` signature); gives the item's id."""
    community = session.get_one(Community, community_id)
    r, vs = to_compact(signature)
    item = RelayItem(
        kind=ItemKind.REGISTRATION,
        community_id=community_id,
        target=community.registry_address,
        body=Registration(voter, key, evidence, r, vs).pack(),
        reference=f"voter:{voter}",
        created_at=int(time.time()),
    )
    session.add(item)
    session.flush()
    return item.id
