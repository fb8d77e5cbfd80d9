"""The scripts: compiler front, verification by code, and the committed gas table."""

import json
import subprocess
from pathlib import Path

from eth_account import Account
from eth_utils import keccak

import compile as compile_script
import gas_snapshot
import verify
from chain_world import World
from wanjia.chain.artifacts import load
from wanjia.chain.bytecode import clone_target, is_code_of, verify_deployment
from wanjia.chain.deployment import create_community

SOLC = Path(compile_script.SOLC)


def test_solc_front_prints_version_and_clean_json(tmp_path: Path) -> None:
    """What py-solc-x, forge and slither read holds nothing but what they expect."""
    version = subprocess.run([SOLC, "--version"], capture_output=True, text=True, check=True)
    assert "Version: 0.8.30+commit." in version.stdout
    source = {
        "language": "Solidity",
        "sources": {"a.sol": {"content": "pragma solidity 0.8.30;\ncontract A {}"}},
    }
    text = json.dumps({**source, "settings": {"outputSelection": {"*": {"*": ["abi"]}}}})
    done = subprocess.run([SOLC, "--standard-json"], input=text, capture_output=True, text=True, check=True)
    assert "A" in json.loads(done.stdout)["contracts"]["a.sol"]
    (tmp_path / "b.sol").write_text("pragma solidity 0.8.30;\ncontract B {}", encoding="utf-8")
    arguments = [SOLC, "--combined-json", "abi,bin", str(tmp_path / "b.sol")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert f"{tmp_path / 'b.sol'}:B" in json.loads(done.stdout)["contracts"]


def test_solc_front_reads_nothing_outside_the_allowed_paths(tmp_path: Path) -> None:
    """An import from elsewhere is an error, not a file read."""
    (tmp_path / "c.sol").write_text("pragma solidity 0.8.30;\ncontract C {}", encoding="utf-8")
    content = f'import "{tmp_path}/c.sol";'
    text = json.dumps({"language": "Solidity", "sources": {"a.sol": {"content": content}}, "settings": {}})
    done = subprocess.run(
        [SOLC, "--standard-json"], input=text, capture_output=True, text=True, check=True, cwd=SOLC.parent
    )
    assert any(one["severity"] == "error" for one in json.loads(done.stdout)["errors"])


def test_unchanged_sources_are_not_compiled_again() -> None:
    """The stamp is of sources, settings and compiler; a changed source changes it."""
    files = compile_script.sources()
    changed = {**files, "contracts/Notary.sol": files["contracts/Notary.sol"] + "\n"}
    assert compile_script.stamp(files) == compile_script.STAMP.read_text(encoding="utf-8").strip()
    assert compile_script.stamp(files) != compile_script.stamp(changed)


def test_a_deployment_is_verified_by_its_code(world: World) -> None:
    """Five clones, factory and forwarder, and how they hang together."""
    findings = verify_deployment(world.w3, world.registry.address)
    assert 12 == len(findings)
    assert all(one.ok for one in findings), findings
    url = world.w3.provider.endpoint_uri  # type: ignore[attr-defined]
    assert 0 == verify.main(["--rpc", url, "--registry", world.registry.address])


def test_what_is_no_clone_is_found(world: World) -> None:
    """An implementation, an empty account and a contract of another kind are no registry."""
    for address in (world.deployment.registry_implementation, world.stranger, world.notary.address):
        (finding,) = verify_deployment(world.w3, address)
        assert not finding.ok


def test_changed_code_is_found() -> None:
    """One byte anywhere but in an immutable; a byte in an immutable is not the code's."""
    artifact = load("OpenMeeting")
    code = bytearray(artifact.deployed_bytecode)
    start, length = artifact.immutable_references[0]
    code[start + length - 1] ^= 1
    assert is_code_of(artifact, bytes(code))
    code[5] ^= 1
    assert not is_code_of(artifact, bytes(code))
    assert not is_code_of(artifact, artifact.deployed_bytecode + b"\0")
    assert clone_target(bytes(45)) is None


def test_a_foreign_meeting_contract_is_found(world: World) -> None:
    """A factory with another contract in the meeting's place is not verified."""
    payer = Account.from_key(keccak(text="wanjia test payer"))
    stands = world.deployment
    factory = world.create(
        "CommunityFactory",
        stands.registry_implementation,
        stands.notary_implementation,
        stands.secret_meeting_implementation,
        stands.trustee_board_implementation,
        stands.notary_implementation,
    )
    community = create_community(
        world.w3,
        payer,
        factory,  # type: ignore[arg-type]
        community=keccak(text="foreign"),
        operator=world.operator,
        committee=world.committee,
        supervisor=world.supervisor,
    )
    findings = verify_deployment(world.w3, community.registry)
    assert ["OpenMeeting"] == [one.contract for one in findings if not one.ok]


def test_gas_is_as_committed() -> None:
    """The committed table is what this machine measures, within the goals."""
    committed = json.loads(gas_snapshot.SNAPSHOT.read_text(encoding="utf-8"))
    assert [] == gas_snapshot.differences(committed, gas_snapshot.measure())
    assert committed["open.cast.300x5.gas_per_ballot"] <= 9_500
    assert committed["registry.register.gas_per_owner"] <= 40_000
    assert committed["open.cast.300x5.gas_per_ballot"] * 50 <= committed["governor.castVoteBySig.gas"] * 5
    assert committed["secret.cast.gas_per_motion"] <= 180_000
    assert committed["secret.cast.gas_per_motion"] * 10 <= committed["governor.castVoteBySig.gas"] * 19
    assert committed["ceremony.3of5.gas"] <= 6_000_000
    assert all(size <= 24_576 for name, size in committed.items() if name.startswith("bytecode."))


def test_a_difference_in_gas_is_named() -> None:
    """A changed, a new and a lost figure are each reported."""
    found = gas_snapshot.differences({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 4, "d": 5})
    assert ["b", "c", "d"] == [line.split(":")[0] for line in found]
