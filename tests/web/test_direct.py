"""The short way of a ballot says what the ordinary way says, and takes nothing the ordinary way refuses."""

from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from open_world import SLUG as GARDEN
from open_world import OpenWorld, choices
from open_world_fixtures import prepared, world
from town import URL, assert_problem, settings_for
from wanjia.bootstrap import bootstrap
from wanjia.web.app import create_app
from wanjia.web.direct import DirectBallots

__all__ = ["prepared", "world"]

PATH = f"/api/communities/{GARDEN}/meetings/1/ballots"


@pytest.fixture
def ways(world: OpenWorld, tmp_path: Path) -> tuple[Client, Client]:
    """The application as it is served, and the ordinary way alone."""
    database = world.database.engine.url.render_as_string(hide_password=False)
    app = create_app(bootstrap(settings_for(tmp_path, database)))
    direct = app.wsgi_app
    assert isinstance(direct, DirectBallots)
    return Client(direct, app.response_class), Client(direct.ordinary, app.response_class)


def body(world: OpenWorld, voter: int, packed: int | None = None) -> dict[str, Any]:
    """A ballot as the phone sends it."""
    voter, packed, signature = world.ballot(voter, packed)
    return {"voter": voter, "choices": str(packed), "signature": "0x" + signature.hex()}


def test_both_ways_give_the_same_answer(world: OpenWorld, ways: tuple[Client, Client]) -> None:
    """Receipt and headers, byte for byte; 201 the first time, 200 again."""
    served, ordinary = ways
    first, again, other = (way.post(PATH, json=body(world, 5)) for way in (served, served, ordinary))
    assert [first.status_code, again.status_code, other.status_code] == [201, 200, 200]
    assert first.data == again.data == other.data
    assert sorted(again.headers) == sorted(other.headers)


def test_both_ways_give_the_same_refusal(world: OpenWorld, ways: tuple[Client, Client]) -> None:
    """What intake refuses, and what is no ballot."""
    served, ordinary = ways
    assert served.post(PATH, json=body(world, 5)).status_code == 201
    given: list[dict[str, Any]] = [
        {"json": body(world, 5, choices(2, 2, 2, 2, 2))},
        {"json": body(world, 6) | {"voter": 7}},
        {"json": body(world, 6) | {"more": 1}},
        {"json": body(world, 6) | {"choices": "-1"}},
        {"data": b"{", "content_type": "application/json"},
        {"data": b"[" * 3000, "content_type": "application/json"},
        {"data": b"voter=6", "content_type": "application/x-www-form-urlencoded"},
    ]
    for one in given:
        short, long = served.post(PATH, **one), ordinary.post(PATH, **one)
        assert short.status_code == long.status_code >= 400
        assert short.get_json(force=True) == long.get_json(force=True)
    assert_problem(served.post(PATH, **given[0]), "BALLOT_DIFFERENT_RECEIVED")


def test_only_from_our_own_pages(world: OpenWorld, ways: tuple[Client, Client]) -> None:
    """Another site's page, and a cookie without an origin, are refused; our own page is served."""
    served, _ = ways
    assert_problem(
        served.post(PATH, json=body(world, 8), headers={"Origin": "https://evil.example"}), "ORIGIN_REFUSED"
    )
    served.set_cookie("wanjia", "x")
    assert_problem(served.post(PATH, json=body(world, 8)), "ORIGIN_REFUSED")
    assert served.post(PATH, json=body(world, 8), headers={"Origin": URL}).status_code == 201
