"""The forge suite: fuzz and invariants, on this machine's npm binary, offline."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_forge_suite() -> None:
    """Every property holds."""
    (forge,) = (ROOT / "node_modules" / "@foundry-rs").glob("forge-*/bin/forge*")
    done = subprocess.run(
        [str(forge), "test"], cwd=ROOT / "contracts", capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout[-4000:] + done.stderr[-2000:]
    assert "0 failed" in done.stdout
