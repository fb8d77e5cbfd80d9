"""Compile the contracts with the npm compiler and write one artifact a contract to contracts/build.

Compiles nothing when sources, settings and compiler are those of the last build; `--force` compiles anyway.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import solcx

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = ROOT / "contracts"
BUILD = CONTRACTS / "build"
SOLC = ROOT / "hardhat-free-scripts" / "solc"
NODE_MODULES = ROOT / "node_modules"
STAMP = BUILD / "sources.sha256"

# OpenZeppelin's Governor needs newer rules than the rest. It is compared with, never deployed by a release; ours keep
# to the rules every chain in use knows (paris: no PUSH0, no MCOPY).
COMPARED = "contracts/bench/governor/"

SETTINGS: dict[str, Any] = {
    "remappings": ["@openzeppelin/=node_modules/@openzeppelin/"],
    "optimizer": {"enabled": True, "runs": 200},
    "viaIR": False,
    # No hash of the metadata in the code: the same sources give the same bytes wherever they are compiled.
    "metadata": {"bytecodeHash": "none", "appendCBOR": False},
    "outputSelection": {
        "*": {
            "*": [
                "abi",
                "evm.bytecode.object",
                "evm.deployedBytecode.object",
                "evm.deployedBytecode.immutableReferences",
                "metadata",
            ]
        }
    },
}


def sources() -> dict[str, str]:
    """Our own Solidity files by their path in the repository; imports are found by the compiler itself."""
    skipped = {"build", "out", "cache", "test"}
    files = [p for p in sorted(CONTRACTS.rglob("*.sol")) if p.relative_to(CONTRACTS).parts[0] not in skipped]
    return {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in files}


def stamp(files: dict[str, str]) -> str:
    """Hash over everything the output depends on."""
    libraries = [
        (NODE_MODULES / name / "package.json").read_text(encoding="utf-8")
        for name in ("solc", "@openzeppelin/contracts")
    ]
    tools = [SOLC.read_text(encoding="utf-8"), Path(__file__).read_text(encoding="utf-8")]
    return hashlib.sha256(json.dumps([files, libraries, tools], sort_keys=True).encode()).hexdigest()


def compile_all(files: dict[str, str]) -> dict[str, Any]:
    """The compiler's contracts by file; raises on an error, prints warnings."""
    compared = {name: text for name, text in files.items() if name.startswith(COMPARED)}
    ours = {name: text for name, text in files.items() if name not in compared}
    return {**_standard(compared, "cancun"), **_standard(ours, "paris")}


def _standard(files: dict[str, str], evm_version: str) -> dict[str, Any]:
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "sources": {name: {"content": text} for name, text in files.items()},
            "settings": {**SETTINGS, "evmVersion": evm_version},
        },
        solc_binary=SOLC,
        base_path=str(ROOT),
        allow_paths=str(NODE_MODULES),
    )
    for message in output.get("errors", []):
        print(message["formattedMessage"], file=sys.stderr)
    contracts: dict[str, Any] = output["contracts"]
    return contracts


def artifacts(compiled: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One artifact for each contract that has code, by name; two contracts of one name are an error."""
    found: dict[str, dict[str, Any]] = {}
    for path, contracts in compiled.items():
        for name, contract in contracts.items():
            code = contract["evm"]["bytecode"]["object"]
            # Libraries are inlined into their callers and never stand on a chain by themselves.
            ours = path.startswith("contracts/") and not path.startswith("contracts/libraries/")
            if not code or not (ours or name == "ERC2771Forwarder"):
                continue
            if name in found:
                raise ValueError(f"two contracts are named {name}")
            deployed = contract["evm"]["deployedBytecode"]
            found[name] = {
                "name": name,
                "source": path,
                "abi": contract["abi"],
                "bytecode": "0x" + code,
                "deployedBytecode": "0x" + deployed["object"],
                "immutableReferences": deployed.get("immutableReferences", {}),
                "metadata": json.loads(contract["metadata"]),
            }
    return found


def write(found: dict[str, dict[str, Any]], mark: str) -> None:
    """Replaces the build folder's artifacts; the stamp comes last, so that a torn build is compiled again."""
    BUILD.mkdir(parents=True, exist_ok=True)
    STAMP.unlink(missing_ok=True)
    for old in BUILD.glob("*.json"):
        if old.stem not in found:
            old.unlink()
    for name, artifact in sorted(found.items()):
        text = json.dumps(artifact, indent=1, sort_keys=True)
        (BUILD / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    STAMP.write_text(mark + "\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="compile even if nothing changed")
    arguments = parser.parse_args(argv)
    if not SOLC.with_name("..").joinpath("node_modules", "solc").exists():
        print("node_modules is missing: run `npm ci` first", file=sys.stderr)
        return 2
    files = sources()
    mark = stamp(files)
    if not arguments.force and STAMP.exists() and STAMP.read_text(encoding="utf-8").strip() == mark:
        print("contracts/build is up to date")
        return 0
    try:
        found = artifacts(compile_all(files))
    except solcx.exceptions.SolcError as error:
        # The exception's own text repeats the whole of the compiler's output.
        print(error.message, file=sys.stderr)
        return 1
    write(found, mark)
    print(f"compiled {len(found)} contracts into contracts/build")
    return 0


if __name__ == "__main__":
    sys.exit(main())
