"""Settings of a running system, read once from the environment and from the files of its home folder.

No setting that guards something has a default: ``wanjia init`` writes fresh secrets to ``HOME/secrets.env``.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SECRETS_FILE = "secrets.env"
SETTINGS_FILE = "settings.env"
NAMES = frozenset(
    f"WANJIA_{name}"
    for name in (
        *("HOME", "DATABASE_URL", "RPC_URL", "DEPLOYMENT", "OPERATOR_KEY", "DATA_KEY", "SESSION_KEY"),
        *("BIND", "PUBLIC_URL", "FINALITY_DEPTH", "INTAKE_MARGIN", "OUTBOX_PAGE", "TRUSTED_PROXIES"),
        "EXPLORER_URL",
        "CERTIFICATES",
    )
)
"""Every setting that is read here."""
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(Exception):
    """A setting is missing or cannot be read; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One system's settings. Paths are absolute, times in seconds."""

    home: Path
    database_url: str
    rpc_url: str
    deployment_file: Path
    operator_key: str
    """Private key (hex) that registers owners, pays gas and signs receipts."""
    data_key: bytes
    """32 bytes: encrypts personal data and keys the look-up hashes."""
    session_key: bytes
    """32 bytes: signs session cookies."""
    bind: str
    public_url: str
    finality_depth: int
    """Blocks on top of a ballot's block before it is called final."""
    intake_margin: int
    """Seconds before the close at which intake stops, so that what it receipted reaches the chain in time."""
    outbox_page: bool
    """Development only: codes are shown on a page instead of being sent."""
    trusted_proxies: int = 0
    """How many reverse proxies stand before the web server, each adding to ``X-Forwarded-For``."""
    explorer_url: str = ""
    """A block explorer of this chain, to which the auditor's pages link too; empty for none."""
    certificates: Path | None = None
    """Folder of the certificate made on the spot (``wanjia up --lan``): then the web server speaks HTTPS itself."""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read settings from the environment over ``HOME/settings.env`` and ``HOME/secrets.env``.

    Raises ``SettingsError`` for what is missing or malformed.
    """
    environment = os.environ if environment is None else environment
    home = Path(environment.get("WANJIA_HOME", "var")).resolve()
    values = _values(home, environment)

    def secret(name: str) -> bytes:
        try:
            value = bytes.fromhex(values[name].removeprefix("0x"))
        except KeyError:
            raise SettingsError(
                f"{name} is not set: run `wanjia init`, or set it in the environment"
            ) from None
        except ValueError:
            raise SettingsError(f"{name} must be 64 hexadecimal digits") from None
        if len(value) != 32:  # noqa: PLR2004  256-bit keys
            raise SettingsError(f"{name} must be 64 hexadecimal digits")
        return value

    def number(name: str, default: int) -> int:
        try:
            return int(values.get(name, default))
        except ValueError:
            raise SettingsError(f"{name} must be a whole number") from None

    bind = values.get("WANJIA_BIND", "127.0.0.1:8000")
    public_url = values.get("WANJIA_PUBLIC_URL", f"http://{bind}").rstrip("/")
    outbox = values.get("WANJIA_OUTBOX_PAGE", "")
    if outbox == "1" and not {urlsplit(f"//{bind}").hostname, urlsplit(public_url).hostname} <= _THIS_MACHINE:
        raise SettingsError(
            "WANJIA_OUTBOX_PAGE=1 would show everyone's codes to others than this machine: leave it out, bind to "
            "127.0.0.1, or say WANJIA_OUTBOX_PAGE=everyone where all owners are invented"
        )
    return Settings(
        home=home,
        database_url=values.get("WANJIA_DATABASE_URL", f"sqlite:///{home / 'wanjia.db'}"),
        rpc_url=values.get("WANJIA_RPC_URL", "http://127.0.0.1:8545"),
        deployment_file=Path(values.get("WANJIA_DEPLOYMENT", home / "deployment.json")).resolve(),
        operator_key="0x" + secret("WANJIA_OPERATOR_KEY").hex(),
        data_key=secret("WANJIA_DATA_KEY"),
        session_key=secret("WANJIA_SESSION_KEY"),
        bind=bind,
        public_url=public_url,
        finality_depth=number("WANJIA_FINALITY_DEPTH", 6),
        intake_margin=number("WANJIA_INTAKE_MARGIN", 120),
        outbox_page=outbox in ("1", "everyone"),
        trusted_proxies=number("WANJIA_TRUSTED_PROXIES", 0),
        explorer_url=_web_address("WANJIA_EXPLORER_URL", values),
        certificates=Path(folder).resolve() if (folder := values.get("WANJIA_CERTIFICATES")) else None,
    )


def setting(home: Path, name: str) -> str:
    """One setting of a home as it is written, or nothing."""
    return _values(home, os.environ).get(name, "")


def _values(home: Path, environment: Mapping[str, str]) -> dict[str, str]:
    return {
        **_read_env_file(home / SETTINGS_FILE),
        **_read_env_file(home / SECRETS_FILE),
        **environment,
    }


def _web_address(name: str, values: Mapping[str, str]) -> str:
    """An address people's browsers may be sent to, without a slash at its end; empty when it is not set."""
    given = values.get(name, "").rstrip("/")
    parts = urlsplit(given)
    if given and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise SettingsError(f"{name} must be an address that begins with https:// or http://")
    return given


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
