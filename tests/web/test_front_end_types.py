"""The front end's types are those of the API: generated from the OpenAPI document, and current."""

import importlib
import json
import pkgutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from pydantic import BaseModel

from town import Town
from wanjia.paths import TOP
from wanjia.web import schemas


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


def test_no_two_shapes_share_a_name() -> None:
    """The document knows shapes by name alone: of two classes of one name the front end would see one."""
    for module in pkgutil.iter_modules(schemas.__path__, f"{schemas.__name__}."):
        importlib.import_module(module.name)
    known = list(_below(BaseModel))
    ours = [shape.__name__ for shape in known if shape.__module__.startswith(schemas.__name__)]
    assert len(ours) > 50
    assert [name for name, count in Counter(ours).items() if count > 1] == []


def _below(shape: type[BaseModel]) -> set[type[BaseModel]]:
    found = set(shape.__subclasses__())
    return found.union(*(_below(each) for each in found))
