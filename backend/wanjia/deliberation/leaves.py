"""The salted leaf of an entry: what of it goes, hashed, into the day's tree (docs/deliberation.md)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from eth_utils import keccak

SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Record:
    """What an entry's leaf stands for; ``title`` for ``raised`` only, ``photos`` the hash of each photograph."""

    at: int
    concern: int
    kind: str
    level: int
    photos: Sequence[bytes]
    text: str
    title: str | None = None

    def to_json(self) -> str:
        """Write the record the one way it is hashed: sorted keys, no spaces, characters as they are."""
        fields: dict[str, object] = {
            "at": self.at,
            "concern": self.concern,
            "kind": self.kind,
            "level": self.level,
            "photos": ["0x" + photo.hex() for photo in self.photos],
            "text": self.text,
        }
        if self.title is not None:
            fields["title"] = self.title
        return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def leaf_of(salt: bytes, record: str) -> bytes:
    """``keccak256(keccak256(salt || utf8(record)))``."""
    return keccak(keccak(salt + record.encode()))
