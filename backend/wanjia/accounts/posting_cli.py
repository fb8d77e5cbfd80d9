"""``wanjia accounts post``, ``reverse`` and ``balances``."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from wanjia.accounts.balances import balances, fund_balances
from wanjia.accounts.command import reading, writing
from wanjia.accounts.entries import yuan
from wanjia.accounts.entry_file import draft_from_json
from wanjia.accounts.export import name_of
from wanjia.accounts.ledger import chart_of
from wanjia.accounts.posting import post, reverse
from wanjia.accounts.texts import label
from wanjia.roll.cli import Lang

_CHINA = timedelta(hours=8)
_Slug = Annotated[str, typer.Argument(help="小区代号 / the community's slug")]
_Lang = Annotated[Lang, typer.Option("--lang", help="语言 / language: zh, en")]
_Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="日期 / day: 2026-07-01")]


def post_file(
    community: _Slug,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="分录 / an entry: JSON")],
    lang: _Lang = Lang.ZH,
) -> None:
    """过账一笔分录（docs/accounts.md）/ Post an entry."""
    with writing(community, lang) as at:
        draft = draft_from_json(at.session, at.community.id, file.read_text(encoding="utf-8-sig"))
        entry = post(at.session, at.community, draft, now=int(time.time()))
    Console().print(
        label("cli.posted", lang.locale, number=entry.number, head="0x" + entry.hash.hex()), soft_wrap=True
    )


def reverse_entry(
    community: _Slug,
    number: Annotated[int, typer.Argument(help="分录号 / number of the entry")],
    words: Annotated[str, typer.Argument(help="事由 / why")],
    day: _Day = None,
    lang: _Lang = Lang.ZH,
) -> None:
    """冲销一笔分录 / Take an entry back by its mirror image."""
    with writing(community, lang) as at:
        on = day.date() if day else _today()
        entry = reverse(at.session, at.community, number, words, day=on, now=int(time.time()))
    Console().print(
        label("cli.posted", lang.locale, number=entry.number, head="0x" + entry.hash.hex()), soft_wrap=True
    )


def show_balances(community: _Slug, day: _Day = None, lang: _Lang = Lang.ZH) -> None:
    """列出各科目、各资金的余额 / Show the balance of every account and fund."""
    until = day.date() if day else None
    with reading(community, lang) as at:
        chart = chart_of(at.session, at.community.id)
        found = balances(at.session, at.community.id, until)
        funds = fund_balances(at.session, at.community.id, until)
    table = Table(*(label(f"column.{name}", lang.locale) for name in ("account", "name", "balance")))
    table.columns[2].justify = "right"
    for code, amount in found.items():
        table.add_row(code, name_of(chart[code], lang.locale), yuan(amount))
    table.add_section()
    for fund, amount in funds.items():
        table.add_row("", label(f"fund.{fund}", lang.locale), yuan(amount))
    Console().print(table)


def _today() -> date:
    """The date in China."""
    return (datetime.now(UTC) + _CHINA).date()
