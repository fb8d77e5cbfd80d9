"""What it takes to compile the deployed contracts again: one compiler input, and each contract's own arguments.

Everything comes from the artifacts' own metadata, so it is what was compiled and not what lies around: a source
whose hash differs from the one in the metadata is refused.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils import keccak

from wanjia.chain.artifacts import build_folder, load
from wanjia.chain.deployment import FORWARDER_NAME, Deployment
from wanjia.paths import TOP

OUTPUTS = (
    *("abi", "metadata", "evm.bytecode.object", "evm.deployedBytecode.object"),
    "evm.deployedBytecode.immutableReferences",
)


class SourcesDiffer(Exception):
    """A source is not the one that was compiled."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is not what was compiled: run hardhat-free-scripts/compile.py")


@dataclass(frozen=True, slots=True)
class Deployed:
    """One contract of a release where it stands. ``arguments`` are ABI-encoded, ``identifier`` is file:name."""

    name: str
    identifier: str
    address: str
    arguments: bytes
    license: str
    """SPDX, of its own file."""
    metadata: Mapping[str, Any]


def deployed(deployment: Deployment) -> list[Deployed]:
    """Every contract that was deployed as itself; the clones stand on these."""
    forwarder = deployment.forwarder
    implementations = (
        ("OwnerRegistry", deployment.registry_implementation),
        ("OpenMeeting", deployment.open_meeting_implementation),
        ("SecretMeeting", deployment.secret_meeting_implementation),
        ("TrusteeBoard", deployment.trustee_board_implementation),
        ("Notary", deployment.notary_implementation),
    )
    addresses = [address for _, address in implementations]
    return [
        _deployed("ERC2771Forwarder", forwarder, FORWARDER_NAME),
        *(_deployed(name, address, forwarder) for name, address in implementations),
        _deployed("CommunityFactory", deployment.factory, *addresses),
    ]


def compiler_input(contracts: list[Deployed], top: Path = TOP) -> dict[str, Any]:
    """One standard-JSON input with every source these contracts are made of, nothing left to be found.

    Raises ``SourcesDiffer``.
    """
    sources: dict[str, str] = {}
    for contract in contracts:
        for path, known in contract.metadata["sources"].items():
            sources[path] = sources.get(path) or _source(top, path, known["keccak256"])
    settings = dict(contracts[0].metadata["settings"])
    del settings["compilationTarget"]
    return {
        "language": "Solidity",
        "sources": {path: {"content": sources[path]} for path in sorted(sources)},
        "settings": {
            **settings,
            # the metadata writes a remapping's empty context; the compiler's input does without
            "remappings": [mapping.removeprefix(":") for mapping in settings["remappings"]],
            "outputSelection": {"*": {"*": list(OUTPUTS)}},
        },
    }


def compiler_version(contracts: list[Deployed]) -> str:
    """The compiler, as ``0.8.30+commit.73712a01``."""
    (version,) = {str(contract.metadata["compiler"]["version"]) for contract in contracts}
    return version


def _deployed(name: str, address: str, *arguments: str) -> Deployed:
    metadata = _metadata(build_folder() / f"{name}.json")
    ((path, target),) = metadata["settings"]["compilationTarget"].items()
    spdx = str(metadata["sources"][path]["license"])
    (constructor,) = (entry for entry in load(name).abi if entry["type"] == "constructor")
    types = [each["type"] for each in constructor["inputs"]]
    return Deployed(name, f"{path}:{target}", address, encode(types, arguments), spdx, metadata)


@cache
def _metadata(path: Path) -> dict[str, Any]:
    metadata: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    return metadata


def _source(top: Path, path: str, known: str) -> str:
    raw = (top / path).read_bytes()
    if "0x" + keccak(raw).hex() != known:
        raise SourcesDiffer(path)
    return raw.decode()
