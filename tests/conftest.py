"""Real parts for every test: SQLite and PostgreSQL databases, an anvil chain, the whole running system."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from xdist.scheduler import LoadScopeScheduling

from running_world import SampleRunning, sample_running
from secret_town import SecretTown
from secret_town import secret_town as running_secret_town
from wanjia.chain.local_node import LocalNode, free_port
from wanjia.db.base import Database, open_engine
from wanjia.db.tables import all_tables


def _postgres_tool(name: str) -> str:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing: install PostgreSQL (`make system` does it on Debian)")
    return found


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start one PostgreSQL server for the session; give the URL of its maintenance database.

    Tests may turn fsync off: they check what is committed, not what a power cut leaves.
    """
    folder = Path(tempfile.mkdtemp(prefix="wanjia-pg-"))
    as_root = os.geteuid() == 0
    prefix = ["runuser", "-u", "nobody", "--"] if as_root else []
    if as_root:
        shutil.chown(folder, "nobody")
    port = free_port()
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*prefix, *command], check=True, capture_output=True, cwd="/")

    run(_postgres_tool("initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {folder} -c fsync=off -c listen_addresses=127.0.0.1 -c max_connections=200"
    run(_postgres_tool("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        run(_postgres_tool("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: str) -> str:
    """Make a database with every table once; tests copy it."""
    _run_on_server(postgres_server, "CREATE DATABASE wanjia_template")
    engine = open_engine(postgres_server.rsplit("/", 1)[0] + "/wanjia_template")
    all_tables().metadata.create_all(engine)
    engine.dispose()
    return "wanjia_template"


def _run_on_server(url: str, statement: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


_counter = iter(range(1_000_000))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a fresh database with every table: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'test.db'}"
        engine = open_engine(url)
        all_tables().metadata.create_all(engine)
        engine.dispose()
        yield url
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("_postgres_template")
    name = f"wanjia_{next(_counter)}"
    _run_on_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.rsplit("/", 1)[0] + "/" + name
    _run_on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give a fresh database with every table, on SQLite and on PostgreSQL."""
    engine = open_engine(database_url)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def chain_node(tmp_path: Path) -> Iterator[LocalNode]:
    """Start a fresh anvil chain that can be stopped, killed and started again from its saved state."""
    node = LocalNode(tmp_path / "chain.json", free_port())
    node.start()
    yield node
    node.kill()


@pytest.fixture(scope="session")
def running_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleRunning]:
    """Give what ``make run`` serves: the sample community with its five meetings, every process real."""
    with sample_running(tmp_path_factory.mktemp("sample")) as world:
        yield world


@pytest.fixture(scope="session")
def secret_town(tmp_path_factory: pytest.TempPathFactory, postgres_server: str) -> Iterator[SecretTown]:
    """Give a town whose secret meetings wait for trustees, over PostgreSQL; mark its users ``xdist_group("secret_town")``."""
    _run_on_server(postgres_server, "CREATE DATABASE wanjia_secret_town")
    url = postgres_server.rsplit("/", 1)[0] + "/wanjia_secret_town"
    with running_secret_town(tmp_path_factory.mktemp("secret_town"), url) as town:
        yield town


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine() -> Iterator[None]:
    """Refuse every connection that leaves this machine: tests need nothing from outside."""
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            pytest.fail(f"a test tried to reach {address[0]}")
        real_connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = connect  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = real_connect  # type: ignore[method-assign]


class WorldScheduling(LoadScopeScheduling):
    """Tests that share a running world go to one process, others file by file, so that each set-up is made once.

    pytest 9.2 no longer lets pytest-xdist name a test's group in its id, so groups are read from the files.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return _group_of(file) or file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: shared worlds, then slow files; a long test at the end would keep one process only busy."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    worlds = {item.path for item in items if item.get_closest_marker("xdist_group")}
    items.sort(key=lambda item: (item.path not in worlds, item.path not in slow))


@cache
def _group_of(file: str) -> str | None:
    """Give the ``xdist_group`` that a test file names, or ``None``."""
    text = (Path(__file__).parents[1] / file).read_text(encoding="utf-8")
    found = re.search(r'xdist_group\("(\w+)"\)', text)
    return found.group(1) if found else None


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WorldScheduling:
    """Schedule by worlds."""
    return WorldScheduling(config, log)
