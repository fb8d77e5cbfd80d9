"""The settings under which a home is served to its local network."""

from pathlib import Path
from urllib.parse import urlsplit

from wanjia.config import setting
from wanjia.lan.addresses import Address, local_name, written
from wanjia.lan.certificates import ensure_certificates

FOLDER = "certificates"
_PORT = 8000


def this_machine(home: Path) -> dict[str, str]:
    """Settings that serve a home to this machine alone, whatever is set for the network."""
    site = f"127.0.0.1:{_port(home)}"
    return {"WANJIA_BIND": site, "WANJIA_PUBLIC_URL": f"http://{site}", "WANJIA_CERTIFICATES": ""}


def lan_settings(home: Path, address: Address, *, codes_for_all: bool) -> dict[str, str]:
    """Make the certificate for ``address`` in ``home`` and give the settings that serve it.

    The port is that of ``WANJIA_BIND``. ``codes_for_all`` opens the development outbox to the whole network: only
    where every owner is invented.
    """
    folder = home / FOLDER
    ensure_certificates(folder, address, local_name())
    site = f"{written(address)}:{_port(home)}"
    settings = {
        "WANJIA_BIND": site,
        "WANJIA_PUBLIC_URL": f"https://{site}",
        "WANJIA_CERTIFICATES": str(folder),
    }
    return settings | ({"WANJIA_OUTBOX_PAGE": "everyone"} if codes_for_all else {})


def _port(home: Path) -> int:
    return urlsplit(f"//{setting(home, 'WANJIA_BIND')}").port or _PORT
