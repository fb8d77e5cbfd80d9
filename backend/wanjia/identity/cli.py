"""Commands about single owners: destroying what identity keeps of one."""

import time
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import select

from wanjia.config import SettingsError, load_settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.roll.models import Owner

owner_app = typer.Typer(help="业主 / Owners.", no_args_is_help=True)
out = Console()
complain = Console(stderr=True)


@owner_app.callback()
def owners() -> None:
    """业主 / Owners."""


@owner_app.command("forget")
def forget(
    community: Annotated[str, typer.Option(help="小区网址名 / slug")],
    voter: Annotated[int, typer.Option(help="业主编号 / voter index")],
) -> None:
    """销毁一位业主的身份材料和盐值，链上只剩无法关联的摘要 / Destroy an owner's proofs, evidence and salts."""
    from wanjia.deliberation.forgetting import forget_owner_words
    from wanjia.identity.evidence import forget_owner

    try:
        database = Database(open_engine(load_settings().database_url))
    except SettingsError as error:
        complain.print(f"[bold]没有执行[/] {error}")
        raise typer.Exit(2) from None
    with database.write() as session:
        owner = session.scalar(
            select(Owner.id)
            .join(Community, Community.id == Owner.community_id)
            .where(Community.slug == community, Owner.voter == voter)
        )
        if owner is None:
            complain.print("[bold]没有执行[/] 没有这位业主 / no such owner")
            raise typer.Exit(1)
        words = forget_owner_words(session, owner, int(time.time()))
        destroyed = forget_owner(session, owner, int(time.time()))
    out.print(f"已销毁 {destroyed} 份身份记录 / {destroyed} records destroyed")
    out.print(f"已销毁 {words} 段议事文字 / {words} entries of concerns destroyed")
