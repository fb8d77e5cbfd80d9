"""Every EIP-712 digest of the system in one place (docs/protocol.md; EIP-712)."""

from functools import lru_cache
from typing import Final

from eth_utils import to_canonical_address

from wanjia.chain.keccak import keccak

REGISTRY_NAME: Final = "Wanjia OwnerRegistry"
MEETING_NAME: Final = "Wanjia OpenMeeting"
SECRET_MEETING_NAME: Final = "Wanjia SecretMeeting"  # noqa: S105  a public name
TRUSTEE_BOARD_NAME: Final = "Wanjia TrusteeBoard"
FORWARDER_NAME: Final = "Wanjia Forwarder"

DOMAIN_TYPE: Final = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
POSSESSION_TYPE: Final = "Possession(uint32 voter,address key,bytes32 evidence)"
KEY_CHANGE_VETO_TYPE: Final = "KeyChangeVeto(uint32 voter,address newKey,uint64 effectiveAt)"
OPEN_BALLOT_TYPE: Final = "OpenBallot(uint256 meeting,bytes32 conveneHash,uint32 voter,uint64 choices)"
SECRET_BALLOT_TYPE: Final = "SecretBallot(uint256 meeting,uint32 voter,bytes32 ballotHash)"  # noqa: S105  a public type
OBJECTION_TYPE: Final = "Objection(uint256 meeting,uint32 voter,bytes32 contentHash)"
RECEIPT_TYPE: Final = (
    "Receipt(uint256 meeting,uint32 voter,bytes32 ballotHash,uint64 sequence,uint64 receivedAt)"
)
BALLOT_CODE_TYPE: Final = "BallotCode(uint256 meeting,uint32 voter,bytes32 ballotHash,uint64 shownAt)"
TRUSTEE_SEAT_TYPE: Final = "TrusteeSeat(uint256 meeting,uint32 seat,address account)"
FORWARD_REQUEST_TYPE: Final = (
    "ForwardRequest(address from,address to,uint256 value,uint256 gas,uint256 nonce,uint48 deadline,"
    "bytes data)"
)


@lru_cache(maxsize=256)
def domain_separator(name: str, chain_id: int, contract: str) -> bytes:
    """Hash the domain (version "1") of ``contract`` on ``chain_id``."""
    return keccak(
        _type_hash(DOMAIN_TYPE)
        + keccak(name.encode())
        + keccak(b"1")
        + _number(chain_id)
        + _address(contract)
    )


def possession_digest(chain_id: int, registry: str, voter: int, key: str, evidence: bytes) -> bytes:
    """What a new key signs to prove it is held: voter index, its address, 32-byte evidence hash."""
    return _digest(
        domain_separator(REGISTRY_NAME, chain_id, registry),
        _type_hash(POSSESSION_TYPE) + _number(voter) + _address(key) + _word(evidence),
    )


def key_change_veto_digest(
    chain_id: int, registry: str, voter: int, new_key: str, effective_at: int
) -> bytes:
    """What the old key signs to veto a change of key."""
    return _digest(
        domain_separator(REGISTRY_NAME, chain_id, registry),
        _type_hash(KEY_CHANGE_VETO_TYPE) + _number(voter) + _address(new_key) + _number(effective_at),
    )


def open_ballot_digest(
    chain_id: int, open_meeting: str, meeting: int, convene_hash: bytes, voter: int, choices: int
) -> bytes:
    """What an owner signs; it is also the ballot's hash."""
    return _digest(
        domain_separator(MEETING_NAME, chain_id, open_meeting),
        _type_hash(OPEN_BALLOT_TYPE)
        + _number(meeting)
        + _word(convene_hash)
        + _number(voter)
        + _number(choices),
    )


def secret_ballot_digest(
    chain_id: int, secret_meeting: str, meeting: int, voter: int, ballot_hash: bytes
) -> bytes:
    """What an owner signs of an encrypted ballot (``ballot_hash`` of WSB-1); receipts know the ballot by it."""
    return _digest(
        domain_separator(SECRET_MEETING_NAME, chain_id, secret_meeting),
        _type_hash(SECRET_BALLOT_TYPE) + _number(meeting) + _number(voter) + _word(ballot_hash),
    )


def ballot_code_digest(
    chain_id: int, secret_meeting: str, meeting: int, voter: int, ballot_hash: bytes, shown_at: int
) -> bytes:
    """What the operator countersigns before an owner casts or checks a ballot; ``shown_at`` in UTC seconds."""
    return _digest(
        domain_separator(SECRET_MEETING_NAME, chain_id, secret_meeting),
        _type_hash(BALLOT_CODE_TYPE)
        + _number(meeting)
        + _number(voter)
        + _word(ballot_hash)
        + _number(shown_at),
    )


def objection_digest(
    chain_id: int, contract: str, meeting: int, voter: int, content_hash: bytes, *, name: str = MEETING_NAME
) -> bytes:
    """What an owner signs to object to a declared result; ``name`` is the meeting contract's."""
    return _digest(
        domain_separator(name, chain_id, contract),
        _type_hash(OBJECTION_TYPE) + _number(meeting) + _number(voter) + _word(content_hash),
    )


def receipt_digest(
    chain_id: int,
    contract: str,
    meeting: int,
    voter: int,
    ballot_hash: bytes,
    sequence: int,
    received_at: int,
    *,
    name: str = MEETING_NAME,
) -> bytes:
    """What the operator signs once a ballot is durably stored; ``received_at`` in UTC seconds."""
    return _digest(
        domain_separator(name, chain_id, contract),
        _type_hash(RECEIPT_TYPE)
        + _number(meeting)
        + _number(voter)
        + _word(ballot_hash)
        + _number(sequence)
        + _number(received_at),
    )


def trustee_seat_digest(chain_id: int, board: str, meeting: int, seat: int, account: str) -> bytes:
    """What a fresh account signs to take a trustee's seat (from 1); no contract reads it."""
    return _digest(
        domain_separator(TRUSTEE_BOARD_NAME, chain_id, board),
        _type_hash(TRUSTEE_SEAT_TYPE) + _number(meeting) + _number(seat) + _address(account),
    )


def forward_request_digest(
    chain_id: int,
    forwarder: str,
    *,
    sender: str,
    to: str,
    value: int,
    gas: int,
    nonce: int,
    deadline: int,
    data: bytes,
) -> bytes:
    """What an official signs for ``ERC2771Forwarder``; ``deadline`` in UTC seconds."""
    return _digest(
        domain_separator(FORWARDER_NAME, chain_id, forwarder),
        _type_hash(FORWARD_REQUEST_TYPE)
        + _address(sender)
        + _address(to)
        + _number(value)
        + _number(gas)
        + _number(nonce)
        + _number(deadline)
        + keccak(data),
    )


@lru_cache(maxsize=32)
def _type_hash(type_string: str) -> bytes:
    return keccak(type_string.encode())


def _digest(separator: bytes, message: bytes) -> bytes:
    return keccak(b"\x19\x01" + separator + keccak(message))


def _number(value: int) -> bytes:
    return value.to_bytes(32, "big")


def _address(value: str) -> bytes:
    return to_canonical_address(value).rjust(32, b"\0")


def _word(value: bytes) -> bytes:
    if len(value) != 32:  # noqa: PLR2004  bytes32
        raise ValueError(f"a bytes32 has 32 bytes, not {len(value)}")
    return value
