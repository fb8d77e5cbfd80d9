"""The community's contracts belong together and run the code of this release."""

from wanjia.audit.abi import Malformed, raw
from wanjia.audit.case import Case
from wanjia.audit.findings import Saw
from wanjia.chain.artifacts import Artifact, ArtifactMissing, load

_CLONE_START = bytes.fromhex("363d3d373d3d3d363d73")
_CLONE_END = bytes.fromhex("5af43d82803e903d91602b57fd5bf3")
_CLONE_BYTES = 45


def links(case: Case, saw: Saw) -> None:
    """Registry, meeting contract and notary name each other and come from the factory they name."""
    contracts = case.history.contracts
    for name, address in (("openMeeting", contracts.open_meeting), ("notary", contracts.notary)):
        if case.links.get(address) != contracts.registry:
            saw.fault(f"{name} {address} 指向另一个登记合约", f"{name} {address} names another registry")
    created = case.history.created()
    if len(created) != 1:
        saw.fault(
            f"工厂合约创建记录 {len(created)} 条", f"the factory made this registry {len(created)} times"
        )
    for event in created:
        if event.args["community"] != case.community:
            saw.fault("工厂记的小区不同", "the factory made it for another community")
        for field, address in (("openMeeting", contracts.open_meeting), ("notary", contracts.notary)):
            if event.args[field].lower() != address:
                saw.fault(f"工厂创建的 {field} 不同", f"the factory made another {field}")
    saw.note(
        f"登记 {contracts.registry}，会议 {contracts.open_meeting}，公证 {contracts.notary}，工厂 {contracts.factory}",
        f"registry {contracts.registry}, meetings {contracts.open_meeting}, notary {contracts.notary}, "
        f"factory {contracts.factory}",
    )


def code(case: Case, saw: Saw) -> None:
    """The code behind each clone, of the factory and of the forwarder is the code this release compiles."""
    contracts = case.history.contracts
    matched = 0
    for name, address, cloned in (
        ("OwnerRegistry", contracts.registry, True),
        ("OpenMeeting", contracts.open_meeting, True),
        ("Notary", contracts.notary, True),
        ("CommunityFactory", contracts.factory, False),
        ("ERC2771Forwarder", contracts.forwarder, False),
    ):
        try:
            artifact = load(name)
            behind = clone_target(case.codes.get(address)) if cloned else address
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
            else:
                saw.fault(f"{name} 的代码与本版不同", f"the code of {name} is not this release's")
    saw.note(
        f"{matched}/5 个合约的代码与本版编译一致",
        f"the code of {matched} of 5 contracts is what this release compiles",
    )


def clone_target(value: object) -> str:
    """Address behind an EIP-1167 clone. Raises ``Malformed`` for any other code."""
    code_ = raw(value)
    if len(code_) != _CLONE_BYTES or not code_.startswith(_CLONE_START) or not code_.endswith(_CLONE_END):
        raise Malformed("not a clone (EIP-1167)")
    return "0x" + code_[len(_CLONE_START) : -len(_CLONE_END)].hex()


def same_code(found: bytes, artifact: Artifact) -> bool:
    """Compare code with what was compiled, the places that a constructor fills in left out."""
    if len(found) != len(artifact.deployed_bytecode):
        return False
    one, other = bytearray(found), bytearray(artifact.deployed_bytecode)
    for start, length in artifact.immutable_references:
        one[start : start + length] = other[start : start + length] = bytes(length)
    return one == other
