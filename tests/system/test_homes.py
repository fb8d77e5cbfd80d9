"""Home folders: private, started over without losing anything, and never mixed with somebody's real system."""

import inspect
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from wanjia import config
from wanjia.chain.local_node import free_port
from wanjia.config import NAMES, SECRETS_FILE, SettingsError, load_settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.db.migrate import upgrade
from wanjia.secrets_file import make_home
from wanjia.serving import start_over
from wanjia.simulation.demo import fresh_home


def test_only_its_owner_can_look_into_a_home(tmp_path: Path) -> None:
    """Database, chain state and logs have their programs' modes, so the folder itself is closed."""
    make_home(tmp_path / "home")
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "home" / SECRETS_FILE).stat().st_mode & 0o777 == 0o600


def test_secrets_that_were_never_finished_are_made_again(tmp_path: Path) -> None:
    """A kill while secrets are written leaves nothing that passes for them."""
    (tmp_path / "secrets.new").touch()
    assert make_home(tmp_path)
    assert load_settings({"WANJIA_HOME": str(tmp_path)}).data_key
    assert {path.name for path in tmp_path.iterdir()} == {SECRETS_FILE}


def test_a_demo_takes_no_settings_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database, a chain or a key named in the environment is somebody's real one."""
    monkeypatch.setenv("WANJIA_DATABASE_URL", f"sqlite:///{tmp_path / 'real.db'}")
    monkeypatch.setenv("WANJIA_RPC_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("WANJIA_OPERATOR_KEY", "11" * 32)
    system = fresh_home(tmp_path / "demo")
    assert system.settings.database_url == f"sqlite:///{tmp_path / 'demo' / 'wanjia.db'}"
    assert system.settings.rpc_url != "http://127.0.0.1:9"
    assert system.settings.operator_key != "0x" + "11" * 32
    assert not (tmp_path / "real.db").exists()


def test_every_setting_is_named() -> None:
    """The names a simulation leaves out are all that are read."""
    assert set(re.findall(r'"(WANJIA_[A-Z_]+)"', inspect.getsource(config))) == NAMES


def test_starting_over_leaves_what_the_sample_did_not_make(tmp_path: Path) -> None:
    """An unfinished sample world goes; secrets, settings, demonstrations and other files stay."""
    make_home(tmp_path)
    (tmp_path / "demo").mkdir()
    for name in ("settings.env", "bench.json", "wanjia.db", "wanjia.db-wal", "sample-world.unfinished"):
        (tmp_path / name).touch()
    (tmp_path / "chain").mkdir()
    (tmp_path / "chain" / "state.json").touch()
    start_over(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {SECRETS_FILE, "settings.env", "bench.json", "demo"}


def test_no_sample_world_is_made_among_real_communities(tmp_path: Path) -> None:
    """``up --sample`` in a home that has a community serves it, shows no codes, and marks nothing for removal."""
    site = f"127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "WANJIA_HOME": str(tmp_path),
        "WANJIA_BIND": site,
        "WANJIA_RPC_URL": f"http://127.0.0.1:{free_port()}",
    }
    make_home(tmp_path)
    url = load_settings(environment).database_url
    upgrade(url)
    engine = open_engine(url)
    with Database(engine).write() as session:
        places = ("registry_address", "open_meeting_address", "notary_address")
        addresses = {place: f"0x{number:040x}" for number, place in enumerate(places, start=1)}
        session.add(Community(slug="real", name="real", salt=bytes(32), first_block=0, **addresses))
    engine.dispose()
    up = subprocess.Popen(
        [sys.executable, "-m", "wanjia", "up", "--sample"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answer = _first_answer(f"http://{site}/api/communities")
        assert [community["slug"] for community in answer.json()] == ["real"]
        assert requests.get(f"http://{site}/api/dev/outbox", timeout=30).status_code == 404
        assert not (tmp_path / "sample-world.unfinished").exists()
    finally:
        up.terminate()
        up.wait(30)


def _first_answer(url: str) -> requests.Response:
    deadline = time.monotonic() + 60
    while True:
        try:
            return requests.get(url, timeout=5)
        except (requests.ConnectionError, requests.Timeout):
            assert time.monotonic() < deadline, "it did not come up"
            time.sleep(0.2)


@pytest.mark.parametrize(
    "changes",
    [
        {"WANJIA_BIND": "0.0.0.0:8000"},
        {"WANJIA_BIND": "[::]:8000"},
        {"WANJIA_PUBLIC_URL": "https://vote.example"},
    ],
)
def test_codes_are_shown_to_this_machine_only(tmp_path: Path, changes: dict[str, str]) -> None:
    """Whoever could open the page from elsewhere could log in as anyone whose details they know."""
    make_home(tmp_path)
    values = {"WANJIA_HOME": str(tmp_path), "WANJIA_OUTBOX_PAGE": "1"}
    assert load_settings(values).outbox_page
    with pytest.raises(SettingsError, match="WANJIA_OUTBOX_PAGE"):
        load_settings(values | changes)
    assert load_settings(values | changes | {"WANJIA_OUTBOX_PAGE": "everyone"}).outbox_page
