"""Merkle trees over leaves, with sorted pairs as OpenZeppelin's ``MerkleProof`` verifies them."""

from collections.abc import Sequence

from eth_utils import keccak


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Give the root over leaves (32 bytes each, at least one); their order does not matter."""
    return _levels(leaves)[-1][0]


def proof_of(leaves: Sequence[bytes], leaf: bytes) -> list[bytes]:
    """Give the siblings from a leaf up to the root. Raises ``ValueError`` for a leaf that is not there."""
    levels = _levels(leaves)
    place, proof = levels[0].index(leaf), []
    for level in levels[:-1]:
        sibling = place ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        place //= 2
    return proof


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    levels = [sorted(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [below[at : at + 2] for at in range(0, len(below), 2)]
        levels.append([keccak(b"".join(sorted(pair))) if len(pair) > 1 else pair[0] for pair in pairs])
    return levels
