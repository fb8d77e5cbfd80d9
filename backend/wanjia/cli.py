"""The ``wanjia`` command. Each command reads the settings, calls one function and says what came of it."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from wanjia import __version__
from wanjia.accounts.cli import accounts_app
from wanjia.audit.cli import audit_command
from wanjia.config import Settings, SettingsError, load_settings
from wanjia.identity.cli import owner_app
from wanjia.meetings.cli import community_app, staff_app
from wanjia.meetings.privacy_cli import privacy
from wanjia.roll.cli import roll_app
from wanjia.simulation.cli import demo, simulate
from wanjia.sources.cli import sources
from wanjia.stages import (
    log_as_json,
    run_chain,
    run_index,
    run_relay,
    run_steward,
    run_web,
    stop_on_signal,
)
from wanjia.topics.cli import topics

app = typer.Typer(
    name="wanjia",
    help="万家：人人可核对的业主大会。Owners' meetings whose result anyone can check.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
out = Console()
complain = Console(stderr=True)


def settings_or_exit() -> Settings:
    """Read the settings, or say what is missing and stop with status 2."""
    try:
        return load_settings()
    except SettingsError as error:
        complain.print(f"[bold]设置有误[/] {error}")
        raise typer.Exit(2) from None


app.add_typer(roll_app, name="roll")
app.command("audit")(audit_command)
app.command("sources")(sources)
app.command("demo")(demo)
app.command("simulate")(simulate)
app.command("privacy")(privacy)
app.command("topics")(topics)
app.add_typer(community_app, name="community")
app.add_typer(staff_app, name="staff")
app.add_typer(owner_app, name="owner")
app.add_typer(accounts_app, name="accounts")


@app.command()
def version() -> None:
    """显示版本 / Show the version."""
    out.print(__version__)


@app.command()
def init() -> None:
    """建立数据目录、密钥和数据库 / Make the home folder, fresh secrets and the database."""
    from wanjia.db.migrate import upgrade
    from wanjia.secrets_file import make_home

    made = make_home(Path(os.environ.get("WANJIA_HOME", "var")).resolve())
    settings = settings_or_exit()
    upgrade(settings.database_url)
    out.print(f"{'已生成新密钥' if made else '密钥已存在，未改动'}：{settings.home}")


@app.command()
def up(
    sample: Annotated[
        bool, typer.Option("--sample", help="没有数据时先做一个示例小区 / make the sample world first")
    ] = False,
    lan: Annotated[
        bool,
        typer.Option(
            "--lan", help="用 HTTPS 向局域网里的手机开放 / serve the local network's phones, over HTTPS"
        ),
    ] = False,
    address: Annotated[
        str | None,
        typer.Argument(
            help="--lan 用的本机地址，默认是上网的那个 / the address for --lan, else the default route's"
        ),
    ] = None,
) -> None:
    """运行整个系统 / Run the whole system: chain, web, relay, index, steward; what dies is started again."""
    from wanjia.lan.addresses import NoLocalAddress, local_address
    from wanjia.running import NotServing
    from wanjia.serving import serve

    home = Path(os.environ.get("WANJIA_HOME", "var")).resolve()
    if address is not None and not lan:
        raise typer.BadParameter(f"{address}: 地址只能跟在 --lan 后面 / an address belongs to --lan")
    try:
        serve(home, sample=sample, stop=stop_on_signal(), lan=local_address(address) if lan else None)
    except (NotServing, SettingsError, NoLocalAddress) as error:
        complain.print(f"[bold]没有启动[/] {error}")
        raise typer.Exit(1) from None


@app.command()
def chain(genesis: Annotated[int | None, typer.Option(help="UTC seconds of the first block")] = None) -> None:
    """运行内置的本地链 / Run the embedded local chain."""
    log_as_json()
    run_chain(settings_or_exit(), genesis)


@app.command()
def web() -> None:
    """运行网站和接口 / Run the web server."""
    run_web(settings_or_exit())


@app.command()
def relay() -> None:
    """运行上链进程 / Run the relay: received ballots and officials' acts go to the chain."""
    log_as_json()
    run_relay(settings_or_exit())


@app.command()
def index(
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild", help="清空索引、从链上重放并解除警报 / drop the rows, replay, end the alarm"
        ),
    ] = False,
) -> None:
    """运行索引进程 / Run the index: the chain's events become rows."""
    settings = settings_or_exit()
    if not rebuild:
        log_as_json()
        run_index(settings)
        return
    from wanjia.chain.client import ChainUnavailable, WrongChain
    from wanjia.index import process
    from wanjia.index.apply import IndexProblem

    try:
        facts = process.rebuild(settings)
    except (FileNotFoundError, ChainUnavailable, WrongChain, IndexProblem) as error:
        complain.print(f"[bold]没有重建完[/] {error}")
        raise typer.Exit(1) from None
    out.print(f"索引已重建到区块 {facts['indexed_block']}，链高 {facts['chain_head']}")


@app.command()
def migrate(
    revision: Annotated[str, typer.Argument(help="head, base or a revision")] = "head",
    down: Annotated[bool, typer.Option("--down", help="go back instead of forward")] = False,
) -> None:
    """升级或回退数据库 / Bring the database up to a revision, or back down to one."""
    from wanjia.db.migrate import downgrade, upgrade

    settings = settings_or_exit()
    (downgrade if down else upgrade)(settings.database_url, revision)
    out.print(f"数据库已在 {revision}")


@app.command()
def doctor() -> None:
    """检查运行所需的一切 / Look at everything the system needs."""
    from rich.table import Table

    from wanjia.doctor import examine

    table = Table("项目", "状态", "看到", "怎么办")
    well = True
    for finding in examine(settings_or_exit()):
        well &= finding.well
        table.add_row(
            finding.subject,
            "正常" if finding.well else "[bold red]有问题[/]",
            finding.seen,
            "" if finding.well else finding.remedy,
        )
    out.print(table)
    raise typer.Exit(0 if well else 1)


@app.command()
def steward() -> None:
    """运行到期办理进程 / Run the steward: declares and finalizes results when their time has come."""
    log_as_json()
    run_steward(settings_or_exit())
