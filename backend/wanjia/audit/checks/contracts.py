"""The community's contracts belong together and run the code of this release."""

from eth_hash.auto import keccak

from wanjia.audit.abi import Malformed, raw
from wanjia.audit.case import Case
from wanjia.audit.findings import Saw
from wanjia.audit.signatures import separator
from wanjia.chain.artifacts import Artifact, ArtifactMissing, load

_CLONE_START = bytes.fromhex("363d3d373d3d3d363d73")
_CLONE_END = bytes.fromhex("5af43d82803e903d91602b57fd5bf3")
_CLONE_BYTES = 45
CLONED = frozenset({"OwnerRegistry", "OpenMeeting", "SecretMeeting", "TrusteeBoard", "Notary"})
DOMAINS = {
    "OwnerRegistry": b"Wanjia OwnerRegistry",
    "OpenMeeting": b"Wanjia OpenMeeting",
    "SecretMeeting": b"Wanjia SecretMeeting",
    "ERC2771Forwarder": b"Wanjia Forwarder",
}
"""EIP-712 names."""


def links(case: Case, saw: Saw) -> None:
    """Registry and its clones name each other and come from the factory they name."""
    contracts = case.history.contracts
    for name, address in contracts.bound.items():
        if case.links.get(address) != contracts.registry:
            saw.fault(f"{name} {address} 指向另一个登记合约", f"{name} {address} names another registry")
    created = case.history.created()
    if len(created) != 1:
        saw.fault(
            f"工厂合约创建记录 {len(created)} 条", f"the factory made this registry {len(created)} times"
        )
    for event in created:
        carrier = case.history.transactions.get(event.transaction)
        if carrier is None or carrier.to != contracts.factory:
            # What a constructor makes, it can make with anything in its storage.
            saw.fault("小区不是由调用工厂创建的", "the community was not made by a call of the factory")
        if event.args["community"] != case.community:
            saw.fault("工厂记的小区不同", "the factory made it for another community")
        for field, address in contracts.bound.items():
            if event.args[field].lower() != address:
                saw.fault(f"工厂创建的 {field} 不同", f"the factory made another {field}")
    saw.note(
        f"登记 {contracts.registry}，公开会议 {contracts.open_meeting}，秘密会议 {contracts.secret_meeting}，"
        f"受托人 {contracts.trustee_board}，公证 {contracts.notary}，工厂 {contracts.factory}",
        f"registry {contracts.registry}, open meetings {contracts.open_meeting}, secret meetings "
        f"{contracts.secret_meeting}, trustees {contracts.trustee_board}, notary {contracts.notary}, "
        f"factory {contracts.factory}",
    )


def code(case: Case, saw: Saw) -> None:
    """The code behind each clone, of the factory and of the forwarder is what this release compiles and deploys."""
    contracts = case.history.contracts
    matched = 0
    whole = {
        **contracts.clones,
        "CommunityFactory": contracts.factory,
        "ERC2771Forwarder": contracts.forwarder,
    }
    for name, address in whole.items():
        try:
            artifact = load(name)
            behind = clone_target(case.codes.get(address)) if name in CLONED else address
            found = raw(case.codes.get(behind))
        except ArtifactMissing:
            saw.fault(
                f"未能核对 {name}：本机没有编译产物",
                f"{name} could not be checked: compile the contracts first",
            )
        except Malformed as error:
            saw.fault(f"{name} {address}：{error}", f"{name} {address}: {error}")
        else:
            if same_code(found, artifact):
                matched += 1
                if strange := filled_in(found, artifact) - _expected(case, name, behind):
                    words = ", ".join(sorted("0x" + word.hex().lstrip("0") for word in strange))
                    saw.fault(
                        f"{name} 部署时填入了不该有的值 {words}",
                        f"{name} was deployed with strange values {words}",
                    )
            else:
                saw.fault(f"{name} 的代码与本版不同", f"the code of {name} is not this release's")
    saw.note(
        f"{matched}/{len(whole)} 个合约的代码与本版编译一致",
        f"the code of {matched} of {len(whole)} contracts is what this release compiles",
    )


def clone_target(value: object) -> str:
    """Address behind an EIP-1167 clone. Raises ``Malformed`` for any other code."""
    code_ = raw(value)
    if len(code_) != _CLONE_BYTES or not code_.startswith(_CLONE_START) or not code_.endswith(_CLONE_END):
        raise Malformed("not a clone (EIP-1167)")
    return "0x" + code_[len(_CLONE_START) : -len(_CLONE_END)].hex()


def filled_in(found: bytes, artifact: Artifact) -> set[bytes]:
    """What the constructor filled in, at the places that ``same_code`` leaves out."""
    return {found[start : start + length] for start, length in artifact.immutable_references}


def _expected(case: Case, name: str, address: str) -> set[bytes]:
    """What the constructor of this release fills in: whom the contract trusts, what it clones, its EIP-712 domain.

    The code of a contract is no promise without them: another forwarder in there could act for every official.
    """
    contracts = case.history.contracts
    if name == "CommunityFactory":
        return {_word(clone_target(case.codes.get(clone))) for clone in contracts.clones.values()}
    expected = {_word(contracts.forwarder)} if name in CLONED else set()
    if domain := DOMAINS.get(name):
        chain_id = case.history.chain_id
        expected |= {_word(address), chain_id.to_bytes(32, "big"), separator(domain, chain_id, address)}
        for text in (domain, b"1"):
            # OpenZeppelin keeps a short string as its bytes, with the length in the last.
            expected |= {keccak(text), text.ljust(31, b"\0") + bytes([len(text)])}
    return expected


def _word(address: str) -> bytes:
    return bytes.fromhex(address[2:]).rjust(32, b"\0")


def same_code(found: bytes, artifact: Artifact) -> bool:
    """Compare code with what was compiled, the places that a constructor fills in left out."""
    if len(found) != len(artifact.deployed_bytecode):
        return False
    one, other = bytearray(found), bytearray(artifact.deployed_bytecode)
    for start, length in artifact.immutable_references:
        one[start : start + length] = other[start : start + length] = bytes(length)
    return one == other
