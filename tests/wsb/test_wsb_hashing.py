"""Hashing of WSB-1 is what ``abi.encode`` of a contract gives."""

import pytest
from eth_abi import encode as abi_encode
from hypothesis import given
from hypothesis import strategies as st
from secret_worlds import KEYS

from wanjia.wsb.context import Context, TrusteeSet
from wanjia.wsb.group import Q
from wanjia.wsb.hashing import challenge, digest, keccak, tag, words

ADDRESSES = st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex())


@given(values=st.lists(st.integers(0, 2**256 - 1), max_size=5))
def test_a_challenge_is_512_bits_modulo_the_order(values: list[int]) -> None:
    """The two halves are hashed from the digest with 0 and 1, and reduced as one number."""
    encoded = abi_encode(["bytes32", *["uint256"] * len(values)], [tag("ballot"), *values])
    seed = keccak(encoded)
    assert digest("ballot", *values) == seed
    high, low = (int.from_bytes(keccak(abi_encode(["bytes32", "uint256"], [seed, k])), "big") for k in (0, 1))
    assert challenge("ballot", *values) == (high * 2**256 + low) % Q


@given(board=ADDRESSES, accounts=st.lists(ADDRESSES, min_size=3, max_size=15))
def test_the_trustee_set_is_encoded_with_its_array(board: str, accounts: list[str]) -> None:
    """The accounts are a dynamic array: offset, length, items."""
    encoded = abi_encode(
        ["bytes32", "uint256", "address", "uint256", "uint256", "address[]"],
        [tag("trustees"), 31337, board, 3, 2, accounts],
    )
    assert TrusteeSet(31337, board, 3, 2, tuple(accounts)).hash == keccak(encoded)


def test_the_context_is_encoded_word_by_word() -> None:
    """Tag, chain, contract, meeting, content, roll, trustees, t, n and the four coordinates."""
    address = "0x" + "ab" * 20
    made = Context(1, address, 2, b"\1" * 32, b"\2" * 32, b"\3" * 32, 3, 5, KEYS)
    encoded = abi_encode(
        ["bytes32", "uint256", "address", "uint256", *["bytes32"] * 3, *["uint256"] * 6],
        [
            tag("context"),
            1,
            address,
            2,
            *(bytes([k]) * 32 for k in (1, 2, 3)),
            3,
            5,
            *KEYS.in_favour,
            *KEYS.against,
        ],
    )
    assert made.hash == keccak(encoded)


def test_what_is_no_word_is_refused() -> None:
    """Bytes of another length and numbers that do not fit raise."""
    with pytest.raises(ValueError, match="32 bytes"):
        words(b"short")
    for refused in (-1, 2**256):
        with pytest.raises(OverflowError):
            words(refused)
