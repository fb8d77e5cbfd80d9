"""The registry on ganache: happy paths, and one test for each refusal and each reason to skip."""

from eth_utils import keccak
from refusals import expect_refusal
from web3.logs import DISCARD

from chain_world import World, owner_key
from wanjia.chain.eip712 import key_change_veto_digest, possession_digest
from wanjia.chain.signing import address_of, sign_digest, to_compact

OPERATOR = keccak(text="OPERATOR")
TWO_DAYS = 48 * 3600


def _new_key(world: World, voter: int, generation: int = 1) -> tuple[str, bytes, bytes, bytes]:
    """A new key's address, evidence and proof of possession."""
    key, evidence = owner_key(voter, generation), keccak(text="evidence of change")
    digest = possession_digest(world.chain_id, world.registry.address, voter, address_of(key), evidence)
    return (address_of(key), evidence, *to_compact(sign_digest(key, digest)))


def _request(world: World, voter: int = 3) -> str:
    """Ask for a change of the voter's key; give the new key's address."""
    new = _new_key(world, voter)
    world.send(world.registry.functions.requestKeyChange(voter, *new), world.operator)
    return new[0]


def _veto(world: World, voter: int, new_key: str, effective_at: int, key: bytes) -> tuple[bytes, bytes]:
    """A veto signed by `key`."""
    digest = key_change_veto_digest(world.chain_id, world.registry.address, voter, new_key, effective_at)
    return to_compact(sign_digest(key, digest))


def _skip_reason(world: World, entry: tuple[int, str, bytes, bytes, bytes]) -> int:
    """Register one entry that must be skipped; give the reason."""
    receipt = world.send(world.registry.functions.register([entry]), world.operator)
    (event,) = world.registry.events.RegistrationSkipped().process_receipt(receipt, errors=DISCARD)
    assert (entry[0], entry[1]) == (event["args"]["voter"], event["args"]["key"])
    return int(event["args"]["reason"])


def test_owners_are_registered_with_their_keys(world: World) -> None:
    """A registered owner's key is in force, alone and in bulk; others have none."""
    keys = [address_of(owner_key(voter)) for voter in (1, 2)]
    assert keys[0] == world.registry.functions.keyOf(1).call()
    packed = b"".join(v.to_bytes(4, "big") for v in (1, 99, 2))
    assert [keys[0], "0x" + "0" * 40, keys[1]] == world.registry.functions.keysOf(packed).call()
    assert [] == world.registry.functions.keysOf(b"").call()


def test_registration_is_logged_with_its_proof(world: World) -> None:
    """The event holds all that a check of the possession needs."""
    entry = world.registration(500)
    receipt = world.send(world.registry.functions.register([entry]), world.operator)
    (event,) = world.registry.events.OwnerRegistered().process_receipt(receipt)
    assert entry == tuple(event["args"][name] for name in ("voter", "key", "evidence", "r", "vs"))


def test_skip_already_registered(world: World) -> None:
    """A second registration of an owner changes nothing."""
    assert _skip_reason(world, world.registration(1, owner_key(1, 5))) == 1
    assert address_of(owner_key(1)) == world.registry.functions.keyOf(1).call()


def test_skip_bad_possession(world: World) -> None:
    """A key that did not sign for this owner is not registered; nor is the zero address with no signature."""
    voter, key, evidence, *_ = world.registration(500)
    _, _, _, r, vs = world.registration(501)
    assert _skip_reason(world, (voter, key, evidence, r, vs)) == 2
    assert _skip_reason(world, (voter, "0x" + "0" * 40, evidence, b"\0" * 32, b"\0" * 32)) == 2
    assert "0x" + "0" * 40 == world.registry.functions.keyOf(500).call()


def test_skip_zero_voter(world: World) -> None:
    """Voter 0 is nobody."""
    assert _skip_reason(world, world.registration(0)) == 3


def test_a_skipped_registration_does_not_stop_the_others(world: World) -> None:
    """The good entries of a batch are registered around a bad one."""
    entries = [world.registration(v) for v in (601, 1, 602)]
    world.send(world.registry.functions.register(entries), world.operator)
    assert entries[2][1] == world.registry.functions.keyOf(602).call()


