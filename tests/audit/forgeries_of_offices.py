"""Forged blocks, contracts, roles and keys."""

from audited_world import account, vs_of
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from forging import forgery
from held_meeting import REKEYED, VETOED
from tampering import Tampered

from wanjia.audit.abi import KEYS_OF
from wanjia.audit.signatures import possession_digest
from wanjia.chain.signing import sign_digest


@forgery("chain.continuity")
def parent_replaced(it: Tampered) -> None:
    """A block names another parent."""
    it.block(it.logs("BallotsCast")[0])["parentHash"] = "0x" + "11" * 32


@forgery("chain.continuity")
def time_turned_back(it: Tampered) -> None:
    """A block claims to be older than the one before."""
    it.block(it.logs("ResultFinal")[0])["timestamp"] = hex(1_760_000_001)


@forgery("chain.continuity")
def log_of_another_address(it: Tampered) -> None:
    """The node slips in a log of a contract that nobody asked for."""
    log = it.copy_after(it.logs("BallotsCast")[0])
    log["address"] = "0x" + "22" * 20


@forgery("chain.continuity")
def log_without_its_transaction(it: Tampered) -> None:
    """A log names a transaction that its block does not hold."""
    log = it.logs("ObjectionRaised")[0]
    other = it.logs("ResultFinal")[0]
    log["transactionHash"] = other["transactionHash"]


@forgery("contracts.links")
def notary_of_another_community(it: Tampered) -> None:
    """The factory's event names another notary."""
    it.edit(it.logs("CommunityCreated")[0], notary="0x" + "33" * 20)


@forgery("contracts.links")
def made_for_others(it: Tampered) -> None:
    """The factory made the registry for another community."""
    it.edit(it.logs("CommunityCreated")[0], community=bytes(32))


@forgery("contracts.links")
def registry_nobody_made(it: Tampered) -> None:
    """The factory never made this registry."""
    it.drop(it.logs("CommunityCreated")[0])


@forgery("contracts.links")
def made_by_a_constructor(it: Tampered) -> None:
    """The factory's event comes from its own making, where any storage could be written beforehand."""
    it.transaction(it.logs("CommunityCreated")[0])["to"] = None


@forgery("contracts.code")
def code_with_a_back_door(it: Tampered) -> None:
    """One byte of the meeting contract's implementation differs."""
    longest = max(it.recording["code"], key=lambda address: len(it.recording["code"][address]))
    code = it.recording["code"][longest]
    it.recording["code"][longest] = code[:2000] + format(int(code[2000], 16) ^ 1, "x") + code[2001:]


@forgery("contracts.code")
def event_of_no_release(it: Tampered) -> None:
    """A contract emits an event that this release does not have."""
    it.copy_after(it.logs("ConsentGiven")[0])["topics"][0] = "0x" + "44" * 32


@forgery("roles.separation")
def consent_by_the_committee(it: Tampered) -> None:
    """The committee consents to its own meeting."""
    committee = it.args(it.logs("MeetingConvened")[0])["by"]
    log = it.logs("ConsentGiven")[0]
    it.edit(log, by=committee)
    it.forwarded(log, lambda request: [committee, *request[1:]])


@forgery("roles.separation")
def roll_published_by_a_stranger(it: Tampered) -> None:
    """An account without a role publishes the roll; the event itself does not say who did."""
    it.forwarded(it.logs("RollPublished")[0], lambda request: ["0x" + "55" * 20, *request[1:]])


@forgery("roles.separation")
def role_granted_by_one_side(it: Tampered) -> None:
    """A supervisor is added that nobody proposed."""
    it.drop(it.logs("RoleProposed")[0])


@forgery("roles.separation")
def second_role(it: Tampered) -> None:
    """The operator becomes a member of the committee too."""
    operator = it.args(it.logs("CommunityCreated")[0])["operator"]
    it.edit(it.logs("RoleProposed")[0], account=operator, role=keccak(b"COMMITTEE"))
    it.edit(it.logs("RoleGranted")[3], account=operator, role=keccak(b"COMMITTEE"))


@forgery("registry.possession")
def key_nobody_holds(it: Tampered) -> None:
    """The operator registers an address whose key never signed."""
    it.edit(it.logs("OwnerRegistered")[27], key="0x" + "66" * 20)


@forgery("registry.possession")
def evidence_replaced(it: Tampered) -> None:
    """The identity evidence is another than the owner's key signed for."""
    it.edit(it.logs("OwnerRegistered")[3], evidence=bytes(32))


@forgery("registry.unique-key")
def one_key_for_two_owners(it: Tampered) -> None:
    """Two owners get one key, which did sign for both."""
    key = account(10_001)
    log = it.logs("OwnerRegistered")[27]
    evidence = it.args(log)["evidence"]
    digest = possession_digest(it.chain_id, it.registry)(28, key.address.lower(), evidence)
    signature = sign_digest(bytes(key.key), digest)
    it.edit(log, key=key.address, r=signature[:32], vs=vs_of(signature))


@forgery("registry.key-change")
def key_changed_too_early(it: Tampered) -> None:
    """A change of key takes effect an hour after its approval."""
    log = next(log for log in it.logs("KeyChangeApproved") if it.args(log)["voter"] == REKEYED)
    it.edit(log, effectiveAt=it.args(log)["effectiveAt"] - 47 * 3600)


@forgery("registry.key-change")
def key_changed_without_approval(it: Tampered) -> None:
    """No supervisor approved a change of key."""
    it.drop(next(log for log in it.logs("KeyChangeApproved") if it.args(log)["voter"] == REKEYED))


@forgery("registry.key-change")
def registration_hidden(it: Tampered) -> None:
    """The key in force of an owner who did not vote is another than was registered."""
    for contract in it.recording["calls"].values():
        for question, answer in contract.items():
            if question.startswith("0x" + KEYS_OF.selector.hex()):
                keys = list(KEYS_OF.answer(answer)[0])
                keys[27] = "0x" + "77" * 20
                contract[question] = "0x" + encode(["address[]"], [keys]).hex()


@forgery("registry.key-change")
def veto_hidden(it: Tampered) -> None:
    """The node hides that a change of key was vetoed."""
    it.drop(it.logs("KeyChangeVetoed")[0])


@forgery("registry.key-change")
def veto_ignored(it: Tampered) -> None:
    """A change of key is completed although the old key vetoed it."""
    done = it.logs("KeyChanged")[0]
    old = it.args(it.logs("OwnerRegistered")[VETOED - 1])["key"]
    it.copy_after(done, voter=VETOED, oldKey=old, newKey=account(77_002).address)


@forgery("registry.key-change")
def owner_registered_again(it: Tampered) -> None:
    """The operator rebinds an owner by registering them a second time."""
    it.edit(it.logs("OwnerRegistered")[27], voter=1)
