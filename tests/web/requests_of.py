"""A request for every endpoint of the application, well formed enough to reach the policy check."""

from typing import Any

from flask import Flask
from werkzeug.routing import Rule

PLACES = {
    "slug": "garden",
    "meeting": 1,
    "claim": "x" * 43,
    "ballot_hash": "0x" + "00" * 32,
    "hash": "0x" + "00" * 32,
    "name": "consent",
    "act": 1,
    "plan": 1,
    "document": 1,
    "review": 1,
    "form": "csv",
    "upload": 1,
    "objection": 1,
    "file": 1,
    "voter": 1,
    "kind": "css",
    "path": "c/garden",
    "token": "x" * 43,
    "seat": 1,
    "number": 1,
    "entry": 1,
    "photo": 1,
    "member": 1,
    "building": "1",
}


def endpoints(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and a path of every rule."""
    return [
        (rule.endpoint, method, path_of(app, rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def path_of(app: Flask, rule: Rule) -> str:
    """A path that the rule matches."""
    values: dict[str, Any] = {name: PLACES[name] for name in rule.arguments}
    if rule.endpoint == "docs.asset":
        values["name"] = "swagger-ui.css"
    adapter = app.url_map.bind("127.0.0.1")
    return adapter.build(rule.endpoint, values)
