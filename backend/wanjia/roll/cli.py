"""``wanjia roll``: check, import, template and sample. Status 1 when a roll has errors or is refused."""

import time
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from sqlalchemy import select

from wanjia.config import SettingsError, load_settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import CountingRule
from wanjia.identity.vault import Vault
from wanjia.roll.checking import check_roll
from wanjia.roll.parsed import ParsedRoll
from wanjia.roll.service import import_roll
from wanjia.roll.shown import show_findings, show_totals
from wanjia.roll.table import MAX_BYTES
from wanjia.roll.template import template_csv, template_xlsx
from wanjia.roll.texts import EN, ZH, label, text
from wanjia.roll.writing import to_csv, to_xlsx
from wanjia.sample.buildings import (
    SAMPLE_COMMUNITY,
    BuildingsError,
    entrances_of,
    read_buildings,
    sample_entrances,
)
from wanjia.sample.mistakes import plant_mistakes
from wanjia.sample.roll import sample_roll

roll_app = typer.Typer(no_args_is_help=True, help="业主名册：检查、导入、模板、样例 / The roll of owners")
_CHINA = timedelta(hours=8)


class Lang(StrEnum):
    """Languages of the commands."""

    ZH = "zh"
    EN = "en"

    @property
    def locale(self) -> str:
        """Name of the locale file."""
        return EN if self is Lang.EN else ZH


_File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV 或 XLSX / CSV or XLSX")]
_Lang = Annotated[Lang, typer.Option("--lang", help="语言 / language: zh, en")]
_Parking = Annotated[bool, typer.Option("--count-parking", help="车位计票 / parking spaces count")]
_Storerooms = Annotated[bool, typer.Option("--count-storerooms", help="储藏室计票 / storerooms count")]


@roll_app.command("check")
def check(
    file: _File, lang: _Lang = Lang.ZH, count_parking: _Parking = False, count_storerooms: _Storerooms = False
) -> None:
    """检查名册并列出全部错误 / Check a roll and list every error."""
    _checked(file, CountingRule(count_parking, count_storerooms), lang.locale)


@roll_app.command("import")
def import_file(
    file: _File,
    community: Annotated[str, typer.Option("--community", help="小区代号 / the community's slug")],
    lang: _Lang = Lang.ZH,
    count_parking: _Parking = False,
    count_storerooms: _Storerooms = False,
) -> None:
    """检查并导入名册，有一处错误就什么都不导入 / Import a roll, all of it or nothing."""
    rule = CountingRule(count_parking, count_storerooms)
    roll = _checked(file, rule, lang.locale)
    try:
        settings = load_settings()
    except SettingsError as error:
        _stop(str(error))
    database = Database(open_engine(settings.database_url))
    with database.write() as session:
        found = session.scalar(select(Community).where(Community.slug == community))
        if found is None:
            _stop(label("cli.community-unknown", lang.locale, slug=community))
        made = import_roll(session, found, roll, Vault(settings.data_key), rule=rule, now=int(time.time()))
        done = label("cli.imported", lang.locale, units=made.units, heads=made.heads)
    Console().print(done)


@roll_app.command("template")
def template(
    out: Annotated[Path, typer.Argument(help="要写的文件 / file to write: .xlsx, .csv")],
    lang: _Lang = Lang.ZH,
) -> None:
    """写出名册模板 / Write the template of a roll."""
    sheet = out.suffix.lower() == ".xlsx"
    out.write_bytes(template_xlsx(lang.locale) if sheet else template_csv(lang.locale))
    Console().print(label("cli.written", lang.locale, path=str(out)))


@roll_app.command("sample")
def sample(
    out: Annotated[Path, typer.Option("--out", help="要写的文件 / file to write: .xlsx, .csv")],
    buildings: Annotated[
        Path | None,
        typer.Option("--buildings", exists=True, dir_okay=False, help="楼栋文件 / buildings file"),
    ] = None,
    community: Annotated[
        str, typer.Option("--community", help="小区名 / name in the buildings file")
    ] = SAMPLE_COMMUNITY,
    seed: Annotated[int, typer.Option("--seed", help="种子 / seed")] = 1,
    errors: Annotated[bool, typer.Option("--errors", help="放入错误 / plant typing errors")] = False,
    lang: _Lang = Lang.ZH,
) -> None:
    """由真实楼栋生成样例名册，业主均为虚构 / Make a roll of real buildings and invented owners."""
    try:
        known = read_buildings(buildings.read_text(encoding="utf-8-sig")) if buildings else sample_entrances()
    except (BuildingsError, UnicodeDecodeError):
        _stop(label("cli.buildings-broken", lang.locale))
    entrances = entrances_of(known, community)
    if not entrances:
        _stop(label("cli.sample-unknown", lang.locale, name=community))
    rows = sample_roll(entrances, seed)
    rows, planted = plant_mistakes(rows, seed) if errors else (rows, [])
    sheet = out.suffix.lower() == ".xlsx"
    title = label("template.sheet", lang.locale)
    out.write_bytes(to_xlsx({title: rows}, lang.locale, {}) if sheet else to_csv(rows, lang.locale))
    console = Console()
    console.print(label("cli.sample", lang.locale, units=len(rows), seed=seed))
    if planted:
        console.print(label("cli.planted", lang.locale, count=len(planted)))
        for each in planted:
            console.print(f"  {each.row:>5}  {each.column:<14}  {each.code}")
    console.print(label("cli.written", lang.locale, path=str(out)))


def _checked(file: Path, rule: CountingRule, locale: str) -> ParsedRoll:
    """Check a file and show what came of it; leave with status 1 where nothing can be imported."""
    console = Console()
    if file.stat().st_size > MAX_BYTES:
        _stop(text("TOO_LARGE", locale, limit=f"{MAX_BYTES // 2**20} MB"))
    try:
        checked = check_roll(file.read_bytes(), _today())
    except Refusal as refusal:
        _stop(text(refusal.code, locale, **refusal.values))
    show_findings(console, checked, locale)
    if checked.roll is None:
        console.print(text("ROLL_REFUSED", locale, errors=len(checked.errors)))
        raise typer.Exit(1)
    show_totals(console, checked.roll, rule, locale)
    return checked.roll


def _today() -> date:
    """The date in China, which decides who is of age."""
    return (datetime.now(UTC) + _CHINA).date()


def _stop(reason: str) -> NoReturn:
    Console(stderr=True).print(reason, style="red")
    raise typer.Exit(1)
