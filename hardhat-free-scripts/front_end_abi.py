"""Write what the front end knows of the contracts to frontend/src/chain/abi: interfaces, and marks of the code.

The mark of a contract's code is the Keccak hash of its runtime code with the places that a constructor fills in
(immutables) set to zero; a browser that blanks the same places in the code of a chain must get the same hash.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from eth_utils import keccak

from wanjia.chain.artifacts import Artifact, load

FOLDER = Path(__file__).resolve().parent.parent / "frontend" / "src" / "chain" / "abi"
CONTRACTS = {
    "OwnerRegistry": "registry",
    "OpenMeeting": "openMeeting",
    "SecretMeeting": "secretMeeting",
    "TrusteeBoard": "trusteeBoard",
    "Notary": "notary",
    "CommunityFactory": "factory",
    "ERC2771Forwarder": "forwarder",
}
_HEAD = "/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */\n"


def interface(artifact: Artifact, name: str) -> str:
    """The TypeScript file of one contract's functions, events and errors."""
    entries = [_plain(entry) for entry in artifact.abi if entry["type"] != "constructor"]
    lines = "".join(f"  {json.dumps(entry)},\n" for entry in entries)
    return f"{_HEAD}// prettier-ignore\nexport const {name}Abi = [\n{lines}] as const\n"


def release() -> str:
    """The TypeScript file of the marks of every contract's code."""
    lines = []
    for name in CONTRACTS:
        artifact = load(name)
        mark = {
            "bytes": len(artifact.deployed_bytecode),
            "hash": "0x" + keccak(artifact.deployed_bytecode).hex(),
            "immutables": [list(place) for place in artifact.immutable_references],
        }
        lines.append(f"  {name}: {json.dumps(mark)},\n")
    return (
        f"{_HEAD}\n/** Length and hash of the code, immutables (start and length in bytes) set to zero. */\n"
        f"// prettier-ignore\nexport const releaseCode = {{\n{''.join(lines)}}} as const\n"
    )


def files() -> dict[str, str]:
    """Every file by its name."""
    found = {f"{name}.ts": interface(load(contract), name) for contract, name in CONTRACTS.items()}
    return {**found, "release.ts": release()}


def _plain(value: Any) -> Any:
    """An entry without what only compilers read."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key != "internalType"}
    return value


def main(argv: list[str] | None = None) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    arguments = parser.parse_args(argv)
    stale = [
        name
        for name, text in files().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    if arguments.check:
        for name in stale:
            print(f"{name} is not what the contracts compile to: run hardhat-free-scripts/front_end_abi.py")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(files()[name], encoding="utf-8")
    print(f"{len(stale)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
