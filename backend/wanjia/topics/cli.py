"""``wanjia topics``: what many people raise, from a file of messages. Status 2 when the file cannot be read."""

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from wanjia.topics.finding import Topic, find_topics
from wanjia.topics.messages import MessagesError, read_messages

_CHINA = timedelta(hours=8)


def topics(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV: id, author, title, time, text")
    ],
    top: Annotated[int, typer.Option(min=1, help="显示几组 / how many groups")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="整组输出 / whole groups, as JSON")] = False,
) -> None:
    """从一份留言里找出热点 / Find hot topics in a file of messages."""
    talk = Console(stderr=True)
    started = time.monotonic()
    try:
        matters = read_messages(file)
    except MessagesError as error:
        talk.print(f"[bold]{file.name}[/] {error}")
        raise typer.Exit(2) from None
    as_of = max((matter.at for matter in matters), default=0)
    with Progress(console=talk, transient=True, disable=as_json) as bar:
        task = bar.add_task("比较 / comparing", total=max(1, len(matters)))
        found = find_topics(matters, as_of, lambda done, _total: bar.update(task, completed=done))
    if as_json:
        typer.echo(json.dumps([asdict(topic) for topic in found[:top]], ensure_ascii=False, indent=2))
        return
    out = Console()
    out.print(_table(found[:top]))
    seconds = time.monotonic() - started
    out.print(
        f"{len(matters):,} 条留言，{len(found)} 组，{seconds:.1f} 秒 / messages, groups, seconds",
        highlight=False,
    )


def _table(found: list[Topic]) -> Table:
    table = Table("热度", "条数", "人数", "附议", "时间", "地点", "关键词", "代表留言")
    for topic in found:
        table.add_row(
            f"{topic.heat:.2f}",
            str(len(topic.matters)),
            str(topic.people),
            str(topic.supports),
            f"{_day(topic.first_at)}\n{_day(topic.last_at)}",
            topic.place,
            " ".join(topic.words),
            topic.title,
        )
    return table


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC) + _CHINA:%Y-%m-%d}"
