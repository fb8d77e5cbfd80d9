"""The front end's types are those of the API: generated from the OpenAPI document, and current."""

import json
import subprocess
from pathlib import Path

import pytest

from town import Town
from wanjia.paths import TOP


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_front_ends_types_are_current(town: Town, tmp_path: Path) -> None:
    """Generating them anew changes nothing (`make types` writes them)."""
    document = town.app.test_client().get("/api/openapi.json").get_json()
    source, target = tmp_path / "openapi.json", tmp_path / "schema.d.ts"
    source.write_text(json.dumps(document), encoding="utf-8")
    for command in (
        ["openapi-typescript", str(source), "-o", str(target)],
        ["prettier", "--config", str(TOP / "frontend" / ".prettierrc.json"), "--write", str(target)],
    ):
        tool = TOP / "node_modules" / ".bin" / command[0]
        subprocess.run([str(tool), *command[1:]], check=True, capture_output=True, cwd=TOP / "frontend")
    committed = TOP / "frontend" / "src" / "api" / "schema.d.ts"
    assert target.read_text(encoding="utf-8") == committed.read_text(encoding="utf-8")
