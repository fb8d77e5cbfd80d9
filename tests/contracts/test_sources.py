"""The bundle of ``wanjia sources`` compiles, by itself, to what was deployed."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from eth_utils import keccak
from typer.testing import CliRunner
from web3 import Web3

import compile as compile_script
from chain_world import PAYER_KEY
from wanjia.chain.artifacts import load
from wanjia.chain.bytecode import clone_target
from wanjia.chain.deployment import IMPLEMENTATIONS, Community, Deployment, create_community, deploy_system
from wanjia.cli import app
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community as CommunityRow
from wanjia.db.tables import all_tables
from wanjia.sources.bundle import SourcesDiffer, compiler_input, deployed
from wanjia.sources.writing import Clones, write_bundle


@pytest.fixture(scope="module")
def release(anvil_chain: Web3) -> tuple[Deployment, Community]:
    """Deploy the release and one community."""
    payer = Account.from_key(PAYER_KEY)
    anvil_chain.provider.make_request("anvil_setBalance", [payer.address, hex(10**24)])
    deployment = deploy_system(anvil_chain, payer)
    officials = {
        role: Account.from_key(keccak(text=role)).address for role in ("operator", "committee", "supervisor")
    }
    community = create_community(
        anvil_chain, payer, deployment.factory, community=keccak(text="sources"), **officials
    )
    return deployment, community


def clones_of(made: Community) -> Clones:
    """The community's contracts as the bundle lists them."""
    return Clones(
        "garden", made.registry, made.open_meeting, made.secret_meeting, made.trustee_board, made.notary
    )


