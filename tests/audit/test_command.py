"""``wanjia audit`` as a stranger runs it."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from audited_world import World
from tampering import Tampered
from typer.testing import CliRunner

from wanjia.audit.cli import audit_command
from wanjia.chain.local_node import free_port

pytestmark = pytest.mark.chain

app = typer.Typer()
app.command()(audit_command)


def run(*arguments: str) -> Any:
    """Run the command; standard output and standard error apart."""
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def test_audit_over_rpc_writes_json(held: World) -> None:
    """A sound community: exit 0 and the JSON form of the protocol."""
    done = run("--rpc", held.node.rpc_url, "--registry", held.registry.address, "--json")
    assert 0 == done.exit_code
    said = json.loads(done.stdout)
    assert {"ok", "checks", "result"} == set(said)
    assert said["ok"]
    assert all({"id", "ok", "detail"} == set(check) for check in said["checks"])


def test_a_recording_audits_without_a_node(held: World, tmp_path: Path) -> None:
    """``--record`` writes what ``--replay`` audits, with the same words."""
    file = tmp_path / "community.json"
    live = run(
        "--rpc", held.node.rpc_url, "--registry", held.registry.address, "--record", str(file), "--json"
    )
    again = run("--replay", str(file), "--json")
    assert (0, 0) == (live.exit_code, again.exit_code)
    assert json.loads(live.stdout) == json.loads(again.stdout)


def test_a_forgery_exits_with_one(recording: dict[str, Any], tmp_path: Path) -> None:
    """A failed check is shown in the reader's language, and the exit code says it."""
    tampered = Tampered(recording)
    tampered.drop(tampered.logs("BallotSkipped")[1])
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(recording), encoding="utf-8")
    chinese = run("--replay", str(file))
    english = run("--replay", str(file), "--lang", "en")
    assert (1, 1) == (chinese.exit_code, english.exit_code)
    assert "重复计票" in chinese.stdout
    assert "is counted twice" in english.stdout


def test_what_cannot_be_made_exits_with_two(tmp_path: Path) -> None:
    """No node, no file, no JSON: exit 2 and one line that says so."""
    nowhere = f"http://127.0.0.1:{free_port()}"
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    for arguments in (
        ("--rpc", nowhere, "--registry", "0x" + "11" * 20),
        ("--replay", str(tmp_path / "missing.json")),
        ("--replay", str(broken)),
    ):
        done = run(*arguments)
        assert 2 == done.exit_code
        assert "审计未能进行" in done.stderr
    for arguments in ((), ("--rpc", nowhere), ("--rpc", nowhere, "--registry", "someone")):
        assert 2 == run(*arguments).exit_code


def test_one_meeting(held: World) -> None:
    """``--meeting`` restricts the report."""
    done = run("--rpc", held.node.rpc_url, "--registry", held.registry.address, "--meeting", "2", "--json")
    assert [2] == [meeting["meeting"] for meeting in json.loads(done.stdout)["result"]["meetings"]]
