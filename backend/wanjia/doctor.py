"""``wanjia doctor``: looks at everything a system needs and says what to do about what is missing."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from wanjia.chain.client import Chain, ChainUnavailable
from wanjia.chain.rpc import RpcRefused
from wanjia.chain.signing import address_of
from wanjia.config import Settings
from wanjia.db.base import open_engine
from wanjia.db.migrate import is_current
from wanjia.paths import CONTRACTS_BUILD, FRONTEND_DIST, anvil_binary

_LOW_BALANCE = 10**16
_LOW_DISK = 10**9


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: whether it is well, what was seen, and what to do if it is not."""

    subject: str
    well: bool
    seen: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """Look at each part in turn; a part that cannot be reached is a finding, not an error."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Diagnosis("Python", sys.version_info >= (3, 11), version, "安装 Python 3.11 或更新版本")
    yield _file("合约 contracts", CONTRACTS_BUILD / "OpenMeeting.json", "make contracts")
    yield _file("页面 front end", FRONTEND_DIST / "index.html", "make frontend")
    yield _guard("本地链程序 anvil", lambda: str(anvil_binary().name), "npm ci", FileNotFoundError)
    free = shutil.disk_usage(settings.home if settings.home.exists() else settings.home.parent).free
    yield Diagnosis("磁盘 disk", free > _LOW_DISK, f"{free // 10**6} MB", "腾出磁盘空间，至少 1 GB")
    yield _database(settings)
    yield from _chain(settings)


def _file(subject: str, path: object, command: str) -> Diagnosis:
    exists = getattr(path, "exists", lambda: False)()
    return Diagnosis(subject, exists, "有" if exists else "缺少", f"运行 {command}")


def _guard(subject: str, look: Callable[[], str], remedy: str, *errors: type[Exception]) -> Diagnosis:
    try:
        return Diagnosis(subject, True, look())
    except errors as error:
        return Diagnosis(subject, False, str(error), f"运行 {remedy}")


def _database(settings: Settings) -> Diagnosis:
    engine = open_engine(settings.database_url)
    try:
        current = is_current(engine)
    except SQLAlchemyError as error:
        return Diagnosis("数据库 database", False, type(error).__name__, "检查 WANJIA_DATABASE_URL")
    finally:
        engine.dispose()
    return Diagnosis(
        "数据库 database", current, engine.dialect.name if current else "版本不是最新", "运行 wanjia migrate"
    )


def _chain(settings: Settings) -> Iterator[Diagnosis]:
    chain = Chain(settings.rpc_url)
    operator = address_of(bytes.fromhex(settings.operator_key.removeprefix("0x")))
    try:
        head, balance = chain.head(), chain.balance(operator)
        yield Diagnosis("链 chain", True, f"id {chain.chain_id()}, block {head.number}")
    except (ChainUnavailable, RpcRefused) as error:
        yield Diagnosis("链 chain", False, str(error), "运行 wanjia up，或检查 WANJIA_RPC_URL")
        return
    yield Diagnosis(
        "运营账户余额 operator's balance", balance > _LOW_BALANCE, f"{balance / 10**18:.4f}", "给运营账户充值"
    )
