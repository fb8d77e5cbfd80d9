"""Commands of the operator: communities and the people who work for them."""

import time
from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.config import SettingsError, load_settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community

community_app = typer.Typer(help="小区 / Communities.", no_args_is_help=True)
staff_app = typer.Typer(help="工作人员 / Staff.", no_args_is_help=True)
out = Console()
complain = Console(stderr=True)


@community_app.command("create")
def create(
    slug: Annotated[str, typer.Option(help="网址中的名字，小写字母、数字和 - / name in addresses")],
    name: Annotated[str, typer.Option(help="小区名称 / the community's name")],
    committee: Annotated[str, typer.Option(help="业委会的签名地址 / address of the committee's key")],
    supervisor: Annotated[str, typer.Option(help="居委会的签名地址 / address of the supervisor's key")],
    district: Annotated[str, typer.Option(help="区 / district")] = "",
    address: Annotated[str, typer.Option(help="地址 / street address")] = "",
) -> None:
    """新建小区：在链上建立合约并登记 / Make a community.

    Its contracts on the chain, its row in the database.
    """
    from wanjia.chain.release import ensure_deployed
    from wanjia.meetings.communities import make_community

    try:
        settings = load_settings()
        database = Database(open_engine(settings.database_url))
        community = make_community(
            database,
            settings,
            ensure_deployed(settings),
            slug=slug,
            name=name,
            district=district,
            address=address,
            committee=committee,
            supervisor=supervisor,
        )
    except (SettingsError, ValueError) as error:
        complain.print(f"[bold]没有建立[/] {error}")
        raise typer.Exit(1) from None
    out.print(f"{community.name}：注册合约 {community.registry_address}", highlight=False)


@staff_app.command("add")
def add(
    username: Annotated[str, typer.Option(help="用户名 / user name")],
    role: Annotated[str, typer.Option(help="committee, supervisor, clerk, operator")],
    password: Annotated[str, typer.Option(prompt="口令", confirmation_prompt=True, hide_input=True)],
    community: Annotated[str | None, typer.Option(help="小区网址名 / slug; none for the operator")] = None,
    address: Annotated[str | None, typer.Option(help="签名地址 / address of their own key")] = None,
) -> None:
    """增加一名工作人员，显示动态口令的登记链接 / Add a member of staff and show the TOTP link once."""
    from wanjia.identity.staff import create_staff
    from wanjia.identity.vault import Vault

    try:
        settings = load_settings()
        with Database(open_engine(settings.database_url)).write() as session:
            community_id = None if community is None else _community_id(session, community)
            uri = create_staff(
                session,
                Vault(settings.data_key),
                username=username,
                password=password,
                role=role,
                community_id=community_id,
                address=address,
                now=int(time.time()),
            )
    except (SettingsError, ValueError) as error:
        complain.print(f"[bold]没有增加[/] {error}")
        raise typer.Exit(1) from None
    out.print(uri, highlight=False, soft_wrap=True)  # a link is copied as one line


@staff_app.command("address")
def note_address(
    username: Annotated[str, typer.Option(help="用户名 / user name")],
    address: Annotated[str, typer.Option(help="签名地址 / address of their own key")],
) -> None:
    """登记一名工作人员的签名地址 / Note the address of an official's own key."""
    from wanjia.identity.staff import change_address

    _change(lambda session: change_address(session, username, address, int(time.time())))


@staff_app.command("end")
def end(username: Annotated[str, typer.Option(help="用户名 / user name")]) -> None:
    """停用一个账号，立即退出登录 / End an account; an open session of it ends too."""
    from wanjia.identity.staff import end_account

    _change(lambda session: end_account(session, username, int(time.time())))


def _change(deed: Callable[[Session], None]) -> None:
    try:
        with Database(open_engine(load_settings().database_url)).write() as session:
            deed(session)
    except (SettingsError, ValueError) as error:
        complain.print(f"[bold]没有改变[/] {error}")
        raise typer.Exit(1) from None
    out.print("已登记 / done")


def _community_id(session: Session, slug: str) -> int:
    found = session.scalar(select(Community.id).where(Community.slug == slug))
    if found is None:
        raise ValueError(f"no community {slug}")
    return found
