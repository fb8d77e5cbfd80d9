"""``wanjia privacy``: what the sums of a secret meeting could tell about single owners of a community's roll."""

from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markdown import Markdown

from wanjia.config import SettingsError, load_settings
from wanjia.db.base import Database, open_engine
from wanjia.domain.errors import Refusal
from wanjia.domain.scope import WHOLE
from wanjia.meetings.lookup import find_community
from wanjia.meetings.privacy import check_privacy
from wanjia.privacy.document import report
from wanjia.roll.cli import Lang
from wanjia.roll.texts import text


def privacy(
    community: Annotated[str, typer.Argument(help="小区网址名 / the community's slug")],
    scope: Annotated[
        str, typer.Option("--scope", help="会议范围，如 1,2/3 / the meeting's scope: buildings, entrances")
    ] = WHOLE,
    lang: Annotated[Lang, typer.Option("--lang", help="语言 / language: zh, en")] = Lang.ZH,
) -> None:
    """秘密投票前按名册做保密检查 / Check a roll before secret ballots: unique areas, the chance to name a dissenter."""
    try:
        with Database(open_engine(load_settings().database_url)).read() as session:
            check = check_privacy(session, find_community(session, community).id, scope)
    except SettingsError as error:
        _stop(str(error))
    except Refusal as refusal:
        _stop(text(refusal.code, lang.locale, **refusal.values))
    Console().print(Markdown(report(check.subject, check.figures, lang.locale)))


def _stop(reason: str) -> NoReturn:
    Console(stderr=True).print(f"[bold]没有检查[/] {reason}")
    raise typer.Exit(1)
