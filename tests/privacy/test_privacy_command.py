"""`wanjia privacy` prints the figures of a community's roll, in both languages, and names what it was not told well."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from town import SLUG, build_town, settings_for
from wanjia.cli import app
from wanjia.db.base import open_engine
from wanjia.db.tables import all_tables


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A home folder with a small community."""
    url = f"sqlite:///{tmp_path / 'wanjia.db'}"
    engine = open_engine(url)
    all_tables().metadata.create_all(engine)
    engine.dispose()
    settings = settings_for(tmp_path, url)
    build_town(settings)
    for name, value in {
        "WANJIA_HOME": str(tmp_path),
        "WANJIA_DATABASE_URL": url,
        "WANJIA_OPERATOR_KEY": settings.operator_key,
        "WANJIA_DATA_KEY": settings.data_key.hex(),
        "WANJIA_SESSION_KEY": settings.session_key.hex(),
        "COLUMNS": "200",
    }.items():
        monkeypatch.setenv(name, value)
    return SLUG


def run(*words: str) -> tuple[int, str]:
    """Run the command: its status and all it said."""
    result = CliRunner().invoke(app, ["privacy", *words])
    return result.exit_code, result.output


def test_the_command_prints_the_figures(home: str) -> None:
    """Seven owners are too few; a part of the community is checked by itself."""
    status, chinese = run(home)
    assert status == 0, chinese
    assert "保密检查：不建议" in chinese
    assert "业主不足 50 人" in chinese
    status, english = run(home, "--scope", "2", "--lang", "en")
    assert status == 0, english
    assert "not advisable" in english
    assert "scope: 2" in english


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("words", [["nowhere"], [SLUG, "--scope", "9"], [SLUG, "--scope", "2,1"]])
def test_what_is_not_there_is_refused(words: list[str]) -> None:
    """No such community, no such building, a scope that is not written as it is frozen."""
    status, said = run(*words)
    assert status == 1
    assert "没有检查" in said
