"""Makes a home folder with fresh secrets; what is there already is kept."""

import os
import secrets
from pathlib import Path

from wanjia.config import SECRETS_FILE

_SECRETS = ("WANJIA_OPERATOR_KEY", "WANJIA_DATA_KEY", "WANJIA_SESSION_KEY")


def make_home(home: Path) -> bool:
    """Make ``home`` (mode 700) and its secrets file (mode 600); tells whether secrets were made."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / SECRETS_FILE
    if path.exists():
        return False
    home.chmod(0o700)  # database, chain state and logs are made in it by programs that know no modes
    lines = [
        "# Secrets of this system. Keep a copy in a safe place: without WANJIA_DATA_KEY the roll's names",
        "# cannot be read, without WANJIA_OPERATOR_KEY receipts cannot be signed.",
        *(f"{name}={secrets.token_hex(32)}" for name in _SECRETS),
    ]
    fresh = path.with_suffix(".new")  # a kill half-way must not leave a file without secrets in it
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return True