def test_register_by_another_than_the_operator(world: World) -> None:
    """Only the operator registers."""
    call = world.registry.functions.register([world.registration(500)])
    for sender in (world.committee, world.supervisor, world.stranger):
        values = expect_refusal(world.registry, "AccessControlUnauthorizedAccount", call, sender)
        assert (sender.lower(), OPERATOR) == values


def test_owner_registry_gas_floor(world: World) -> None:
    """Too little gas undoes the batch rather than skip an owner for it."""
    call = world.registry.functions.register([world.registration(500)])
    expect_refusal(world.registry, "OwnerRegistryGasFloor", call, world.operator, gas=85_000)


def test_owner_registry_packed_length(world: World) -> None:
    """A list of voters is four bytes each."""
    call = world.registry.functions.keysOf(b"\0" * 7)
    assert (7,) == expect_refusal(world.registry, "OwnerRegistryPackedLength", call, world.stranger)


def test_key_change_takes_two_parties_and_48_hours(world: World) -> None:
    """Requested, approved, waited for, completed by anyone."""
    new_key = _request(world)
    receipt = world.send(world.registry.functions.approveKeyChange(3, new_key), world.supervisor)
    approved_at = world.w3.eth.get_block(receipt["blockNumber"])["timestamp"]
    assert [new_key, approved_at + TWO_DAYS] == world.registry.functions.keyChangeOf(3).call()
    world.move_to(approved_at + TWO_DAYS)
    receipt = world.send(world.registry.functions.completeKeyChange(3), world.stranger)
    (event,) = world.registry.events.KeyChanged().process_receipt(receipt)
    assert (address_of(owner_key(3)), new_key) == (event["args"]["oldKey"], event["args"]["newKey"])
    assert new_key == world.registry.functions.keyOf(3).call()


def test_old_key_vetoes_before_and_after_the_approval(world: World) -> None:
    """The veto ends the change in both stages, brought by anyone."""
    new_key = _request(world)
    veto = _veto(world, 3, new_key, 0, owner_key(3))
    world.send(world.registry.functions.vetoKeyChange(3, *veto), world.stranger)
    _request(world)
    world.send(world.registry.functions.approveKeyChange(3, new_key), world.supervisor)
    _, effective_at = world.registry.functions.keyChangeOf(3).call()
    veto = _veto(world, 3, new_key, effective_at, owner_key(3))
    receipt = world.send(world.registry.functions.vetoKeyChange(3, *veto), world.stranger)
    assert 1 == len(world.registry.events.KeyChangeVetoed().process_receipt(receipt))
    assert address_of(owner_key(3)) == world.registry.functions.keyOf(3).call()


def test_operator_and_supervisor_cancel(world: World) -> None:
    """Either of them withdraws a change."""
    for sender in (world.operator, world.supervisor):
        _request(world)
        receipt = world.send(world.registry.functions.cancelKeyChange(3), sender)
        assert 1 == len(world.registry.events.KeyChangeCancelled().process_receipt(receipt))


def test_cancel_by_another(world: World) -> None:
    """The committee does not cancel."""
    _request(world)
    call = world.registry.functions.cancelKeyChange(3)
    expect_refusal(world.registry, "AccessControlUnauthorizedAccount", call, world.committee)


def test_request_and_approve_by_another(world: World) -> None:
    """The operator alone asks, the supervisor alone approves."""
    call = world.registry.functions.requestKeyChange(3, *_new_key(world, 3))
    expect_refusal(world.registry, "AccessControlUnauthorizedAccount", call, world.supervisor)
    call = world.registry.functions.approveKeyChange(3, _request(world))
    expect_refusal(world.registry, "AccessControlUnauthorizedAccount", call, world.operator)


def test_owner_registry_not_registered(world: World) -> None:
    """An owner without a key has none to change."""
    call = world.registry.functions.requestKeyChange(77, *_new_key(world, 77))
    assert (77,) == expect_refusal(world.registry, "OwnerRegistryNotRegistered", call, world.operator)


def test_owner_registry_same_key(world: World) -> None:
    """The key in force is no new key."""
    call = world.registry.functions.requestKeyChange(3, *_new_key(world, 3, generation=0))
    expect_refusal(world.registry, "OwnerRegistrySameKey", call, world.operator)


