"""The command line as an operator meets it: a fresh home, what is missing, staff, forgetting, migrations."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from wanjia.config import SECRETS_FILE, SettingsError, load_settings
from wanjia.db.base import open_engine
from wanjia.db.migrate import downgrade, is_current, upgrade
from wanjia.db.tables import all_tables


def wanjia(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command on a home folder."""
    return subprocess.run(
        [sys.executable, "-m", "wanjia", *arguments],
        env={**os.environ, "WANJIA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_fresh_home_has_secrets_of_its_own(tmp_path: Path) -> None:
    """Init makes secrets nobody else can read, twice the same home, never the same as another's."""
    first, second = tmp_path / "first", tmp_path / "second"
    assert wanjia(first, "init").returncode == wanjia(second, "init").returncode == 0
    kept = (first / SECRETS_FILE).read_bytes()
    assert (first / SECRETS_FILE).stat().st_mode & 0o777 == 0o600
    assert kept != (second / SECRETS_FILE).read_bytes()
    assert wanjia(first, "init").returncode == 0
    assert kept == (first / SECRETS_FILE).read_bytes()


def test_without_secrets_nothing_starts(tmp_path: Path) -> None:
    """A missing secret is named, with what to do about it."""
    done = wanjia(tmp_path, "relay")
    assert done.returncode == 2
    assert "WANJIA_OPERATOR_KEY" in done.stderr
    assert "wanjia init" in done.stderr


@pytest.mark.parametrize("value", ["", "zz", "11" * 31])
def test_malformed_secrets_are_refused(tmp_path: Path, value: str) -> None:
    """A secret that is not 32 bytes of hexadecimal is refused."""
    with pytest.raises(SettingsError, match="64 hexadecimal digits"):
        load_settings({"WANJIA_HOME": str(tmp_path), "WANJIA_OPERATOR_KEY": value})


def test_the_doctor_says_what_is_missing(tmp_path: Path) -> None:
    """With no chain running the doctor says so and exits with 1."""
    wanjia(tmp_path, "init")
    done = subprocess.run(
        [sys.executable, "-m", "wanjia", "doctor"],
        env={**os.environ, "WANJIA_HOME": str(tmp_path), "WANJIA_RPC_URL": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "WANJIA_RPC_URL" in done.stdout


def test_staff_need_a_community(tmp_path: Path) -> None:
    """A committee member of no community is refused and nothing is written."""
    wanjia(tmp_path, "init")
    done = wanjia(
        tmp_path, "staff", "add", "--username", "a", "--role", "committee", "--password", "long enough words"
    )
    assert done.returncode == 1
    assert "community" in done.stderr


def test_an_account_is_added_given_an_address_and_ended(tmp_path: Path) -> None:
    """The link is one line; a bad address and an unknown name change nothing and are said; the log has the rest."""
    wanjia(tmp_path, "init")
    added = wanjia(
        tmp_path, "staff", "add", "--username", "op", "--role", "operator", "--password", "long enough words"
    )
    assert added.stdout.startswith("otpauth://totp/")
    assert len(added.stdout.splitlines()) == 1
    address = "0x" + "ab" * 20
    assert wanjia(tmp_path, "staff", "address", "--username", "op", "--address", address).returncode == 0
    bad = wanjia(tmp_path, "staff", "address", "--username", "op", "--address", "0x12")
    assert (bad.returncode, "20 bytes" in bad.stderr) == (1, True)
    assert wanjia(tmp_path, "staff", "end", "--username", "op").returncode == 0
    assert "no such user name" in wanjia(tmp_path, "staff", "end", "--username", "nobody").stderr
    settings = load_settings({"WANJIA_HOME": str(tmp_path)})
    with open_engine(settings.database_url).connect() as rows:
        assert rows.execute(sa.text("SELECT address, CAST(active AS INTEGER) FROM staff")).one() == (
            "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB",
            0,
        )
        assert rows.execute(
            sa.text("SELECT username, action, reference FROM staff_log ORDER BY id")
        ).all() == [
            ("wanjia staff", "staff.address", "op 0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB"),
            ("wanjia staff", "staff.end", "op"),
        ]


def test_forgetting_an_unknown_owner_changes_nothing(tmp_path: Path) -> None:
    """An owner who is not there is said so."""
    wanjia(tmp_path, "init")
    assert wanjia(tmp_path, "owner", "forget", "--community", "x", "--voter", "1").returncode == 1


def test_simulate_refuses_what_is_not_built(tmp_path: Path) -> None:
    """Ballots are open or secret; any other kind is said not to exist."""
    done = wanjia(tmp_path, "simulate", "--ballots", "paper")
    assert done.returncode == 2


def test_a_demo_never_takes_a_folder_that_holds_something(tmp_path: Path) -> None:
    """A folder with other content is left alone."""
    (tmp_path / "precious").touch()
    done = wanjia(tmp_path, "demo", "--home", str(tmp_path), "--no-serve")
    assert done.returncode == 1
    assert (tmp_path / "precious").exists()


def test_migrations_lead_there_and_back(database_url: str, tmp_path: Path) -> None:
    """From nothing to the newest version and back, and the newest version is what the models say."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'migrated.db'}"
    else:
        url = database_url
        engine = open_engine(url)
        all_tables().metadata.drop_all(engine)
        engine.dispose()
    upgrade(url)
    engine = open_engine(url)
    assert is_current(engine)
    inspector = sa.inspect(engine)
    assert set(all_tables().metadata.tables) == set(inspector.get_table_names()) - {"alembic_version"}
    for name, table in all_tables().metadata.tables.items():
        assert {column.name for column in table.columns} == {
            column["name"] for column in inspector.get_columns(name)
        }
        assert {index.name for index in table.indexes} == {
            index["name"] for index in inspector.get_indexes(name) if not index.get("duplicates_constraint")
        }
    downgrade(url, "base")
    assert {"alembic_version"} == set(sa.inspect(engine).get_table_names())
    engine.dispose()
