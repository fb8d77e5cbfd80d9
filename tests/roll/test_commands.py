"""The commands, as a user runs them."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from rolls import TODAY, add_community
from typer.testing import CliRunner

from wanjia.db.base import Base, Database, open_engine
from wanjia.roll.checking import check_roll
from wanjia.roll.cli import roll_app
from wanjia.roll.models import Owner, Unit

BUILDINGS = Path(__file__).parents[1] / "fixtures" / "buildings_other.csv"


def run(*words: str, **environment: str) -> tuple[int, str]:
    """Run a command; give its status and all it printed."""
    result = CliRunner().invoke(roll_app, list(words), env={"COLUMNS": "200", **environment})
    return result.exit_code, result.output


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_sample_then_check(tmp_path: Path, ending: str) -> None:
    """A sample of another community passes and shows its totals, in Chinese or English."""
    file = str(tmp_path / f"roll.{ending}")
    made = run(
        "sample", "--buildings", str(BUILDINGS), "--community", "青云台小区", "--seed", "3", "--out", file
    )
    assert 0 == made[0]
    status, text = run("check", file)
    assert (0, True, True) == (status, "业主人数" in text, "0 处错误" in text)
    status, text = run("check", file, "--lang", "en", "--count-parking")
    assert (0, True, True) == (status, "Heads" in text, "0 errors" in text)


def test_planted_errors_are_listed_and_stop(tmp_path: Path) -> None:
    """Status 1, each planted code on the screen."""
    file = str(tmp_path / "roll.csv")
    status, planted = run("sample", "--out", file, "--errors", "--lang", "en")
    assert 0 == status
    status, text = run("check", file, "--lang", "en")
    assert 1 == status
    codes = {word for word in planted.split() if word.startswith("ROLL_")}
    assert len(codes) >= 22
    assert not {code for code in codes if code not in text}
    assert "nothing was imported" in text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_template(tmp_path: Path, ending: str) -> None:
    """Written in the language asked for."""
    file = tmp_path / f"roll.{ending}"
    assert 0 == run("template", str(file), "--lang", "en")[0]
    status, text = run("check", str(file))
    assert (1, True) == (status, "没有名册数据" in text)


@pytest.mark.parametrize(
    "words",
    [["sample", "--community", "没有", "--out", "x.csv"], ["check", __file__], ["check", "absent.csv"]],
)
def test_refusals_end_with_a_status(words: list[str]) -> None:
    """Unknown community, a file that is no roll, no file."""
    assert 0 != run(*words)[0]


def test_import_puts_all_of_a_roll_into_the_database_or_nothing(tmp_path: Path) -> None:
    """First a roll with errors, then without, then into a community that is not there."""
    url = f"sqlite:///{tmp_path / 'wanjia.db'}"
    database = Database(open_engine(url))
    Base.metadata.create_all(database.engine)
    with database.write() as session:
        add_community(session, "sample")
    keys = {f"WANJIA_{name}_KEY": "11" * 32 for name in ("OPERATOR", "DATA", "SESSION")}
    environment = {"WANJIA_HOME": str(tmp_path), "WANJIA_DATABASE_URL": url, **keys}

    def stored() -> tuple[int, int]:
        with database.read() as session:
            units, owners = (
                session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Unit, Owner)
            )
            return units or 0, owners or 0

    file = tmp_path / "roll.csv"
    assert 0 == run("sample", "--out", str(file), "--errors")[0]
    assert 1 == run("import", str(file), "--community", "sample", **environment)[0]
    assert (0, 0) == stored()
    assert 0 == run("sample", "--out", str(file))[0]
    assert 1 == run("import", str(file), "--community", "other", **environment)[0]
    assert (0, 0) == stored()
    assert 0 == run("import", str(file), "--community", "sample", **environment)[0]
    roll = check_roll(file.read_bytes(), TODAY).roll
    assert roll is not None
    assert (len(roll.units), len(roll.owners)) == stored()
    database.engine.dispose()
