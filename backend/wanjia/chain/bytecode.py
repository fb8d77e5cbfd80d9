"""Whether the code on a chain is the code this release compiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eth_utils import to_checksum_address

from wanjia.chain.artifacts import Artifact, load
from wanjia.chain.deployment import IMPLEMENTATIONS

if TYPE_CHECKING:
    from eth_typing import ChecksumAddress
    from web3 import Web3

# EIP-1167: all a minimal proxy is, around the address it delegates to.
_CLONE_HEAD = bytes.fromhex("363d3d373d3d3d363d73")
_CLONE_TAIL = bytes.fromhex("5af43d82803e903d91602b57fd5bf3")
_ADDRESS_BYTES = 20


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """One contract looked at: `detail` says what was seen, whether `ok` or not."""

    contract: str
    address: str
    ok: bool
    detail: str


def clone_target(code: bytes) -> ChecksumAddress | None:
    """Address an EIP-1167 clone delegates to; None for any other code."""
    whole = len(_CLONE_HEAD) + _ADDRESS_BYTES + len(_CLONE_TAIL)
    if len(code) != whole or not code.startswith(_CLONE_HEAD) or not code.endswith(_CLONE_TAIL):
        return None
    return to_checksum_address(code[len(_CLONE_HEAD) : -len(_CLONE_TAIL)])


def is_code_of(artifact: Artifact, code: bytes) -> bool:
    """Whether `code` is the artifact's, apart from the values its constructor put into immutables."""
    if len(code) != len(artifact.deployed_bytecode):
        return False
    blanked = bytearray(code)
    for start, length in artifact.immutable_references:
        blanked[start : start + length] = bytes(length)
    return bytes(blanked) == artifact.deployed_bytecode


def verify_deployment(w3: Web3, registry: str) -> list[CodeFinding]:
    """Findings on every contract of the community whose registry this is, and on what they are cloned from.

    The implementations are those of the factory that the registry names, and all of them must relay through one
    forwarder. A finding that is not `ok` names the first thing that differs; later ones may follow from it.
    """
    address = to_checksum_address(registry)
    found = [_plain(w3, "OwnerRegistry", address, clone=True)]
    if not found[0].ok:
        return found
    contract = w3.eth.contract(address=address, abi=load("OwnerRegistry").abi)
    factory = contract.functions.factory().call()
    forwarder = contract.functions.trustedForwarder().call()
    found.extend(
        _plain(w3, name, contract.functions[_view(name)]().call(), clone=True) for name in IMPLEMENTATIONS[1:]
    )
    found.append(_plain(w3, "CommunityFactory", factory, clone=False))
    found.append(_plain(w3, "ERC2771Forwarder", forwarder, clone=False))
    if all(one.ok for one in found):
        found.extend(_links(w3, [one.address for one in found[: len(IMPLEMENTATIONS)]], factory, forwarder))
    return found


def _plain(w3: Web3, name: str, address: ChecksumAddress, *, clone: bool) -> CodeFinding:
    code = bytes(w3.eth.get_code(address))
    where = ""
    if clone:
        target = clone_target(code)
        if target is None:
            return CodeFinding(name, address, ok=False, detail="is no clone")
        code, where = bytes(w3.eth.get_code(target)), f" at {target}"
    ok = is_code_of(load(name), code)
    detail = "code is this release's" if ok else "code is not this release's"
    return CodeFinding(name, address, ok, detail + where)


def _links(w3: Web3, clones: list[str], factory: str, forwarder: str) -> list[CodeFinding]:
    """Each clone stands on the factory's implementation, and each implementation on the forwarder."""
    maker = w3.eth.contract(address=to_checksum_address(factory), abi=load("CommunityFactory").abi)
    found = []
    for name, clone in zip(IMPLEMENTATIONS, clones, strict=True):
        expected = maker.functions[f"{_view(name)}Implementation"]().call()
        target = clone_target(bytes(w3.eth.get_code(to_checksum_address(clone))))
        through = w3.eth.contract(address=expected, abi=load(name).abi).functions.trustedForwarder().call()
        ok = target == expected and through == forwarder
        detail = f"cloned from {target}, the factory names {expected}; relayed through {through}"
        found.append(CodeFinding(f"{name} (links)", clone, ok, detail))
    return found


def _view(name: str) -> str:
    """What registry and factory call a contract: `OwnerRegistry` is `registry`, `OpenMeeting` is `openMeeting`."""
    name = name.removeprefix("Owner")
    return name[0].lower() + name[1:]
