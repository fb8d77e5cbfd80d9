"""Personal data can be sealed, opened and found again, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.identity.vault import Vault, VaultError

KEY = bytes(range(32))


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    """Every text survives, and its ciphertext does not show it."""
    vault = Vault(KEY)
    sealed = vault.seal(text)
    assert vault.open(sealed) == text
    assert len(text) < 4 or text.encode() not in sealed


def test_the_same_text_is_never_sealed_the_same() -> None:
    """Equal ciphertexts would say that two people share a name."""
    vault = Vault(KEY)
    assert vault.seal("张三") != vault.seal("张三")


@pytest.mark.parametrize("at", [0, 1, 13, -1])
def test_a_changed_byte_is_refused(at: int) -> None:
    """Version, nonce, ciphertext and tag are all covered."""
    sealed = bytearray(Vault(KEY).seal("张三"))
    sealed[at] ^= 1
    with pytest.raises(VaultError):
        Vault(KEY).open(bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(12), b"\x01" + bytes(40)])
def test_what_no_vault_sealed_is_refused(sealed: bytes) -> None:
    """Short and foreign bytes give one error type."""
    with pytest.raises(VaultError):
        Vault(KEY).open(sealed)


def test_another_key_opens_nothing_and_finds_nothing() -> None:
    """The database alone is worth nothing."""
    other = Vault(bytes(32))
    with pytest.raises(VaultError):
        other.open(Vault(KEY).seal("张三"))
    assert other.lookup("张三") != Vault(KEY).lookup("张三")


def test_lookup_ignores_width_case_and_spaces() -> None:
    """An owner may type full-width digits, a small x, or spaces."""
    vault = Vault(KEY)
    assert vault.lookup("１１０１０５ 19491231002x") == vault.lookup("11010519491231002X")
    assert vault.lookup("11010519491231002X") != vault.lookup("110105194912310021")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_the_wrong_length_is_refused(length: int) -> None:
    """A short key is a mistake of the settings, not a weaker vault."""
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(bytes(length))
