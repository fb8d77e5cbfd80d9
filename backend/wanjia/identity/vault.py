"""Personal data at rest.

Sealed with AES-256-GCM and found by a keyed hash. The key is not in the database.
"""

import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
LOOKUP_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12
_MIDDLE_DOTS = str.maketrans("•・‧∙", "····")


class VaultError(Exception):
    """The bytes were not sealed with this key, or were changed since; the text never says what they held."""


class Vault:
    """Seals texts and files, and gives the keyed hash by which a value is found again.

    Two keys are derived from the data key (HKDF-SHA256), one for sealing and one for look-ups, so that
    neither says anything about the other.
    """

    def __init__(self, data_key: bytes) -> None:
        if len(data_key) != KEY_BYTES:
            raise ValueError(f"the data key has {KEY_BYTES} bytes, not {len(data_key)}")
        self._cipher = AESGCM(_derive(data_key, b"wanjia/vault/seal/1"))
        self._lookup_key = _derive(data_key, b"wanjia/vault/lookup/1")

    def seal(self, text: str) -> bytes:
        """Encrypt a text: version, nonce, ciphertext with tag. Never the same bytes twice."""
        return self.seal_bytes(text.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypt what ``seal`` gave. Raises ``VaultError``."""
        return self.open_bytes(sealed).decode()

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a file's content."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, content, _VERSION)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Decrypt what ``seal_bytes`` gave. Raises ``VaultError``."""
        if sealed[:1] != _VERSION:
            raise VaultError("not sealed by a version this vault knows")
        try:
            return self._cipher.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], _VERSION)
        except (InvalidTag, ValueError):
            raise VaultError("sealed with another key, or changed since") from None

    def lookup(self, text: str) -> bytes:
        """Give the 32-byte keyed hash of a text, whatever its width, case and spaces."""
        mac = HMAC(self._lookup_key, hashes.SHA256())
        mac.update(normalised(text).encode())
        return mac.finalize()


def normalised(text: str) -> str:
    """Bring a name or number to one spelling: NFKC, upper case, no spaces, one kind of middle dot."""
    return "".join(unicodedata.normalize("NFKC", text).upper().translate(_MIDDLE_DOTS).split())


def _derive(data_key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(data_key)
