"""Whatever is sent: never a 5xx, always the one error shape (T24). The seed is printed by pytest's parameters."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from requests_of import endpoints

from town import URL, Town, assert_problem, build_town, identity, phone, settings_for
from wanjia.db.base import open_engine
from wanjia.db.tables import all_tables

CALLS = 2_500
STRINGS = [
    "",
    "a",
    "garden",
    "1",
    "甲1",
    "\x00",
    "\ud800",
    "\u202egarden",
    "' OR 1=1 --",
    "{{7*7}}",
    "../../etc/passwd",
    "x" * 5_000,
    "0x" + "00" * 20,
    "0x" + "ff" * 32,
    "0x" + "11" * 65,
    "0xzz",
    "١٢٣٤٥٦",
    "123456",
    "9" * 30,
    "-1",
    "*",
    "1/1",
    "application/pdf",
    "AAAA",
    "2026-1",
    "101",
    identity(1),
    phone(1),
]
NUMBERS = [0, 1, -1, 2, 255, 256, 2**31, 2**32, 2**53, 2**63, 2**64, -(2**63) - 1, 1.5, 1e308]
DAY = 86_400


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town on SQLite without a chain."""
    made = settings_for(tmp_path, f"sqlite:///{tmp_path / 'test.db'}")
    engine = open_engine(made.database_url)
    all_tables().metadata.create_all(engine)
    engine.dispose()
    return build_town(made)


def anything(random: Random, depth: int = 0) -> Any:
    """Some JSON value."""
    kind = random.randrange(8 if depth < 3 else 5)
    if kind == 0:
        return random.choice([None, True, False])
    if kind == 1:
        return random.choice(NUMBERS)
    if kind < 5:
        return random.choice(STRINGS)
    if kind == 5:
        return [anything(random, depth + 1) for _ in range(random.randrange(4))]
    return {random.choice(STRINGS): anything(random, depth + 1) for _ in range(random.randrange(4))}


def of_schema(  # noqa: PLR0911  one line a type
    random: Random, document: dict[str, Any], schema: dict[str, Any]
) -> Any:
    """A value of the shape a schema asks for, with something wrong in it every now and then."""
    if random.random() < 0.12:
        return anything(random)
    if "$ref" in schema:
        return of_schema(
            random, document, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        )
    if "anyOf" in schema:
        return of_schema(random, document, random.choice(schema["anyOf"]))
    match schema.get("type"):
        case "object":
            return {
                name: of_schema(random, document, inner)
                for name, inner in schema.get("properties", {}).items()
                if name in schema.get("required", []) or random.random() < 0.7
            }
        case "array":
            return [
                of_schema(random, document, schema.get("items", {})) for _ in range(random.randrange(1, 4))
            ]
        case "integer":
            near = [schema.get("minimum", 0), schema.get("maximum", 9), 1_800_000_000 + 20 * DAY]
            return random.choice([*near, *NUMBERS])
        case "boolean":
            return random.random() < 0.5
        case _:
            return random.choice(STRINGS)


@pytest.mark.parametrize("seed", range(3))
def test_no_input_breaks_the_server(town: Town, seed: int) -> None:
    """Bodies of the right shape, almost right, and wild; paths and queries too; as every role."""
    random = Random(seed)
    document = town.browser().get("/openapi.json").get_json()
    browsers = [
        town.browser(),
        town.owner(),
        *map(town.staff, ("committee", "supervisor", "clerk", "operator")),
    ]
    operations = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if not path.endswith("logout") and path != "/api/staff/login"
    ]
    for _ in range(CALLS):
        method, path, operation = random.choice(operations)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path":
                value = str(random.choice([1, 2, "garden", "harbour", *STRINGS]))
                safe = value.encode("utf-8", "replace").decode().replace("/", "%2F").replace("?", "%3F")
                path = path.replace(f"{{{parameter['name']}}}", safe[:300] or "x")
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        body = of_schema(random, document, content.get("schema", {})) if content else None
        raw = json.dumps(body).encode() if random.random() < 0.97 else random.randbytes(random.randrange(60))
        answer = random.choice(browsers).http.open(
            path,
            method=method,
            base_url=URL,
            data=raw if method == "POST" else None,
            query_string={
                random.choice(("closes_at", "hash", "q")): random.choice(STRINGS).encode("utf-8", "replace")
            }
            if random.random() < 0.2
            else None,
            content_type="application/json",
            headers={"Origin": URL, "Accept-Language": random.choice(["", "en", "zh", "\x01", "*;q=9"])},
        )
        shown = answer.get_data(as_text=True)[:300] if answer.status_code >= 400 else ""
        assert answer.status_code < 500 or "CHAIN_UNAVAILABLE" in shown, (method, path, raw, shown)
        if answer.status_code >= 400:
            assert_problem(answer, answer.get_json(force=True)["code"])


def test_every_endpoint_takes_every_method_and_type(town: Town) -> None:
    """Wrong methods and content types are refused in the same shape."""
    for _, _, path in endpoints(town.app):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"):
            for content_type in (
                "application/json",
                "text/xml",
                "multipart/form-data; boundary=x",
                "a/b;c=d;",
            ):
                answer = town.browser().http.open(
                    path,
                    method=method,
                    base_url=URL,
                    data=b"\xff\x00",
                    content_type=content_type,
                    headers={"Origin": URL},
                )
                assert answer.status_code < 500, (path, method, content_type)
                if answer.status_code >= 400:
                    assert_problem(answer, answer.get_json(force=True)["code"])
