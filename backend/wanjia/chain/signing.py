"""secp256k1 signatures as the contracts take them: 65 bytes r, s, v with low s and v 27 or 28."""

from coincurve import PrivateKey, PublicKey
from eth_utils import to_checksum_address

from wanjia.chain.keccak import keccak

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
HALF_ORDER = ORDER // 2
SIGNATURE_BYTES = 65
_FIRST_V = 27
_TOP_BIT = 1 << 255


class SignatureError(ValueError):
    """The bytes are no signature the contracts would accept."""


def address_of(key: bytes) -> str:
    """Give the checksummed address of a 32-byte private key."""
    return _address(PrivateKey(key).public_key)


def sign_digest(key: bytes, digest: bytes) -> bytes:
    """Sign a 32-byte digest with a 32-byte private key: r, s, v."""
    return KeptKey(key).sign(digest)


class KeptKey:
    """A 32-byte private key ready to sign many digests: making it ready costs more than a signature."""

    def __init__(self, key: bytes) -> None:
        self._key = PrivateKey(key)

    def sign(self, digest: bytes) -> bytes:
        """Sign a 32-byte digest: r, s, v."""
        raw = self._key.sign_recoverable(digest, hasher=None)
        return raw[:64] + bytes([raw[64] + _FIRST_V])


def recover_signer(digest: bytes, signature: bytes) -> str:
    """Give the checksummed address that signed ``digest``. Raises ``SignatureError``."""
    return to_checksum_address(recover_address(digest, signature))


def recover_address(digest: bytes, signature: bytes) -> bytes:
    """Give the 20 bytes of the address that signed ``digest``.

    Raises ``SignatureError`` for a wrong length, high s, or v other than 27 and 28, as the contracts do.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise SignatureError(f"a signature has {SIGNATURE_BYTES} bytes, not {len(signature)}")
    if signature[64] not in (_FIRST_V, _FIRST_V + 1):
        raise SignatureError("v must be 27 or 28")
    if int.from_bytes(signature[32:64], "big") > HALF_ORDER:
        raise SignatureError("s must be low (EIP-2)")
    try:
        point = PublicKey.from_signature_and_message(
            signature[:64] + bytes([signature[64] - _FIRST_V]), digest, hasher=None
        )
    except Exception as error:
        # coincurve raises a bare Exception for r or s it cannot use
        raise SignatureError("r and s are no signature") from error
    return _address_bytes(point)


def to_compact(signature: bytes) -> tuple[bytes, bytes]:
    """Split into ``r`` and ``vs`` (EIP-2098): the top bit of s carries v - 27."""
    s = int.from_bytes(signature[32:64], "big")
    return signature[:32], (s | (_TOP_BIT if signature[64] == _FIRST_V + 1 else 0)).to_bytes(32, "big")


def from_compact(r: bytes, vs: bytes) -> bytes:
    """Join ``r`` and ``vs`` (EIP-2098) to 65 bytes."""
    value = int.from_bytes(vs, "big")
    v = _FIRST_V + 1 if value & _TOP_BIT else _FIRST_V
    return r + (value & (_TOP_BIT - 1)).to_bytes(32, "big") + bytes([v])


def _address(point: PublicKey) -> str:
    return to_checksum_address(_address_bytes(point))


def _address_bytes(point: PublicKey) -> bytes:
    return keccak(point.format(compressed=False)[1:])[12:]
