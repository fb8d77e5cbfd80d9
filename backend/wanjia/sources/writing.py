"""Writes the bundle to a folder: the same release at the same addresses gives the same bytes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wanjia.chain.deployment import Deployment
from wanjia.sources.bundle import Deployed, compiler_input, compiler_version, deployed
from wanjia.sources.guide import guide

STANDARD_INPUT = "standard-input.json"


@dataclass(frozen=True, slots=True)
class Clones:
    """A community's contracts, by its name in addresses; each delegates to an implementation of the release."""

    community: str
    registry: str
    open_meeting: str
    secret_meeting: str | None
    trustee_board: str | None
    notary: str

    @property
    def places(self) -> list[tuple[str, str]]:
        """Name and address of each; what the community does not have is left out."""
        found = (
            ("OwnerRegistry", self.registry),
            ("OpenMeeting", self.open_meeting),
            ("SecretMeeting", self.secret_meeting),
            ("TrusteeBoard", self.trustee_board),
            ("Notary", self.notary),
        )
        return [(name, address) for name, address in found if address]


def write_bundle(folder: Path, deployment: Deployment, communities: list[Clones]) -> list[Path]:
    """Write every file and give their paths. Raises ``SourcesDiffer`` and ``ArtifactMissing``."""
    contracts = deployed(deployment)
    whole, version = compiler_input(contracts), compiler_version(contracts)
    texts = {
        STANDARD_INPUT: _json(whole),
        "deployment.json": _json(_places(deployment, contracts, communities, version)),
        "README.md": guide(deployment.chain_id, version, contracts, communities),
    }
    for contract in contracts:
        request = {
            "stdJsonInput": whole,
            "compilerVersion": version,
            "contractIdentifier": contract.identifier,
        }
        texts[f"{contract.name}/metadata.json"] = _json(contract.metadata)
        texts[f"{contract.name}/constructor-arguments.txt"] = contract.arguments.hex() + "\n"
        texts[f"{contract.name}/sourcify-request.json"] = _json(request)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [folder / name for name in sorted(texts)]


def _places(
    deployment: Deployment, contracts: list[Deployed], communities: list[Clones], version: str
) -> dict[str, Any]:
    implementations = {contract.name: contract.address for contract in contracts}
    return {
        "chainId": deployment.chain_id,
        "compilerVersion": version,
        "contracts": [
            {
                "name": contract.name,
                "identifier": contract.identifier,
                "address": contract.address,
                "constructorArguments": "0x" + contract.arguments.hex(),
            }
            for contract in contracts
        ],
        "clones": [
            {"community": each.community, "name": name, "address": address, "cloneOf": implementations[name]}
            for each in sorted(communities, key=lambda one: one.community)
            for name, address in each.places
        ],
    }


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
