"""What the audit wrote from docs/protocol.md by hand, against contracts, wallet and the other implementation."""

from typing import Any

import pytest
from eth_account import Account
from hypothesis import given
from hypothesis import strategies as st

from wanjia.audit import abi, signatures
from wanjia.chain import eip712, signing
from wanjia.chain.artifacts import load

KEY = (7).to_bytes(32, "big")
CONTRACT = "0x" + "ab" * 20


def flat(item: dict[str, Any]) -> str:
    """ABI type of one parameter, tuples taken apart."""
    if not item["type"].startswith("tuple"):
        return str(item["type"])
    return f"({','.join(flat(one) for one in item['components'])}){item['type'][5:]}"


CONTRACTS = (
    *("CommunityFactory", "OwnerRegistry", "OpenMeeting", "SecretMeeting"),
    *("TrusteeBoard", "Notary", "ERC2771Forwarder"),
)
EMITTING = CONTRACTS[:-1]


@pytest.mark.parametrize("contract", EMITTING)
def test_events_are_those_of_the_contracts(contract: str) -> None:
    """Every event a contract can emit is known, with the same fields indexed."""
    known = {event.name: event for event in abi.EVENTS.values()}
    for entry in load(contract).abi:
        if entry["type"] == "event" and entry["name"] != "EIP712DomainChanged":
            event = known[entry["name"]]
            assert [flat(one) for one in entry["inputs"]] == [kind for _, kind in event.fields]
            assert [one["indexed"] for one in entry["inputs"]] == [
                at < event.indexed for at in range(len(event.fields))
            ]


def test_views_are_those_of_the_contracts() -> None:
    """Every view and call the audit uses has the contract's parameters and answers."""
    entries = {
        (entry["name"], *map(flat, entry["inputs"])): entry
        for contract in CONTRACTS
        for entry in load(contract).abi
        if entry["type"] == "function"
    }
    calls = [value for value in vars(abi).values() if isinstance(value, abi.Call)]
    assert len(calls) > 10
    for call in calls:
        entry = entries[call.name, *call.inputs]
        assert not call.outputs or list(call.outputs) == [flat(one) for one in entry["outputs"]]


@given(
    meeting=st.integers(1, 2**256 - 1),
    voter=st.integers(0, 2**32 - 1),
    packed=st.integers(0, 2**64 - 1),
    content=st.binary(min_size=32, max_size=32),
)
def test_digests_agree(meeting: int, voter: int, packed: int, content: bytes) -> None:
    """Ballot and possession digests equal those that intake and owners compute."""
    ballot = signatures.ballot_digest(31337, CONTRACT, meeting, content)(voter, packed)
    assert eip712.open_ballot_digest(31337, CONTRACT, meeting, content, voter, packed) == ballot
    possession = signatures.possession_digest(31337, CONTRACT)(voter, CONTRACT, content)
    assert eip712.possession_digest(31337, CONTRACT, voter, CONTRACT, content) == possession


@given(digest=st.binary(min_size=32, max_size=32), blemish=st.integers(0, 65 * 8 - 1))
def test_signer_is_found_or_refused(digest: bytes, blemish: int) -> None:
    """The signer is who signed; one changed bit gives another or nobody."""
    signature = signing.sign_digest(KEY, digest)
    address = Account.from_key(KEY).address.lower()
    assert address == signatures.signer(digest, signature)
    assert address == signatures.compact_signer(digest, *signing.to_compact(signature))
    damaged = bytearray(signature)
    damaged[blemish // 8] ^= 1 << blemish % 8
    assert address != signatures.signer(digest, bytes(damaged))


def test_high_s_and_foreign_v_are_refused() -> None:
    """The twin of a signature (high s) and v of 0 or 29 sign nothing."""
    digest = bytes(range(32))
    signature = signing.sign_digest(KEY, digest)
    high = (signing.ORDER - int.from_bytes(signature[32:64], "big")).to_bytes(32, "big")
    assert signatures.signer(digest, signature[:32] + high + bytes([55 - signature[64]])) is None
    for v in (0, 1, 26, 29):
        assert signatures.signer(digest, signature[:64] + bytes([v])) is None


ADDRESS = st.binary(min_size=20, max_size=20).map(lambda value: "0x" + value.hex())
WORD = st.integers(0, 2**256 - 1)
REQUEST = st.tuples(
    ADDRESS, ADDRESS, WORD, WORD, st.integers(0, 2**48 - 1), st.binary(max_size=90), st.binary(max_size=70)
)


@given(meeting=WORD, records=st.binary(max_size=200), requests=st.lists(REQUEST, max_size=4), refund=ADDRESS)
def test_calls_are_read_as_libraries_write_them(
    meeting: int, records: bytes, requests: list[tuple[Any, ...]], refund: str
) -> None:
    """What eth-abi encodes, the reader that follows offsets wherever they point reads back."""
    for call, arguments in (
        (abi.CAST, (meeting, records)),
        (abi.EXECUTE_BATCH, (tuple(requests), refund)),
        *((abi.EXECUTE, (request,)) for request in requests),
    ):
        assert call.arguments(abi.raw(call.ask(*arguments))) == arguments


@given(data=st.lists(st.integers(0, 130) | WORD, max_size=20))
def test_no_call_data_breaks_the_reader(data: list[int]) -> None:
    """Offsets and lengths of every kind are read or called malformed."""
    for call in (abi.CAST, abi.EXECUTE, abi.EXECUTE_BATCH, abi.RAISE_OBJECTION, abi.CONSENT):
        try:
            call.arguments(call.selector + b"".join(word.to_bytes(32, "big") for word in data))
        except abi.Malformed:
            continue


@given(data=st.binary(max_size=300))
def test_no_bytes_break_the_decoder(data: bytes) -> None:
    """Arbitrary log data decodes or is called malformed."""
    for event in abi.EVENTS.values():
        try:
            event.read([bytes(32)] * (1 + event.indexed), data)
        except abi.Malformed:
            continue
