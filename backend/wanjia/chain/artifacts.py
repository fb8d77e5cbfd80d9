"""Compiled contracts, read from where the compile script puts them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REPOSITORY = Path(__file__).resolve().parents[3]


class ArtifactMissing(FileNotFoundError):
    """A contract was not compiled; says how to compile it."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(f"no artifact of {name} in {folder}: run hardhat-free-scripts/compile.py")


@dataclass(frozen=True, slots=True)
class Artifact:
    """One contract as compiled.

    `immutable_references` gives, for each immutable, the places in `deployed_bytecode` (start and length in bytes)
    that are zero in the artifact and filled in by the constructor.
    """

    name: str
    abi: Sequence[Mapping[str, Any]]
    bytecode: bytes
    deployed_bytecode: bytes
    immutable_references: Sequence[tuple[int, int]]


def build_folder() -> Path:
    """Folder of the artifacts: `WANJIA_CONTRACTS_BUILD`, or contracts/build of this repository."""
    return Path(os.environ.get("WANJIA_CONTRACTS_BUILD") or REPOSITORY / "contracts" / "build")


def load(name: str) -> Artifact:
    """Artifact of the contract `name`; raises `ArtifactMissing` when it was not compiled."""
    path = build_folder() / f"{name}.json"
    if not path.exists():
        raise ArtifactMissing(name, path.parent)
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _modified: int) -> Artifact:
    # The time of the last change is part of the key: a new compilation is read anew.
    raw = json.loads(path.read_text(encoding="utf-8"))
    places = sorted(
        (place["start"], place["length"]) for uses in raw["immutableReferences"].values() for place in uses
    )
    return Artifact(
        name=raw["name"],
        abi=tuple(raw["abi"]),
        bytecode=bytes.fromhex(raw["bytecode"][2:]),
        deployed_bytecode=bytes.fromhex(raw["deployedBytecode"][2:]),
        immutable_references=tuple(places),
    )