@pytest.fixture(scope="module")
def bundle(release: tuple[Deployment, Community], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the bundle."""
    deployment, made = release
    folder = tmp_path_factory.mktemp("sources")
    write_bundle(folder, deployment, [clones_of(made)])
    return folder


@pytest.fixture(scope="module")
def compiled(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Compile the bundle where nothing else lies, with the pinned compiler."""
    empty = tmp_path_factory.mktemp("empty")
    done = subprocess.run(
        [compile_script.SOLC, "--standard-json", "--base-path", str(empty), "--allow-paths", str(empty)],
        input=(bundle / "standard-input.json").read_bytes(),
        capture_output=True,
        check=True,
        cwd=empty,
    )
    output: dict[str, Any] = json.loads(done.stdout)
    assert [one for one in output.get("errors", []) if one["severity"] == "error"] == []
    return output["contracts"]


def read(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def created_by(chain: Web3) -> dict[str, bytes]:
    """Input of the transaction that made each contract."""
    found = {}
    for number in range(chain.eth.block_number + 1):
        for transaction in chain.eth.get_block(number, full_transactions=True)["transactions"]:
            receipt = chain.eth.get_transaction_receipt(transaction["hash"])
            if receipt["contractAddress"]:
                found[receipt["contractAddress"]] = bytes(transaction["input"])
    return found


def test_the_bundle_compiles_to_what_was_deployed(
    anvil_chain: Web3, bundle: Path, compiled: dict[str, Any]
) -> None:
    """Code and arguments are the very input that made each contract; the running code but for its immutables."""
    inputs = created_by(anvil_chain)
    contracts = read(bundle / "deployment.json")["contracts"]
    assert len(contracts) == 7
    for contract in contracts:
        path, name = contract["identifier"].split(":")
        evm = compiled[path][name]["evm"]
        arguments = (bundle / name / "constructor-arguments.txt").read_text(encoding="utf-8").strip()
        assert "0x" + arguments == contract["constructorArguments"]
        assert bytes.fromhex(evm["bytecode"]["object"] + arguments) == inputs[contract["address"]]
        running = bytearray(anvil_chain.eth.get_code(contract["address"]))
        places = load(name).immutable_references
        assert places, name
        for start, length in places:
            assert any(running[start : start + length]), "the constructor filled it in"
            running[start : start + length] = bytes(length)
        assert running.hex() == evm["deployedBytecode"]["object"]


def test_each_metadata_is_what_the_bundle_compiles_to(bundle: Path, compiled: dict[str, Any]) -> None:
    """Sourcify may be given the metadata instead; Sourcify's request carries the same input."""
    whole = read(bundle / "standard-input.json")
    for contract in read(bundle / "deployment.json")["contracts"]:
        path, name = contract["identifier"].split(":")
        assert json.loads(compiled[path][name]["metadata"]) == read(bundle / name / "metadata.json")
        request = read(bundle / name / "sourcify-request.json")
        assert (request["stdJsonInput"], request["contractIdentifier"]) == (whole, contract["identifier"])
        assert "v" + request["compilerVersion"] in (bundle / "README.md").read_text(encoding="utf-8")


def test_clones_are_named_with_what_they_stand_for(
    anvil_chain: Web3, release: tuple[Deployment, Community], bundle: Path
) -> None:
    """Five a community, and the chain says the same."""
    clones = read(bundle / "deployment.json")["clones"]
    assert [clone["name"] for clone in clones] == list(IMPLEMENTATIONS)
    guide = (bundle / "README.md").read_text(encoding="utf-8")
    for clone in clones:
        assert clone_target(bytes(anvil_chain.eth.get_code(clone["address"]))) == clone["cloneOf"]
        assert clone["address"] in guide
    assert clones[0]["address"] == release[1].registry


def test_the_same_release_gives_the_same_bytes(
    release: tuple[Deployment, Community], bundle: Path, tmp_path: Path
) -> None:
    """Nothing of the day, the machine or the folder is in it."""
    deployment, made = release
    clones = [clones_of(made)]
    for path in write_bundle(tmp_path, deployment, clones):
        relative = path.relative_to(tmp_path)
        assert path.read_bytes() == (bundle / relative).read_bytes(), relative
    assert str(Path.home()) not in (bundle / "standard-input.json").read_text(encoding="utf-8")


def test_a_source_that_was_not_compiled_is_refused(
    release: tuple[Deployment, Community], tmp_path: Path
) -> None:
    """A file changed since then would verify nothing."""
    contracts = deployed(release[0])
    whole = compiler_input(contracts)
    for path, source in whole["sources"].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source["content"], encoding="utf-8")
    assert compiler_input(contracts, tmp_path) == whole
    changed = tmp_path / "contracts" / "Notary.sol"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(SourcesDiffer, match=r"contracts/Notary\.sol"):
        compiler_input(contracts, tmp_path)


def test_the_command_writes_the_bundle_of_its_home(
    release: tuple[Deployment, Community], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the communities of its database; before anything is deployed it says so."""
    deployment, made = release
    for name, value in {
        "WANJIA_HOME": str(tmp_path),
        **{f"WANJIA_{name}_KEY": "11" * 32 for name in ("OPERATOR", "DATA", "SESSION")},
    }.items():
        monkeypatch.setenv(name, value)
    early = CliRunner().invoke(app, ["sources"])
    assert (early.exit_code, "not deployed" in early.output) == (1, True)
    (tmp_path / "deployment.json").write_text(json.dumps(deployment.as_json()), encoding="utf-8")
    engine = open_engine(f"sqlite:///{tmp_path / 'wanjia.db'}")
    all_tables().metadata.create_all(engine)
    with Database(engine).write() as session:
        session.add(
            CommunityRow(
                slug="garden",
                name="花园",
                salt=bytes(32),
                registry_address=made.registry,
                open_meeting_address=made.open_meeting,
                secret_meeting_address=made.secret_meeting,
                trustee_board_address=made.trustee_board,
                notary_address=made.notary,
                first_block=0,
            )
        )
    assert CliRunner().invoke(app, ["sources", "--to", str(tmp_path / "bundle")]).exit_code == 0
    clones = read(tmp_path / "bundle" / "deployment.json")["clones"]
    assert [one["address"] for one in clones] == [address for _, address in clones_of(made).places]
