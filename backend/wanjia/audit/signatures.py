"""EIP-712 digests and signers, computed from docs/protocol.md alone and fast enough for ten thousand ballots.

Written apart from ``wanjia.chain.eip712`` on purpose: an error there would be caught here.
"""

from collections.abc import Callable

from coincurve import PublicKey
from eth_hash.auto import keccak

_HALF_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141 // 2
_DOMAIN = keccak(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
_BALLOT = keccak(b"OpenBallot(uint256 meeting,bytes32 conveneHash,uint32 voter,uint64 choices)")
_OBJECTION = keccak(b"Objection(uint256 meeting,uint32 voter,bytes32 contentHash)")
_POSSESSION = keccak(b"Possession(uint32 voter,address key,bytes32 evidence)")
_SECRET_BALLOT = keccak(b"SecretBallot(uint256 meeting,uint32 voter,bytes32 ballotHash)")
_FIRST_V = 27
OPEN_MEETING, SECRET_MEETING = b"Wanjia OpenMeeting", b"Wanjia SecretMeeting"
"""EIP-712 names of the meeting contracts."""


def separator(name: bytes, chain_id: int, contract: str) -> bytes:
    """EIP-712 domain separator of a contract of this protocol, version 1."""
    return keccak(
        _DOMAIN + keccak(name) + keccak(b"1") + _word(chain_id) + bytes(12) + bytes.fromhex(contract[2:])
    )


def ballot_digest(
    chain_id: int, contract: str, meeting: int, convene_hash: bytes
) -> Callable[[int, int], bytes]:
    """Give the function from voter and packed choices to what the owner signed in this meeting."""
    start = b"\x19\x01" + separator(OPEN_MEETING, chain_id, contract)
    frozen = _BALLOT + _word(meeting) + convene_hash

    def digest(voter: int, choices: int) -> bytes:
        return keccak(start + keccak(frozen + voter.to_bytes(32, "big") + choices.to_bytes(32, "big")))

    return digest


def secret_ballot_digest(chain_id: int, contract: str, meeting: int) -> Callable[[int, bytes], bytes]:
    """Give the function from voter and ballot hash to what the owner signed in this secret meeting."""
    start = b"\x19\x01" + separator(SECRET_MEETING, chain_id, contract)

    def digest(voter: int, ballot_hash: bytes) -> bytes:
        return keccak(start + keccak(_SECRET_BALLOT + _word(meeting) + _word(voter) + ballot_hash))

    return digest


def objection_digest(name: bytes, chain_id: int, contract: str) -> Callable[[int, int, bytes], bytes]:
    """Give the function from meeting, voter and content hash to what an owner signed to object.

    ``name`` is the EIP-712 name of the meeting's contract.
    """
    start = b"\x19\x01" + separator(name, chain_id, contract)

    def digest(meeting: int, voter: int, content: bytes) -> bytes:
        return keccak(start + keccak(_OBJECTION + _word(meeting) + _word(voter) + content))

    return digest


def possession_digest(chain_id: int, registry: str) -> Callable[[int, str, bytes], bytes]:
    """Give the function from voter, key (address) and evidence to what the key signed to prove it is held."""
    start = b"\x19\x01" + separator(b"Wanjia OwnerRegistry", chain_id, registry)

    def digest(voter: int, key: str, evidence: bytes) -> bytes:
        return keccak(
            start + keccak(_POSSESSION + _word(voter) + bytes(12) + bytes.fromhex(key[2:]) + evidence)
        )

    return digest


def signer(digest: bytes, signature: bytes) -> str | None:
    """Lower-case address that signed, or ``None``: high s, v other than 27 or 28, or no point of the curve."""
    v = signature[64] - _FIRST_V
    if v not in (0, 1) or int.from_bytes(signature[32:64], "big") > _HALF_ORDER:
        return None
    try:
        point = PublicKey.from_signature_and_message(signature[:64] + bytes((v,)), digest, hasher=None)
    except Exception:  # noqa: BLE001  coincurve raises a bare Exception for r or s it cannot use
        return None
    return "0x" + keccak(point.format(compressed=False)[1:])[12:].hex()


def compact_signer(digest: bytes, r: bytes, vs: bytes) -> str | None:
    """As ``signer``, for the two words of EIP-2098."""
    return signer(digest, r + bytes([vs[0] & 0x7F]) + vs[1:] + bytes([_FIRST_V + (vs[0] >> 7)]))


def _word(value: int) -> bytes:
    return value.to_bytes(32, "big")