def test_owner_registry_bad_possession(world: World) -> None:
    """The new key has to sign for itself."""
    address, evidence, _, _ = _new_key(world, 3)
    _, _, r, vs = _new_key(world, 4)
    call = world.registry.functions.requestKeyChange(3, address, evidence, r, vs)
    expect_refusal(world.registry, "OwnerRegistryBadPossession", call, world.operator)


def test_owner_registry_key_change_pending(world: World) -> None:
    """One change at a time."""
    new_key = _request(world)
    call = world.registry.functions.requestKeyChange(3, *_new_key(world, 3, generation=2))
    values = expect_refusal(world.registry, "OwnerRegistryKeyChangePending", call, world.operator)
    assert (3, new_key.lower()) == values


def test_owner_registry_no_key_change(world: World) -> None:
    """Nothing to approve, veto, cancel or complete; and an approval names the key asked for."""
    functions = world.registry.functions
    other = address_of(owner_key(8))
    for call, sender in (
        (functions.approveKeyChange(3, other), world.supervisor),
        (functions.vetoKeyChange(3, b"\1" * 32, b"\1" * 32), world.stranger),
        (functions.cancelKeyChange(3), world.operator),
        (functions.completeKeyChange(3), world.stranger),
    ):
        expect_refusal(world.registry, "OwnerRegistryNoKeyChange", call, sender)
    _request(world)
    call = functions.approveKeyChange(3, other)
    expect_refusal(world.registry, "OwnerRegistryNoKeyChange", call, world.supervisor)


def test_owner_registry_already_approved(world: World) -> None:
    """A second approval would start the 48 hours anew."""
    call = world.registry.functions.approveKeyChange(3, _request(world))
    world.send(call, world.supervisor)
    expect_refusal(world.registry, "OwnerRegistryAlreadyApproved", call, world.supervisor)


def test_owner_registry_key_change_not_due(world: World) -> None:
    """Neither before the approval nor within the 48 hours."""
    new_key = _request(world)
    call = world.registry.functions.completeKeyChange(3)
    assert (3, 0) == expect_refusal(world.registry, "OwnerRegistryKeyChangeNotDue", call, world.stranger)
    world.send(world.registry.functions.approveKeyChange(3, new_key), world.supervisor)
    world.move_to(world.now() + TWO_DAYS - 120)
    expect_refusal(world.registry, "OwnerRegistryKeyChangeNotDue", call, world.stranger)


def test_owner_registry_bad_veto(world: World) -> None:
    """Only the key in force vetoes, and only this very change."""
    new_key = _request(world)
    for veto in (
        _veto(world, 3, new_key, 0, owner_key(4)),
        _veto(world, 3, new_key, 7, owner_key(3)),
        _veto(world, 3, address_of(owner_key(9)), 0, owner_key(3)),
    ):
        call = world.registry.functions.vetoKeyChange(3, *veto)
        expect_refusal(world.registry, "OwnerRegistryBadVeto", call, world.stranger)


def test_meetings_are_numbered_across_contracts(world: World) -> None:
    """Open and secret meetings take their numbers from one row, and the registry says which contract holds one."""
    registry = world.registry.functions
    for contract in (world.meeting, world.secret, world.secret, world.meeting):
        world.send(contract.functions.convene(world.convening()), world.committee)
    assert 4 == registry.meetingCount().call()
    holders = [registry.meetingContractOf(number).call() for number in range(1, 5)]
    assert [world.meeting.address, *[world.secret.address] * 2, world.meeting.address] == holders
    assert "0x" + "0" * 40 == registry.meetingContractOf(5).call()
    for contract, number in ((world.meeting, 2), (world.secret, 1)):
        call = contract.functions.stateOf(number)
        expect_refusal(world.meeting, "OwnersMeetingUnknown", call, world.stranger)


def test_owner_registry_not_meeting_contract(world: World) -> None:
    """Nobody else numbers a meeting, officials and the community's other contracts included."""
    call = world.registry.functions.takeMeeting()
    for sender in (
        world.operator,
        world.committee,
        world.supervisor,
        world.board.address,
        world.notary.address,
    ):
        values = expect_refusal(world.registry, "OwnerRegistryNotMeetingContract", call, sender)
        assert (sender.lower(),) == values
