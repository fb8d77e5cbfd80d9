"""``wanjia up``: brings up a home folder's system, with the sample world when asked, and keeps it running."""

import os
import shutil
import time
from pathlib import Path
from threading import Event

from rich.console import Console
from sqlalchemy import select

from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.lan.addresses import Address
from wanjia.lan.certificates import fingerprint
from wanjia.lan.settings import lan_settings, this_machine
from wanjia.lan.telling import how_to_trust, qr_code
from wanjia.running import RunningSystem
from wanjia.simulation.cli import progress_bars
from wanjia.simulation.people import Official, read_accounts
from wanjia.simulation.sample_world import (
    GENESIS_DAYS,
    SampleWorld,
    grid_file,
    make_sample_world,
    read_sample_world,
    visitors_file,
)
from wanjia.simulation.visitors import Visitor, read_visitors

out = Console()

_UNFINISHED = "sample-world.unfinished"
_DAY = 86_400
_MADE = (
    *(
        "chain",
        "logs",
        "run",
        "deployment.json",
        "wanjia.db",
        "wanjia.db-wal",
        "wanjia.db-shm",
        "wanjia.db.turn",
    ),
    *("officials.json", "grid.json", "visitors.json", "sample-world.json", _UNFINISHED),
)
"""What making the sample world leaves in a home; the mark goes last."""


def serve(home: Path, *, sample: bool, stop: Event, lan: Address | None = None) -> None:
    """Start everything and tend it until ``stop`` is set; with ``lan``, for the network of that address."""
    if sample and (home / _UNFINISHED).exists():
        out.print("上次的示例小区没有做完，重新开始。")
        start_over(home)
    # for the network or not, a sample is made on this machine alone
    base = {} if lan is None else this_machine(home)
    system = RunningSystem(home, base)
    making = sample and read_sample_world(home) is None and not _inhabited(system)
    if (making or read_sample_world(home) is not None) and not system.settings.outbox_page:
        system = RunningSystem(home, base | {"WANJIA_OUTBOX_PAGE": "1"})
    try:
        if making:
            _make_sample(system)
        if lan is not None:
            system.supervisor.stop()
            invented = sample and all_invented(system.settings)
            system = RunningSystem(home, lan_settings(home, lan, codes_for_all=invented))
        if not making or lan is not None:
            # a node named from outside is used, unless this home keeps an embedded chain of its own
            if "WANJIA_RPC_URL" not in os.environ or (home / "chain").exists():
                system.start_chain()
            system.start_stages()
        _tell(system)
        system.supervisor.run(stop)
    finally:
        system.supervisor.stop()


def start_over(home: Path) -> None:
    """Remove what an unfinished sample world left, and nothing else: secrets, settings and strangers' files stay."""
    for name in _MADE:
        path = home / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _inhabited(system: RunningSystem) -> bool:
    """Tell whether the home holds somebody's communities: no sample world is made among them."""
    database = Database(open_engine(system.settings.database_url))
    with database.read() as session:
        found = session.scalar(select(Community.id).limit(1))
    database.engine.dispose()
    return found is not None


def all_invented(settings: Settings) -> bool:
    """Tell whether the sample community is the only one: a home may have got real owners since."""
    found = read_sample_world(settings.home)
    database = Database(open_engine(settings.database_url))
    with database.read() as session:
        slugs = set(session.scalars(select(Community.slug)))
    database.engine.dispose()
    return found is not None and slugs == {found[0].slug}


def _make_sample(system: RunningSystem) -> None:
    home = system.settings.home
    mark = home / _UNFINISHED
    mark.touch()
    out.print("正在建立示例小区：681 套住宅，五次会议。约需一分半钟。")
    system.start_chain(int(time.time()) - GENESIS_DAYS * _DAY)
    with progress_bars() as progress:
        make_sample_world(system, progress)
    mark.unlink()


def _tell(system: RunningSystem) -> None:
    url = system.settings.public_url
    out.print(f"\n[bold]万家已在运行[/] {url}")
    if system.settings.certificates is not None:
        _tell_neighbours(system.settings, system.settings.certificates)
    found = read_sample_world(system.settings.home)
    if found is None:
        out.print(f"接口文档 {url}/api/docs")
        return
    people = [
        v
        for v in read_visitors(visitors_file(system.settings.home))
        if v.kind == "person" and v.entrance.isdigit()
    ]
    grid = read_accounts(grid_file(system.settings.home))
    for line in [*_links(url, system.settings.rpc_url, *found, people[:2]), *_grid_lines(url, grid)]:
        out.print(line, highlight=False, soft_wrap=True)


def _tell_neighbours(settings: Settings, folder: Path) -> None:
    """Print the code phones scan, and what they see."""
    out.print(qr_code(settings.public_url), highlight=False, soft_wrap=True)
    trust = how_to_trust(settings.public_url, fingerprint(folder), codes_shown=settings.outbox_page)
    for line in trust:  # a fingerprint's colons are no names of emoji
        out.print(line, highlight=False, soft_wrap=True, emoji=False)


def _links(
    url: str, rpc_url: str, world: SampleWorld, officials: dict[str, Official], people: list[Visitor]
) -> list[str]:
    place = f"{url}/c/{world.slug}"
    lines = [
        f"业主      {place}",
        f"          正在投票 {place}/m/{world.open_meeting}",
        f"          已有结果 {place}/m/{world.finished_meeting}/result",
        f"          公告期   {place}/m/{world.notice_meeting}",
        *(_secret_links(place, world.secret_meeting, world.secret_finished_meeting)),
        f"          验证码在 {url}/outbox（仅供开发）",
        *(
            f"          可扮作 {v.building}栋{v.entrance}单元{v.number} {v.name} 证件 {v.id_number} 手机 {v.phone}"
            for v in people
        ),
    ]
    for role, title in (("committee", "业委会"), ("supervisor", "居委会"), ("operator", "运营方")):
        if (official := officials.get(role)) is None:
            continue  # homes made before the operator had an account
        lines.append(f"{title}    {url}/desk/login  用户 {official.username} 口令 {official.password}")
        lines.append(f"          动态口令密钥 {official.totp_secret}（加入身份验证器应用）")
        if official.key:
            lines.append(f"          签名密钥：登录后到 {url}/desk/key 选“输入已有的私钥” {official.key}")
    lines += [
        f"审计      .venv/bin/wanjia audit --rpc {rpc_url} --registry {world.registry}",
        f"运营      {url}/api/health  {url}/metrics  .venv/bin/wanjia doctor",
        "按 Ctrl-C 停止；再次运行，一切都在。",
    ]
    return lines


def _grid_lines(url: str, accounts: list[Official]) -> list[str]:
    """Log-ins of those who settle concerns; homes made before there were any have none."""
    return [
        f"网格      {url}/desk/login  用户 {each.username} 口令 {each.password} 动态口令密钥 {each.totp_secret}"
        for each in accounts
    ]


def _secret_links(place: str, under_way: int | None, finished: int | None) -> list[str]:
    """The secret meetings of homes that have them."""
    links = []
    if under_way is not None:
        links.append(f"          无记名   {place}/m/{under_way}")
    if finished is not None:
        links.append(f"          无记名结果 {place}/m/{finished}/result")
    return links
