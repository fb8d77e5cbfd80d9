"""Notary, factory and forwarder on ganache: happy paths, and one test for each refusal."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_utils import keccak
from refusals import expect_refusal
from sqlalchemy import select
from web3.logs import DISCARD

from chain_world import World, owner_key
from wanjia.chain.artifacts import load
from wanjia.chain.deployment import IMPLEMENTATIONS, create_community
from wanjia.chain.eip712 import forward_request_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.db.tables import all_tables
from wanjia.deliberation.days import ConcernDays
from wanjia.deliberation.models import Concern, ConcernEntry
from wanjia.deliberation.proofs import Proofs
from wanjia.deliberation.raising import Draft, Raising
from wanjia.deliberation.resident_models import Resident
from wanjia.deliberation.residents import ResidentLogin
from wanjia.domain.concerns import ConcernKind
from wanjia.identity.vault import Vault
from wanjia.relay.models import RelayItem

ROOT, SUBJECT = keccak(text="root"), keccak(text="subject")


def _leaf(text: str) -> bytes:
    return keccak(keccak(text=text))


def test_every_official_anchors(world: World) -> None:
    """Operator, committee and supervisor; the time is kept."""
    for sender in (world.operator, world.committee, world.supervisor):
        root = keccak(text=sender)
        receipt = world.send(world.notary.functions.anchor(root, SUBJECT), sender)
        (event,) = world.notary.events.Anchored().process_receipt(receipt)
        assert (root, SUBJECT, sender) == tuple(event["args"][name] for name in ("root", "subject", "by"))
        at = world.w3.eth.get_block(receipt["blockNumber"])["timestamp"]
        assert at == world.notary.functions.anchoredAt(root).call()


def test_a_leaf_is_proven_under_an_anchored_root(world: World) -> None:
    """Sorted pairs; neither another leaf nor a root nobody anchored."""
    left, right = sorted((_leaf("a"), _leaf("b")))
    root = keccak(left + right)
    verify = world.notary.functions.verify
    assert not verify(root, left, [right]).call()
    world.send(world.notary.functions.anchor(root, SUBJECT), world.committee)
    assert verify(root, left, [right]).call()
    assert verify(root, right, [left]).call()
    assert not verify(root, _leaf("c"), [right]).call()


def test_a_days_concerns_are_proven_in_the_notary(world: World, tmp_path: Path) -> None:
    """What the relay is asked to send anchors the day, and each entry's proof holds on the chain, no other leaf's."""
    engine = open_engine(f"sqlite:///{tmp_path / 'concerns.db'}")
    all_tables().metadata.create_all(engine)
    database = Database(engine)
    with database.write() as session:
        addresses = {
            "registry_address": "0x1",
            "open_meeting_address": "0x2",
            "notary_address": world.notary.address,
        }
        session.add(Community(id=1, slug="garden", name="", salt=b"", first_block=0, **addresses))
        session.flush()
        facts = {"kind": "owner", "building": "1", "entrance": "1", "created_at": 0}
        session.add(Resident(id=1, community_id=1, **facts))
    vault = Vault(bytes(32))
    raising = Raising(database, vault, lambda: 1_700_000_000)
    draft = Draft("request-1", ConcernKind.NOISE, "施工噪声", "夜里还在施工", "", "", "北门", True, False)
    for number in range(3):
        raising.raise_concern(
            ResidentLogin(1, 1, "owner", "1", "1"), replace(draft, request=f"request-{number}"), ()
        )
    assert ConcernDays(database).turn(1_700_100_000) == 1
    with database.read() as session:
        (item,) = session.scalars(select(RelayItem))
        proofs = [
            Proofs(database, vault).of(session, session.get_one(Concern, entry.concern_id), entry)
            for entry in session.scalars(select(ConcernEntry))
        ]
    verify = world.notary.functions.verify
    assert not verify(proofs[0].root, proofs[0].leaf, proofs[0].proof).call()
    sent = {"from": world.operator, "to": item.target, "data": item.body}
    assert world.w3.eth.wait_for_transaction_receipt(world.w3.eth.send_transaction(sent))["status"] == 1
    for proof in proofs:
        leaf = keccak(keccak(proof.salt + proof.record.encode()))
        assert verify(proof.root, leaf, proof.proof).call()
        assert not verify(proof.root, keccak(keccak(proof.salt + b"{}")), proof.proof).call()
    (event,) = world.notary.events.Anchored().get_logs(argument_filters={"root": proofs[0].root})
    assert event["args"]["subject"] == keccak(text="wanjia/concerns/2023-11-15")


def test_notary_not_official(world: World) -> None:
    """Strangers anchor nothing."""
    call = world.notary.functions.anchor(ROOT, SUBJECT)
    assert (world.stranger.lower(),) == expect_refusal(
        world.notary, "NotaryNotOfficial", call, world.stranger
    )


def test_notary_zero_root(world: World) -> None:
    """The zero root stands for nothing."""
    call = world.notary.functions.anchor(b"\0" * 32, SUBJECT)
    expect_refusal(world.notary, "NotaryZeroRoot", call, world.committee)


def test_notary_already_anchored(world: World) -> None:
    """The first time is what an anchor proves."""
    call = world.notary.functions.anchor(ROOT, SUBJECT)
    world.send(call, world.committee)
    expect_refusal(world.notary, "NotaryAlreadyAnchored", call, world.supervisor)


def _factory(world: World) -> Any:
    return world.w3.eth.contract(address=world.deployment.factory, abi=load("CommunityFactory").abi)


def test_a_community_is_linked(world: World) -> None:
    """Registry and its clones name each other, and the factory knows the registry."""
    functions = world.registry.functions
    links = (functions.factory().call(), functions.openMeeting().call(), functions.notary().call())
    assert (world.deployment.factory, world.meeting.address, world.notary.address) == links
    assert world.secret.address == functions.secretMeeting().call()
    assert world.board.address == functions.trusteeBoard().call()
    for contract in (world.meeting, world.secret, world.board, world.notary):
        assert world.registry.address == contract.functions.registry().call()
        assert world.deployment.forwarder == contract.functions.trustedForwarder().call()
    community = functions.community().call()
    assert world.registry.address == _factory(world).functions.registryOf(community).call()


def test_two_communities_do_not_meet(world: World) -> None:
    """Officials of one are nobody in another."""
    payer = Account.from_key(keccak(text="wanjia test payer"))
    officials = world.w3.eth.accounts[6:9]
    made = create_community(
        world.w3,
        payer,
        world.deployment.factory,
        community=keccak(text="another"),
        operator=officials[0],
        committee=officials[1],
        supervisor=officials[2],
    )
    other = world.w3.eth.contract(address=made.open_meeting, abi=world.meeting.abi)
    call = other.functions.convene(world.convening())
    expect_refusal(other, "RegistryBoundMissingRole", call, world.committee)


def _create(world: World, community: bytes, *officials: str) -> Any:
    return _factory(world).functions.createCommunity(community, *officials)


def test_community_factory_zero_community(world: World) -> None:
    """The zero hash stands for no community."""
    call = _create(world, b"\0" * 32, *world.w3.eth.accounts[6:9])
    expect_refusal(_factory(world), "CommunityFactoryZeroCommunity", call, world.stranger)


def test_community_factory_community_exists(world: World) -> None:
    """A community has its contracts once."""
    call = _create(world, keccak(text="test community"), *world.w3.eth.accounts[6:9])
    expect_refusal(_factory(world), "CommunityFactoryCommunityExists", call, world.stranger)


def test_officials_are_three_accounts(world: World) -> None:
    """One account in two roles is refused from the start."""
    first, second = world.w3.eth.accounts[6:8]
    call = _create(world, keccak(text="third"), first, second, first)
    expect_refusal(world.registry, "OwnerRegistryHoldsRole", call, world.stranger)


def test_community_factory_forwarder_mismatch(world: World) -> None:
    """Implementations that trust different forwarders make no release, whichever it is."""
    stands = world.deployment
    others = [world.create(name, world.stranger) for name in IMPLEMENTATIONS]
    ours = [
        stands.registry_implementation,
        stands.open_meeting_implementation,
        stands.secret_meeting_implementation,
        stands.trustee_board_implementation,
        stands.notary_implementation,
    ]
    for at, other in enumerate(others):
        _expect_mismatch(world, [*ours[:at], other, *ours[at + 1 :]])


def _expect_mismatch(world: World, implementations: list[str]) -> None:
    made = load("CommunityFactory")
    call = world.w3.eth.contract(abi=made.abi, bytecode=made.bytecode).constructor(*implementations)
    selector = keccak(text="CommunityFactoryForwarderMismatch()")[:4].hex()
    answer = world.w3.provider.make_request(
        "eth_call", [{"from": world.operator, "data": call.data_in_transaction, "gas": hex(10**7)}, "latest"]
    )
    assert selector in str(answer["error"])


def _forward(world: World, key: bytes, to: str, data: bytes, nonce: int = 0) -> Any:
    """A request signed by `key`, ready for anyone to execute."""
    request = {
        "from": address_of(key),
        "to": to,
        "value": 0,
        "gas": 1_500_000,
        "deadline": world.now() + 3_600,
        "data": data,
    }
    digest = forward_request_digest(
        world.chain_id,
        world.forwarder.address,
        sender=request["from"],
        to=to,
        value=0,
        gas=request["gas"],
        nonce=nonce,
        deadline=request["deadline"],
        data=data,
    )
    return world.forwarder.functions.execute({**request, "signature": sign_digest(key, digest)})


def _community_of_keys(world: World) -> tuple[Any, list[bytes]]:
    """A community whose officials hold keys of their own and no money."""
    keys = [owner_key(9_000 + i) for i in range(3)]
    made = create_community(
        world.w3,
        Account.from_key(keccak(text="wanjia test payer")),
        world.deployment.factory,
        community=keccak(text="relayed"),
        operator=world.w3.to_checksum_address(address_of(keys[0])),
        committee=world.w3.to_checksum_address(address_of(keys[1])),
        supervisor=world.w3.to_checksum_address(address_of(keys[2])),
    )
    return world.w3.eth.contract(address=made.open_meeting, abi=world.meeting.abi), keys


def test_officials_act_through_the_forwarder(world: World) -> None:
    """Committee and supervisor sign, somebody else pays, and the events name who acted."""
    meeting, (_, committee, supervisor) = _community_of_keys(world)
    data = meeting.encode_abi("convene", [world.convening()])
    receipt = world.send(_forward(world, committee, meeting.address, bytes.fromhex(data[2:])), world.stranger)
    (event,) = meeting.events.MeetingConvened().process_receipt(receipt, errors=DISCARD)
    assert address_of(committee) == event["args"]["convener"]
    data = meeting.encode_abi("consent", [1, event["args"]["conveneHash"]])
    receipt = world.send(
        _forward(world, supervisor, meeting.address, bytes.fromhex(data[2:])), world.stranger
    )
    (event,) = meeting.events.ConsentGiven().process_receipt(receipt, errors=DISCARD)
    assert address_of(supervisor) == event["args"]["by"]


def test_the_forwarder_refuses_who_did_not_sign(world: World) -> None:
    """The payer cannot act for an official, nor anybody name a sender behind the call's data."""
    meeting, (operator, committee, _) = _community_of_keys(world)
    data = bytes.fromhex(meeting.encode_abi("convene", [world.convening()])[2:])
    signed_by_other = _forward(world, operator, meeting.address, data)
    request = {**signed_by_other.arguments[0], "from": address_of(committee)}
    call = world.forwarder.functions.execute(request)
    expect_refusal(world.forwarder, "ERC2771ForwarderInvalidSigner", call, world.stranger)
    answer = world.w3.provider.make_request(
        "eth_call",
        [
            {
                "from": world.stranger,
                "to": meeting.address,
                "data": "0x" + (data + bytes.fromhex(address_of(committee)[2:])).hex(),
            },
            "latest",
        ],
    )
    assert keccak(text="RegistryBoundMissingRole(address,bytes32)")[:4].hex() in str(answer["error"])
