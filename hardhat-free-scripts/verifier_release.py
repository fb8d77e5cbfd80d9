"""Write what the browser's verifier must know of this release: events, calls, and the hash of each contract's code.

Gives frontend/src/verifier/release.json; `--check` only says whether the committed file is the current one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "contracts" / "build"
RELEASE = ROOT / "frontend" / "src" / "verifier" / "release.json"

# What both kinds of meetings are asked, and the calls that are looked for in their transactions.
MEETING = {
    *("registry", "summaryOf", "motionOf", "decisionOf"),
    *("convene", "consent", "publishRoll", "sealRoll", "extend", "cast"),
    *("raiseObjection", "answerObjection", "voidMeeting"),
}
# What the verifier asks of a contract, and the calls it looks for in transactions.
FUNCTIONS = {
    "CommunityFactory": {"createCommunity"},
    "ERC2771Forwarder": {"execute", "executeBatch"},
    "Notary": {"registry", "anchor"},
    "OpenMeeting": MEETING,
    "SecretMeeting": MEETING | {"contextOf", "sealHashOf", "roundingOf", "aggregateOf", "intervalOf"},
    "TrusteeBoard": {
        *("registry", "keysOf", "shareKeyOf", "proposeTrustees", "confirmTrustees"),
        *("commitKeys", "revealKeys", "dealShares", "approveKeys", "postShares"),
    },
    "OwnerRegistry": {
        *("openMeeting", "secretMeeting", "trusteeBoard", "notary", "factory", "trustedForwarder"),
        *("community", "keysOf", "keyChangeOf", "meetingCount", "meetingContractOf"),
        *(
            "register",
            "requestKeyChange",
            "approveKeyChange",
            "cancelKeyChange",
            "proposeRole",
            "confirmRole",
        ),
    },
}

# What constructors fill in, in the order of declaration, which is the order of the compiler's numbers for them.
EIP712 = ["domainSeparator", "chainId", "self", "hashedName", "hashedVersion", "name", "version"]
IMMUTABLES = {
    "CommunityFactory": ["OwnerRegistry", "OpenMeeting", "SecretMeeting", "TrusteeBoard", "Notary"],
    "ERC2771Forwarder": EIP712,
    "Notary": ["forwarder"],
    "OpenMeeting": ["forwarder", *EIP712],
    "OwnerRegistry": ["forwarder", *EIP712],
    "SecretMeeting": ["forwarder", *EIP712],
    "TrusteeBoard": ["forwarder"],
}


def _parameter(item: dict[str, Any]) -> dict[str, Any]:
    kept = {"name": item["name"], "type": item["type"]}
    if item.get("indexed"):
        kept["indexed"] = True
    if "components" in item:
        kept["components"] = [_parameter(one) for one in item["components"]]
    return kept


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    kept = {"type": item["type"], "name": item["name"], "inputs": [_parameter(one) for one in item["inputs"]]}
    if item.get("outputs"):
        kept["outputs"] = [_parameter(one) for one in item["outputs"]]
    return kept


def _code(name: str, artifact: dict[str, Any]) -> dict[str, Any]:
    """Length and hash of the code with zeros where constructors write, and those places (in bytes)."""
    code = bytes.fromhex(artifact["deployedBytecode"].removeprefix("0x"))
    uses = sorted(artifact["immutableReferences"].items(), key=lambda item: int(item[0]))
    places = {
        what: [place["start"] for place in found]
        for what, (_, found) in zip(IMMUTABLES[name], uses, strict=True)
    }
    return {"bytes": len(code), "keccak": "0x" + keccak(code).hex(), "immutables": places}


def release(build: Path = BUILD) -> dict[str, Any]:
    """What the verifier must know, from the compiled contracts."""
    contracts = {}
    for name, functions in FUNCTIONS.items():
        artifact = json.loads((build / f"{name}.json").read_text(encoding="utf-8"))
        wanted = [
            item
            for item in artifact["abi"]
            if item["type"] == "event" or (item["type"] == "function" and item["name"] in functions)
        ]
        contracts[name] = {"abi": [_entry(item) for item in wanted], "code": _code(name, artifact)}
    return contracts


def text(build: Path = BUILD) -> str:
    """The file as it should be: one line an entry, so that a change shows what changed."""
    contracts = []
    for name, parts in release(build).items():
        entries = ",\n".join(f"      {json.dumps(entry)}" for entry in parts["abi"])
        contracts.append(
            f'  "{name}": {{\n    "abi": [\n{entries}\n    ],\n    "code": {json.dumps(parts["code"])}\n  }}'
        )
    return "{\n" + ",\n".join(contracts) + "\n}\n"


def main() -> None:
    """Write the file, or with `--check` compare it."""
    if "--check" in sys.argv:
        sys.exit(RELEASE.read_text(encoding="utf-8") != text())
    RELEASE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
