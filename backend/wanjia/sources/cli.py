"""``wanjia sources``."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from sqlalchemy import select

out = Console()
complain = Console(stderr=True)


def sources(
    to: Annotated[
        Path | None, typer.Option(help="写到这个目录，默认是数据目录下的 sources / the folder to write")
    ] = None,
) -> None:
    """写出合约源码包，供 Blockscout、Sourcify 和任何人核对 / Write the contracts' sources for explorers to verify."""
    from wanjia.chain.artifacts import ArtifactMissing
    from wanjia.chain.deployment import Deployment
    from wanjia.config import SettingsError, load_settings
    from wanjia.db.base import Database, open_engine
    from wanjia.db.community import Community
    from wanjia.sources.bundle import SourcesDiffer
    from wanjia.sources.writing import Clones, write_bundle

    try:
        settings = load_settings()
        deployment = Deployment.from_json(json.loads(settings.deployment_file.read_text(encoding="utf-8")))
        database = Database(open_engine(settings.database_url))
        with database.read() as session:
            communities = [
                Clones(
                    each.slug,
                    each.registry_address,
                    each.open_meeting_address,
                    each.secret_meeting_address,
                    each.trustee_board_address,
                    each.notary_address,
                )
                for each in session.scalars(select(Community))
            ]
        written = write_bundle(to or settings.home / "sources", deployment, communities)
    except ArtifactMissing as error:
        _refuse(error)
    except FileNotFoundError:
        _refuse(
            "合约还没有部署：先运行 wanjia up / the contracts are not deployed yet: run `wanjia up` first"
        )
    except (SettingsError, SourcesDiffer) as error:
        _refuse(error)
    for path in written:
        out.print(str(path), highlight=False, soft_wrap=True)


def _refuse(why: object) -> NoReturn:
    complain.print(f"[bold]没有写出[/] {why}")
    raise typer.Exit(1)
