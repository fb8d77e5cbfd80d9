"""Roles on ganache: changed by committee and supervisor together, refusal by refusal."""

from eth_utils import keccak
from refusals import expect_refusal

from chain_world import World

OPERATOR, COMMITTEE, SUPERVISOR = (keccak(text=role) for role in ("OPERATOR", "COMMITTEE", "SUPERVISOR"))


def test_roles_change_by_two_parties(world: World) -> None:
    """Committee proposes, supervisor confirms, and the other way round; the role then works."""
    functions, account = world.registry.functions, world.w3.eth.accounts[6]
    world.send(functions.proposeRole(OPERATOR, account, True), world.committee)
    world.send(functions.confirmRole(OPERATOR, account, True), world.supervisor)
    assert OPERATOR == functions.roleOf(account).call()
    world.send(functions.register([world.registration(500)]), account)
    world.send(functions.proposeRole(OPERATOR, account, False), world.supervisor)
    world.send(functions.confirmRole(OPERATOR, account, False), world.committee)
    assert (False, 1) == (functions.hasRole(OPERATOR, account).call(), functions.holdersOf(OPERATOR).call())


def test_nobody_is_administrator(world: World) -> None:
    """OpenZeppelin's own way of granting is closed to everyone."""
    functions = world.registry.functions
    for sender in (world.operator, world.committee, world.supervisor):
        assert not functions.hasRole(b"\0" * 32, sender).call()
        for call in (functions.grantRole(OPERATOR, sender), functions.revokeRole(OPERATOR, sender)):
            expect_refusal(world.registry, "AccessControlUnauthorizedAccount", call, sender)


def test_owner_registry_needs_committee_and_supervisor(world: World) -> None:
    """Others neither propose nor confirm, and nobody lays down an office alone."""
    functions, account = world.registry.functions, world.w3.eth.accounts[6]
    for call, sender in (
        (functions.proposeRole(OPERATOR, account, True), world.operator),
        (functions.confirmRole(OPERATOR, account, True), world.stranger),
        (functions.renounceRole(SUPERVISOR, world.supervisor), world.supervisor),
    ):
        expect_refusal(world.registry, "OwnerRegistryNeedsCommitteeAndSupervisor", call, sender)


def test_owner_registry_not_proposed(world: World) -> None:
    """Neither without a proposal nor by the side that made it."""
    functions, account = world.registry.functions, world.w3.eth.accounts[6]
    call = functions.confirmRole(OPERATOR, account, True)
    expect_refusal(world.registry, "OwnerRegistryNotProposed", call, world.supervisor)
    world.send(functions.proposeRole(OPERATOR, account, True), world.committee)
    expect_refusal(world.registry, "OwnerRegistryNotProposed", call, world.committee)


def test_a_proposal_dies_with_the_office_it_was_made_in(world: World) -> None:
    """What a removed committee key proposed cannot be confirmed any more."""
    functions, (second, account) = world.registry.functions, world.w3.eth.accounts[6:8]
    for step in (functions.proposeRole, functions.confirmRole):
        sender = world.committee if step is functions.proposeRole else world.supervisor
        world.send(step(COMMITTEE, second, True), sender)
    world.send(functions.proposeRole(OPERATOR, account, True), second)
    world.send(functions.proposeRole(COMMITTEE, second, False), world.committee)
    world.send(functions.confirmRole(COMMITTEE, second, False), world.supervisor)
    call = functions.confirmRole(OPERATOR, account, True)
    expect_refusal(world.registry, "OwnerRegistryNotProposed", call, world.supervisor)


def test_owner_registry_unknown_role(world: World) -> None:
    """There are three roles, and the administrator is none of them."""
    call = world.registry.functions.proposeRole(b"\0" * 32, world.stranger, True)
    expect_refusal(world.registry, "OwnerRegistryUnknownRole", call, world.committee)


def test_owner_registry_invalid_account(world: World) -> None:
    """Neither nobody nor the forwarder nor the community's own contracts hold a role."""
    ours = (world.registry, world.meeting, world.secret, world.board, world.notary, world.forwarder)
    for account in ("0x" + "0" * 40, world.deployment.factory, *(one.address for one in ours)):
        call = world.registry.functions.proposeRole(OPERATOR, account, True)
        expect_refusal(world.registry, "OwnerRegistryInvalidAccount", call, world.committee)


def test_owner_registry_holds_role(world: World) -> None:
    """An account holds at most one role."""
    call = world.registry.functions.proposeRole(COMMITTEE, world.operator, True)
    values = expect_refusal(world.registry, "OwnerRegistryHoldsRole", call, world.supervisor)
    assert (world.operator.lower(), OPERATOR) == values


def test_owner_registry_lacks_role(world: World) -> None:
    """What is not held is not taken away."""
    call = world.registry.functions.proposeRole(OPERATOR, world.stranger, False)
    expect_refusal(world.registry, "OwnerRegistryLacksRole", call, world.committee)


def test_owner_registry_last_holder(world: World) -> None:
    """Without a committee or a supervisor no role could change again."""
    for role, account in ((COMMITTEE, world.committee), (SUPERVISOR, world.supervisor)):
        call = world.registry.functions.proposeRole(role, account, False)
        expect_refusal(world.registry, "OwnerRegistryLastHolder", call, world.committee)


def test_a_clone_is_initialised_once(world: World) -> None:
    """Neither a clone nor an implementation can be taken over."""
    contracts = (world.stranger,) * 4
    args = (b"\1" * 32, contracts, world.stranger, world.committee, world.supervisor)
    expect_refusal(
        world.registry, "InvalidInitialization", world.registry.functions.initialize(*args), world.stranger
    )
    implementation = world.w3.eth.contract(
        address=world.deployment.registry_implementation, abi=world.registry.abi
    )
    call = implementation.functions.initialize(*args)
    expect_refusal(world.registry, "InvalidInitialization", call, world.stranger)
